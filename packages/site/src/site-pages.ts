import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { escaped, framed, type MenuGroup, relative } from './page-frame.ts'
import { type Documents, documentsOf, targetOf } from './repository.ts'

/** A page, or a file to copy as it is. */
export type SiteFile =
  | { readonly path: string; readonly kind: 'page'; readonly text: string }
  | { readonly path: string; readonly kind: 'copy'; readonly from: string }

/** Where the API pages begin, which are written beside these. */
const API = 'api/index.html'

/** Every document of the repository as a page, with the files that they link to. */
export function sitePages(root: string, documents: Documents = documentsOf(root)): readonly SiteFile[] {
  const menu = menuOf(root, documents)
  const linked = new Map<string, SiteFile>()
  const pages = [...documents].map(([from, document]): SiteFile => {
    const path = pageOf(from)
    const body = document.html(link => {
      const target = targetOf(root, documents, from, link)
      switch (target.kind) {
        case 'elsewhere':
        case 'broken':
          return link
        case 'document':
          return `${relative(path, pageOf(target.path))}${target.anchor === null ? '' : `#${target.anchor}`}`
        case 'file': {
          const file = linkedFile(root, target.path, menu)
          linked.set(file.path, file)
          return `${relative(path, file.path)}${target.line === null ? '' : `#L${target.line}`}`
        }
        default:
          return unreachable(target)
      }
    })
    return { path, kind: 'page', text: framed({ path, title: document.title, body, menu }) }
  })
  return [...pages, ...linked.values()]
}

/** `README.md` is what a folder shows first. */
function pageOf(document: string): string {
  return posix.basename(document) === 'README.md'
    ? posix.join(posix.dirname(document), 'index.html')
    : document.replace(/\.md$/, '.html')
}

const isPicture = (path: string): boolean => /\.(?:png|svg)$/.test(path)

function linkedFile(root: string, from: string, menu: readonly MenuGroup[]): SiteFile {
  if (isPicture(from)) return { path: from, kind: 'copy', from }
  const path = `source/${from}.html`
  const lines = readFileSync(join(root, from), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line, index) => `<span id="L${index + 1}">${escaped(line)}</span>`)
  const body = `<h1>${escaped(from)}</h1>\n<pre class="source">${lines.join('')}</pre>\n`
  return { path, kind: 'page', text: framed({ path, title: from, body, menu }) }
}

const GROUPS: readonly { readonly title: string; readonly holds: (path: string) => boolean }[] = [
  { title: 'Guides', holds: path => path === START || /^(docs\/guides|packages\/bots\/docs)\//.test(path) },
  { title: 'Packages', holds: path => /^(packages\/[^/]+|mock-broker)\/README\.md$/.test(path) },
  { title: 'Examples', holds: path => path.startsWith('examples/') },
  { title: 'Decisions', holds: path => path.startsWith('docs/decisions/') },
  { title: 'More', holds: () => true },
]

const START = 'README.md'

/** In each group first what the start page names, in its order: it is the one to read in. */
function menuOf(root: string, documents: Documents): readonly MenuGroup[] {
  const links = documents.get(START)?.links ?? []
  const named = links.map(link => targetOf(root, documents, START, link))
  const order = [START, ...named.flatMap(target => (target.kind === 'document' ? [target.path] : []))]
  const rank = (path: string): number => (order.includes(path) ? order.indexOf(path) : order.length)
  const sorted = [...documents].sort(([one], [other]) => rank(one) - rank(other))
  const groups = GROUPS.map(({ title }) => ({ title, pages: [] as { title: string; path: string }[] }))
  for (const [from, { title }] of sorted) {
    const group = groups[GROUPS.findIndex(({ holds }) => holds(from))]
    group?.pages.push({ title, path: pageOf(from) })
  }
  groups.find(({ title }) => title === 'Packages')?.pages.push({ title: 'API of the packages', path: API })
  return groups.filter(({ pages }) => pages.length > 0)
}

function unreachable(value: never): never {
  throw new Error(`expected no other kind of target, but got ${JSON.stringify(value)}; name it in the switch`)
}
