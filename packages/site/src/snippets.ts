import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ENTRIES } from './entries.ts'

/** A piece of TypeScript in a document. */
export interface Snippet {
  readonly file: string
  /** Of the document, where its code begins. */
  readonly line: number
  readonly code: string
}

/** Every piece of TypeScript in these documents, in their order. @param texts by path */
export function snippetsOf(texts: ReadonlyMap<string, string>): readonly Snippet[] {
  return [...texts].flatMap(([file, text]) =>
    [...text.matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```$/gm)].map(({ index, 1: code = '' }) => ({
      file,
      line: text.slice(0, index).split('\n').length + 1,
      code,
    })),
  )
}

/** Private, but shown in a README all the same. */
const OWN = { '@scalpdesk/testkit': 'packages/testkit/src/index.ts' }

const typeOf = (name: string, from: string): string => `import('${from}').${name}`

/** What a snippet may take for given, because its document says before where it comes from. */
const GIVEN = `
declare const ig: ${typeOf('Ig', '@scalpdesk/sdk')}
declare const credentials: ${typeOf('Credentials', '@scalpdesk/sdk')}
declare const strategy: ${typeOf('Strategy', '@scalpdesk/bots')}
declare function show(text: string): void
`

/** Everything that the compiler has against them, each as a sentence with its place in the document; one program for all. */
export function snippetErrors(root: string, snippets: readonly Snippet[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'snippets-'))
  try {
    const paths = Object.fromEntries(
      Object.entries({ ...ENTRIES, ...OWN }).map(([name, entry]) => [name, [join(root, entry)]]),
    )
    const compilerOptions = { typeRoots: [join(root, 'node_modules/@types')], paths }
    const files = ['given.d.ts', ...snippets.map((_, index) => `${index}.mts`)]
    const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions, files, include: [] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    // A script, so that its names are everybody's.
    writeFileSync(join(folder, 'given.d.ts'), GIVEN)
    for (const [index, { code }] of snippets.entries()) writeFileSync(join(folder, `${index}.mts`), code)
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', '.', '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
    })
    const told = stdout.split('\n').filter(line => line !== '')
    if (status !== 0 && told.length === 0) return [`expected tsc to say what is wrong, but it ended with ${status}`]
    return told.map(line => placed(line, snippets))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** `3.mts(5,7): error …` in the words of the document. */
function placed(line: string, snippets: readonly Snippet[]): string {
  const [, index, row, words] = /^(\d+)\.mts\((\d+),\d+\): (.*)$/.exec(line) ?? []
  const snippet = snippets[Number(index)]
  return snippet ? `${snippet.file}:${snippet.line + Number(row) - 1}: ${words}` : line
}
