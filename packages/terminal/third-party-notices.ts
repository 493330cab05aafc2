import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Metafile } from 'esbuild'

interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly license?: string
  readonly author?: string | { readonly name?: string }
}

/** What the bundle holds of others must come with their notices, as MIT, ISC and BSD ask: the text to put beside it. */
export function thirdPartyNotices(metafiles: readonly Metafile[]): string {
  const folders = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs)).flatMap(packageFolder))
  return [...folders]
    .map(notice)
    .toSorted((one, other) => one.localeCompare(other, 'en'))
    .join(`\n${'-'.repeat(80)}\n\n`)
}

/** The package that a file of a bundle comes from; none for a file of our own. */
function packageFolder(input: string): readonly string[] {
  if (!input.includes('node_modules/')) return []
  // Some packages have a manifest without a name in a folder further down, to say what kind of module is in it.
  for (let folder = dirname(resolve(input)); ; folder = dirname(folder)) {
    if (manifestOf(folder)?.name) return [folder]
    if (folder === dirname(folder)) throw new Error(`expected ${input} to belong to a package, but none has its files`)
  }
}

function notice(folder: string): string {
  const { name, version, license = 'no licence named', author } = manifestOf(folder) ?? {}
  const file = readdirSync(folder).find(each => /^licen[cs]e/i.test(each))
  const by = typeof author === 'string' ? author : author?.name
  const text = file === undefined ? `By ${by ?? 'its authors'}; the package has no licence file.` : read(folder, file)
  return `${name} ${version} (${license})\n\n${text.trim()}\n`
}

function manifestOf(folder: string): Manifest | null {
  return existsSync(join(folder, 'package.json')) ? JSON.parse(read(folder, 'package.json')) : null
}

const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8')
