import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Application, LogLevel, type TypeDocOptions } from 'typedoc'
import { ENTRIES } from './entries.ts'
import { relative } from './page-frame.ts'

/** Stands in the API pages for the top of the site, until each page knows its way there. */
const TOP = 'https://top-of-the-site.invalid/'

/**
 * Writes the API pages of the doc comments into `out`/api.
 * @returns what the comments have against them, each as a sentence
 */
export async function writeApiPages(root: string, out: string): Promise<readonly string[]> {
  const options: TypeDocOptions = {
    name: 'Scalpdesk',
    entryPoints: Object.values(ENTRIES).map(entry => join(root, entry)),
    tsconfig: join(root, 'packages/site/api.tsconfig.json'),
    readme: 'none',
    // The repository's own checker says what is wrong with types.
    skipErrorChecking: true,
    disableGit: true,
    disableSources: true,
    excludeExternals: true,
    excludePrivate: true,
    validation: { invalidLink: true, notExported: false, notDocumented: false },
    navigationLinks: { 'Guides and packages': `${TOP}index.html` },
    hideGenerator: true,
    logLevel: 'Warn',
  }
  const app = await Application.bootstrap(options)
  const complaints: string[] = []
  app.logger.log = (message, level) => {
    if (level >= LogLevel.Warn) complaints.push(message)
  }
  const project = await app.convert()
  if (project === undefined) throw new Error(`expected API pages, but ${complaints.join('; ')}; correct the comments`)
  for (const part of project.children ?? [])
    part.name = Object.keys(ENTRIES).find(name => ENTRIES[name]?.startsWith(`${part.name}/index`)) ?? part.name
  app.validate(project)
  await app.generateDocs(project, join(out, 'api'))
  for (const name of readdirSync(join(out, 'api'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.html')) continue
    const file = join(out, 'api', name)
    const way = relative(`api/${name}`, 'index.html')
    const html = readFileSync(file, 'utf8').replaceAll(`${TOP}index.html`, way)
    // A page that was opened from a folder may not reach into another file; `icons.js` brings the pictures into each page.
    writeFileSync(file, html.replaceAll(/(<use href=")[^"#]*icons\.svg#/g, '$1#'))
  }
  return complaints
}
