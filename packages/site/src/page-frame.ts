import { posix } from 'node:path'

/** A page around its body: everything is in the page, and it asks for nothing. */
export interface Framed {
  /** From the top of the site. */
  readonly path: string
  readonly title: string
  readonly body: string
  readonly menu: readonly MenuGroup[]
}

export interface MenuGroup {
  readonly title: string
  readonly pages: readonly { readonly title: string; readonly path: string }[]
}

export function framed({ path, title, body, menu }: Framed): string {
  const to = (other: string) => relative(path, other)
  const groups = menu.map(group => {
    const rows = group.pages.map(page => {
      const current = page.path === path ? ' aria-current="page"' : ''
      return `<li><a href="${to(page.path)}"${current}>${escaped(page.title)}</a></li>`
    })
    return `<h2>${escaped(group.title)}</h2>\n<ul>\n${rows.join('\n')}\n</ul>`
  })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:">
<title>${escaped(title)} – Scalpdesk</title>
<style>${STYLE}</style>
</head>
<body>
<header><a href="${to('index.html')}">Scalpdesk</a> <a href="#pages">All pages</a></header>
<main>
${body}</main>
<nav id="pages" aria-label="All pages">
${groups.join('\n')}
</nav>
</body>
</html>
`
}

export function relative(from: string, to: string): string {
  return posix.relative(posix.dirname(from), to) || posix.basename(to)
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --ink: #1c1f24; --quiet: #5a6270; --line: #d5d9e0; --soft: #f3f5f8; --link: #0a55b4 }
@media (prefers-color-scheme: dark) { :root { --ground: #14171c; --ink: #e4e7ec; --quiet: #9aa4b2; --line: #343a44; --soft: #1d2229; --link: #7db4ff } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: break-word }
a { color: var(--link) }
header { padding: .6rem 1rem; border-bottom: 1px solid var(--line); display: flex; justify-content: space-between }
header a:first-child { font-weight: 600; text-decoration: none }
main { max-width: 54rem; margin: 0 auto; padding: 1rem }
nav { max-width: 54rem; margin: 2rem auto 0; padding: 1rem; border-top: 1px solid var(--line) }
nav h2 { font-size: 1rem; margin: 1rem 0 .2rem; border: 0 }
nav ul { margin: 0; padding: 0; list-style: none; columns: 14rem }
nav a[aria-current] { color: var(--ink); font-weight: 600 }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.6em 0 .5em }
h1 { font-size: 1.7rem; margin-top: .5em }
h2 { font-size: 1.3rem; border-bottom: 1px solid var(--line); padding-bottom: .2em }
.anchor { color: var(--quiet); text-decoration: none; font-weight: 400; font-size: .8em }
code { background: var(--soft); padding: .1em .3em; border-radius: .2em; font-size: .88em; overflow-wrap: anywhere }
td code { overflow-wrap: normal }
pre { background: var(--soft); padding: .8rem; overflow-x: auto; border-radius: .3em; line-height: 1.4 }
pre code { background: none; padding: 0; overflow-wrap: normal }
.wide { overflow-x: auto; margin: 1em 0 }
table { border-collapse: collapse; font-size: .9rem }
th, td { border: 1px solid var(--line); padding: .35em .55em; text-align: left; vertical-align: top; min-width: 4rem }
th { background: var(--soft) }
img { max-width: 100%; height: auto }
.source span { display: block; min-height: 1.4em }
.source span:target { outline: 2px solid var(--link) }
.source span::before { content: attr(id); color: var(--quiet); display: inline-block; width: 4.5em }
@media (min-width: 75rem) {
  body { display: grid; grid-template-columns: 17rem minmax(0, 1fr); grid-template-rows: auto 1fr }
  header { grid-column: 1 / 3 } header a:last-child { display: none }
  nav { grid-column: 1; grid-row: 2; margin: 0; border: 0; border-right: 1px solid var(--line) } nav ul { columns: auto }
  main { grid-column: 2; margin: 0; padding: 1rem 2rem }
}
@media print { nav, header, .anchor { display: none } main { max-width: none } a { color: inherit } .wide { overflow: visible } pre { white-space: pre-wrap } }
`
