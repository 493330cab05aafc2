/**
 * Columns that a text takes on a terminal: two for wide characters, none for marks that join the one before. Near enough for names in tables;
 * terminals differ in the newest emoji.
 * @see Unicode Standard Annex 11, "East Asian Width"
 */
export function textWidth(text: string): number {
  let width = 0
  for (const { segment } of GRAPHEMES.segment(text)) width += graphemeWidth(segment)
  return width
}

/** Cut to a width, with `…` where something is missing. */
export function fitted(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let cut = ''
  let used = 0
  for (const { segment } of GRAPHEMES.segment(text)) {
    const wide = graphemeWidth(segment)
    if (used + wide > width - 1) break
    cut += segment
    used += wide
  }
  return width < 1 ? '' : `${cut}…`
}

/** Filled with blanks to a width, on the right of words and on the left of figures. */
export function padded(text: string, width: number, isFigure: boolean): string {
  const blanks = ' '.repeat(Math.max(0, width - textWidth(text)))
  return isFigure ? `${blanks}${text}` : `${text}${blanks}`
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' })
const JOINING = /^(?:\p{M}|\u200c|\u200d)+$/u
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})|\ufe0f/u

function graphemeWidth(grapheme: string): number {
  if (JOINING.test(grapheme)) return 0
  return WIDE.test(grapheme) ? 2 : 1
}
