import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import type { SiteFile } from './site-pages.ts'

/** Writes the pages anew: what an earlier build left goes. */
export function writeSite(root: string, out: string, files: readonly SiteFile[]): void {
  rmSync(out, { recursive: true, force: true })
  for (const file of files) {
    const to = join(out, file.path)
    mkdirSync(dirname(to), { recursive: true })
    if (file.kind === 'page') writeFileSync(to, file.text)
    else copyFileSync(join(root, file.from), to)
  }
}

/** Every link of the built pages that leads to no file or to no anchor, each as a sentence. */
export function brokenSiteLinks(out: string): readonly string[] {
  const pages = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.html'))
  const anchors = new Map(pages.map(page => [page, anchorsOf(readFileSync(join(out, page), 'utf8'))]))
  return pages.flatMap(page => {
    const links = new Set(linksOf(readFileSync(join(out, page), 'utf8')))
    return [...links].flatMap(link => {
      if (/^(?:https?|mailto|data):/.test(link)) return []
      const [before = '', anchor = ''] = link.split('#')
      const path = before === '' ? page : posix.normalize(posix.join(posix.dirname(page), decodeURIComponent(before)))
      if (path.startsWith('..') || !existsSync(join(out, path))) return [`${page} links to ${link}, where nothing is`]
      if (anchor === '' || !path.endsWith('.html')) return []
      const isThere = anchors.get(path)?.has(decodeURIComponent(anchor)) ?? false
      return isThere ? [] : [`${page} links to ${link}, which has no such anchor`]
    })
  })
}

const anchorsOf = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id]) => plain(id ?? '')))

const linksOf = (html: string): readonly string[] =>
  [...html.matchAll(/<(?:a|img|link|script)\s(?:[^>]*\s)?(?:href|src)="([^"]*)"/g)].map(([, link]) => plain(link ?? ''))

const plain = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"')
