/** Text that is HTML already. Only `html` makes it of words, so that words cannot become markup unnoticed. */
export interface Markup {
  readonly markup: string
}

export type Part = Markup | string | number | null | readonly Part[]

/** What stands between the parts is markup; the parts are words and escaped, unless they are markup themselves. null is nothing. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = pieces[0] ?? ''
  for (const [at, part] of parts.entries()) markup += `${textOf(part)}${pieces[at + 1] ?? ''}`
  return { markup }
}

export const NOTHING: Markup = { markup: '' }

/** The same in text and in quoted attributes. @see WHATWG HTML, section 13.1.2 "Elements" and 13.1.2.3 "Attributes" */
function escaped(words: string): string {
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

function textOf(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'string') return escaped(part)
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map(textOf).join('')
}
