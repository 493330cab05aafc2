import { glyphsOf, plainText, textWidth } from './glyphs.ts'
import { clipped } from './line.ts'

/** A text in at most so many rows, broken between words; what is left of it ends with `…`. */
export function wrappedWords(text: string, width: number, rows: number): readonly string[] {
  const all = allRows(plainText(text), width)
  if (all.length <= rows) return all.map(row => row.text)
  const kept = all.slice(0, rows - 1)
  return [...kept.map(row => row.text), clipped(plainText(text).slice(all[rows - 1]?.from ?? 0), width)]
}

/** The whole text in pages of so many rows, read one after another: each but the last ends with `…`, each but the first begins with it. */
export function wordPages(text: string, width: number, rows: number): readonly (readonly string[])[] {
  const plain = plainText(text)
  const whole = allRows(plain, width)
  if (whole.length <= rows) return [whole.map(row => row.text)]
  // Room for the mark at either end.
  const parts = allRows(plain, Math.max(1, width - 2)).map(row => row.text)
  const count = Math.ceil(parts.length / rows)
  return Array.from({ length: count }, (_, page) => {
    const lines = parts.slice(page * rows, (page + 1) * rows)
    return lines.map((line, row) => {
      const before = page > 0 && row === 0 ? '…' : ''
      const after = page < count - 1 && row === lines.length - 1 ? '…' : ''
      return before + line + after
    })
  })
}

interface TextRow {
  readonly text: string
  /** Where in the text it begins. */
  readonly from: number
}

/** Broken between words; a word that is wider than a row, such as a broker's own, goes on in the next. */
function allRows(text: string, width: number): readonly TextRow[] {
  const rows: TextRow[] = []
  let from = 0
  while (textWidth(text.slice(from)) > width) {
    const rest = text.slice(from)
    const space = lastBreak(rest, width)
    const cut = space ?? fittingPart(rest, width)
    rows.push({ text: rest.slice(0, cut), from })
    from += space === null ? cut : cut + 1
  }
  return [...rows, { text: text.slice(from), from }]
}

/** The last space before which the text fits; null when its first word alone does not. */
function lastBreak(text: string, width: number): number | null {
  let found: number | null = null
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) {
    if (textWidth(text.slice(0, at)) > width) break
    found = at
  }
  return found
}

/** How much of a text fits, at least one glyph of it. */
function fittingPart(text: string, width: number): number {
  let length = 0
  let columns = 0
  for (const glyph of glyphsOf(text)) {
    columns += glyph.width
    if (columns > width && length > 0) break
    length += glyph.text.length
  }
  return length
}
