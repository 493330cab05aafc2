import { type CellGrid, CONTINUATION, UNKNOWN } from './cell-grid.ts'
import { isSimple } from './glyphs.ts'
import { PLAIN, type Style, styleChange } from './style.ts'

/** Frames longer than this are bracketed, so that none is seen half drawn; shorter ones arrive whole anyway (our choice). */
const SYNCHRONISED_FROM_CHARACTERS = 512
/** @see Terminal specification "Synchronized Output" (private mode 2026); terminals that do not know it ignore it. */
const BEGIN_SYNCHRONISED = '\x1b[?2026h'
const END_SYNCHRONISED = '\x1b[?2026l'

/**
 * What to write so that a terminal that shows `shown` shows `next`; only touched cells are compared. Afterwards `shown` equals
 * `next`, nothing is touched, and the terminal is left in its plain style. Each frame positions absolutely, so it holds
 * wherever the cursor was.
 */
export function writeDifference(shown: CellGrid, next: CellGrid): string {
  const pen = new Pen(next.columns)
  // Whoever wrote what is not known may also have left a style behind.
  const start = shown.glyphs[0] === UNKNOWN ? '\x1b[m' : ''
  for (let y = 0; y < next.rows; y += 1) {
    const to = next.touchedTo[y]!
    if (to < 0) continue
    writeRow(pen, shown, next, y, next.touchedFrom[y]!, to)
    next.touchedFrom[y] = next.columns
    next.touchedTo[y] = -1
  }
  const bytes = start + pen.finish()
  return bytes.length > SYNCHRONISED_FROM_CHARACTERS ? BEGIN_SYNCHRONISED + bytes + END_SYNCHRONISED : bytes
}

/** Forgets what the terminal shows, so that the next difference writes every cell. */
export function forgetShown(shown: CellGrid, next: CellGrid): void {
  shown.glyphs.fill(UNKNOWN)
  next.touchedFrom.fill(0)
  next.touchedTo.fill(next.columns - 1)
}

function writeRow(pen: Pen, shown: CellGrid, next: CellGrid, y: number, from: number, to: number): void {
  const start = y * next.columns
  for (let x = from; x <= to; x += 1) {
    const at = start + x
    const glyph = next.glyphs[at]!
    const style = next.styles[at]!
    if (glyph === shown.glyphs[at] && style === shown.styles[at]) continue
    shown.glyphs[at] = glyph
    shown.styles[at] = style
    if (glyph === CONTINUATION) continue
    pen.moveTo(x, y, next, start)
    pen.write(glyph, style, next.glyphs[at + 1] === CONTINUATION && x + 1 < next.columns ? 2 : 1)
  }
}

/** Where the terminal's cursor and style are while a frame is written, and the shortest way to the next cell. */
class Pen {
  readonly #columns: number
  #bytes = ''
  #style: Style = PLAIN
  /** Null before the first move and after a glyph whose width a terminal may see differently. */
  #x: number | null = null
  #y = -1

  constructor(columns: number) {
    this.#columns = columns
  }

  moveTo(x: number, y: number, next: CellGrid, rowStart: number): void {
    if (this.#y !== y || this.#x === null || this.#x > x) {
      this.#bytes += this.#y === y ? `\x1b[${x + 1}G` : `\x1b[${y + 1};${x + 1}H`
    } else if (this.#x < x) {
      this.#skip(this.#x, x, next, rowStart)
    }
    this.#x = x
    this.#y = y
  }

  write(glyph: string, style: Style, width: 1 | 2): void {
    this.#bytes += styleChange(this.#style, style) + glyph
    this.#style = style
    const after = (this.#x ?? 0) + width
    // Past the last column terminals differ in where the cursor is.
    this.#x = width === 1 && isSimple(glyph) && after < this.#columns ? after : null
  }

  finish(): string {
    this.#bytes += styleChange(this.#style, PLAIN)
    return this.#bytes
  }

  /** Over a gap of unchanged cells: writes them again where that is shorter than moving the cursor. */
  #skip(from: number, to: number, next: CellGrid, rowStart: number): void {
    const gap = to - from
    const move = gap === 1 ? '\x1b[C' : `\x1b[${gap}C`
    let again = ''
    for (let x = from; x < to && again.length < move.length; x += 1) {
      const glyph = next.glyphs[rowStart + x]!
      if (next.styles[rowStart + x] !== this.#style || glyph < ' ' || glyph > '~') {
        again = move
        break
      }
      again += glyph
    }
    this.#bytes += again.length < move.length ? again : move
  }
}
