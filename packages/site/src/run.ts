/** `pnpm site [--out FOLDER]` builds the static site (docs/site); ends with 1 when a link leads nowhere or a doc comment is wrong. */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandFlags, text } from '@scalpdesk/testkit'
import { writeApiPages } from './api-pages.ts'
import { brokenSiteLinks, writeSite } from './built-site.ts'
import { brokenLinks, documentsOf } from './repository.ts'
import { sitePages } from './site-pages.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const { flags } = commandFlags({
  usage: 'pnpm site [--out FOLDER]',
  about: 'Builds the static site (docs/site); ends with 1 when a link leads nowhere or a doc comment is wrong.',
  flags: { out: text('docs/site') },
})
const out = resolve(root, flags.out)
const documents = documentsOf(root)
const pages = sitePages(root, documents)
writeSite(root, out, pages)
const complaints = await writeApiPages(root, out)
const problems = [...brokenLinks(root, documents), ...complaints, ...brokenSiteLinks(out)]
for (const problem of problems) console.error(problem)
console.log(`${documents.size} documents as pages, and the API: open ${out}/index.html`)
if (problems.length > 0) process.exitCode = 1
