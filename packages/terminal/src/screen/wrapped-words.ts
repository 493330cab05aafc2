import { plainText, textWidth } from './glyphs.ts'
import { clipped } from './line.ts'

/** A text in at most so many rows, broken between words; what is left of it ends with `…`. */
export function wrappedWords(text: string, width: number, rows: number): readonly string[] {
  const lines: string[] = []
  let rest = plainText(text)
  while (lines.length < rows - 1 && textWidth(rest) > width) {
    const cut = lastBreak(rest, width)
    if (cut === null) break
    lines.push(rest.slice(0, cut))
    rest = rest.slice(cut + 1)
  }
  return [...lines, clipped(rest, width)]
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
