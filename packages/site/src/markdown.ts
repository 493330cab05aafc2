import { Marked, type Token, type Tokens } from 'marked'

/** One Markdown file as a page needs it. */
export interface ReadMarkdown {
  readonly title: string
  /** Anchors of the headings, as GitHub names them. */
  readonly anchors: readonly string[]
  /** Targets of links and pictures, in their order. */
  readonly links: readonly string[]
  /** The page's body; `to` says where a link of the file leads on the site. */
  html(to: (target: string) => string): string
}

const reader = new Marked({ gfm: true })

export function readMarkdown(text: string): ReadMarkdown {
  const tokens = reader.lexer(text)
  const titles = allOf(tokens, 'heading').map(heading => plainText(heading.tokens ?? []))
  const anchors = numbered(titles.map(slugOf))
  return {
    title: titles[0] ?? 'Scalpdesk',
    anchors,
    links: [...allOf(tokens, 'link'), ...allOf(tokens, 'image')].map(one => (one as Tokens.Link).href),
    html: to => writerOf(anchors, to).parse(text, { async: false }),
  }
}

/** Headings with their anchors, tables that scroll by themselves, links that lead to the site's pages. */
function writerOf(anchors: readonly string[], to: (target: string) => string): Marked {
  const left = [...anchors]
  const writer = new Marked({ gfm: true })
  writer.use({
    walkTokens(token) {
      if (token.type === 'link' || token.type === 'image') token.href = to(token.href)
    },
    renderer: {
      heading({ depth, tokens }) {
        const anchor = left.shift() ?? ''
        const link = `<a class="anchor" href="#${anchor}" aria-label="link to here">#</a>`
        return `<h${depth} id="${anchor}">${this.parser.parseInline(tokens)} ${link}</h${depth}>\n`
      },
      table({ header, rows }) {
        const line = (cells: readonly Tokens.TableCell[], tag: string) =>
          `<tr>${cells.map(cell => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')}</tr>`
        const head = header.some(cell => cell.text !== '') ? `<thead>${line(header, 'th')}</thead>` : ''
        return `<div class="wide" tabindex="0"><table>${head}<tbody>${rows.map(row => line(row, 'td')).join('\n')}</tbody></table></div>\n`
      },
    },
  })
  return writer
}

/** As GitHub makes an anchor of a heading: small letters, digits, `-` and `_` stay, spaces become dashes. */
function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-')
}

/** The second of a name is called `-1`, as on GitHub. */
function numbered(slugs: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return slugs.map(slug => {
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    return times === 0 ? slug : `${slug}-${times}`
  })
}

function allOf(tokens: readonly Token[], type: string): Tokens.Generic[] {
  const found: Tokens.Generic[] = []
  reader.walkTokens([...tokens], token => {
    if (token.type === type) found.push(token as Tokens.Generic)
  })
  return found
}

const plainText = (tokens: readonly Token[]): string =>
  tokens
    .map(token => ('tokens' in token && token.tokens ? plainText(token.tokens) : 'text' in token ? token.text : ''))
    .join('')
