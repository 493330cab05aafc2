/** One printed unit: what is written, and the columns that every terminal gives it. */
export interface Glyph {
  readonly text: string
  readonly width: 1 | 2
}

/**
 * Cuts a text into glyphs that all terminals draw at the same width, so that nothing can wrap, overlap or hide:
 * tabs and spaces of any kind become a space, but for the one that does not break; invisible and direction-changing characters are dropped; control characters, emoji and
 * whatever terminals measure differently become `�` (our choice). Accents stay on their letter, East Asian letters take two columns.
 */
export function glyphsOf(text: string): readonly Glyph[] {
  const glyphs: Glyph[] = []
  if (isSimple(text)) {
    for (const character of text) glyphs.push({ text: character, width: 1 })
    return glyphs
  }
  for (const { segment } of segmenter.segment(text.normalize('NFC'))) {
    const glyph = glyphOf(segment)
    if (glyph) glyphs.push(glyph)
  }
  return glyphs
}

/** The text as it can be shown: what {@link glyphsOf} makes of it, joined again. */
export function plainText(text: string): string {
  return isSimple(text)
    ? text
    : glyphsOf(text)
        .map(glyph => glyph.text)
        .join('')
}

/** Columns that a text takes. */
export function textWidth(text: string): number {
  if (isSimple(text)) return text.length
  return glyphsOf(text).reduce((sum, glyph) => sum + glyph.width, 0)
}

/** Whether each UTF-16 unit is one glyph of one column: the fast path of every hot text. */
export function isSimple(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!isSimpleUnit(text.charCodeAt(at))) return false
  return true
}

/** ASCII, Latin letters, arrows, lines, blocks, triangles and braille, without the few that have an emoji or no width of their own. */
function isSimpleUnit(unit: number): boolean {
  if (unit < 0x7f) return unit >= 0x20
  if (unit < 0x300) return unit >= 0xa0 && unit !== 0xad
  if (unit < 0x2500) return unit === 0x2013 || unit === 0x2014 || unit === 0x2026 || (unit >= 0x2190 && unit <= 0x21ff)
  return unit <= 0x25fc || (unit >= 0x2800 && unit <= 0x28ff) || unit === 0xfffd
}

const REPLACED: Glyph = { text: '\ufffd', width: 1 }
const SPACE: Glyph = { text: ' ', width: 1 }
const UNBREAKING: Glyph = { text: '\u00a0', width: 1 }
/** More marks than any language stacks on one letter are an attack on the lines above it (our choice). */
const MARKS_MAX = 4

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Format}]/gu
const printable = /^[\p{L}\p{N}\p{P}\p{S}]$/u
const mark = /^\p{Nonspacing_Mark}$/u
const emoji = /^\p{Emoji_Presentation}$/u

function glyphOf(cluster: string): Glyph | null {
  if (cluster === UNBREAKING.text) return UNBREAKING
  if (/^[\p{Space_Separator}\t\n\r]+$/u.test(cluster)) return SPACE
  const visible = cluster.replace(invisible, '')
  if (visible === '') return null
  const [base = '', ...marks] = visible
  if (!printable.test(base) || emoji.test(base)) return REPLACED
  if (marks.length > MARKS_MAX || !marks.every(one => mark.test(one))) return REPLACED
  const width = widthOf(base.codePointAt(0) ?? 0)
  return width === null ? REPLACED : { text: visible, width }
}

/**
 * Columns of one letter or sign; null where terminals disagree.
 * @see Unicode Standard Annex #11, East Asian Width (W and F are wide, ambiguous is narrow)
 */
function widthOf(code: number): 1 | 2 | null {
  if (code >= 0x20000) return code <= 0x3fffd ? 2 : null
  if (code >= 0x10000) return null
  if (DISPUTED.some(([first, last]) => code >= first && code <= last)) return null
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1
}

type Range = readonly [first: number, last: number]

const WIDE: readonly Range[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0xa4c6],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
]

/** Old syllable parts, circled numbers, hexagrams, half-width voice marks: measured differently by different terminals. */
const DISPUTED: readonly Range[] = [
  [0x1160, 0x11ff],
  [0x3248, 0x324f],
  [0x4dc0, 0x4dff],
  [0xa960, 0xa97f],
  [0xd7b0, 0xd7ff],
  [0xff9e, 0xff9f],
]
