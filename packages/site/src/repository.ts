import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type ReadMarkdown, readMarkdown } from './markdown.ts'

/** Folders whose files are not ours, or are made. */
const NOT_OURS = new Set(['node_modules', 'dist', '.git', 'site'])

/** The Markdown of the repository, by its path from the top. */
export type Documents = ReadonlyMap<string, ReadMarkdown>

export function documentsOf(root: string): Documents {
  return new Map(markdownFiles(root, '').map(path => [path, readMarkdown(readFileSync(join(root, path), 'utf8'))]))
}

/** A file that is to become a page; a package's `CHANGELOG.md` is written by its releases and is none. */
function markdownFiles(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = posix.join(folder, entry.name)
    if (entry.isDirectory())
      return entry.name.startsWith('.') || NOT_OURS.has(entry.name) ? [] : markdownFiles(root, path)
    return entry.name.endsWith('.md') && entry.name !== 'CHANGELOG.md' ? [path] : []
  })
}

/** What a link in a document means. */
export type Target =
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'document'; readonly path: string; readonly anchor: string | null }
  | { readonly kind: 'file'; readonly path: string; readonly line: number | null }
  | { readonly kind: 'broken'; readonly why: string }

export function targetOf(root: string, documents: Documents, from: string, link: string): Target {
  if (/^(?:https?|mailto):/.test(link)) return { kind: 'elsewhere' }
  const [before = '', anchor = null] = link.split('#')
  const path = before === '' ? from : posix.normalize(posix.join(posix.dirname(from), decodeURIComponent(before)))
  if (path.startsWith('..')) return { kind: 'broken', why: 'it leads out of the repository' }
  const full = join(root, path)
  if (!existsSync(full)) return { kind: 'broken', why: `there is no ${path}` }
  const file = statSync(full).isDirectory() ? posix.join(path, 'README.md') : path
  const document = documents.get(file)
  if (document !== undefined)
    return anchor === null || document.anchors.includes(anchor)
      ? { kind: 'document', path: file, anchor }
      : { kind: 'broken', why: `${file} has no heading for #${anchor}` }
  if (!existsSync(join(root, file))) return { kind: 'broken', why: `${path} has no README.md` }
  if (anchor === null) return { kind: 'file', path: file, line: null }
  const line = Number(/^L(\d+)$/.exec(anchor)?.[1])
  return line >= 1 && line <= readFileSync(join(root, file), 'utf8').split('\n').length
    ? { kind: 'file', path: file, line }
    : { kind: 'broken', why: `${file} has no line for #${anchor}` }
}

/** Every link of the documents that leads nowhere, each as a sentence. */
export function brokenLinks(root: string, documents: Documents): readonly string[] {
  return [...documents].flatMap(([from, { links }]) =>
    links.flatMap(link => {
      const target = targetOf(root, documents, from, link)
      return target.kind === 'broken' ? [`${from} links to ${link}, but ${target.why}`] : []
    }),
  )
}
