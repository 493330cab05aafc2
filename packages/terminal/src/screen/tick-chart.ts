import type { Look } from './looks.ts'
import { BUCKET_MS, type TickHistory } from './tick-history.ts'

/** A horizontal line across the chart: where a position was opened, or where its stop is. */
export interface ChartLevel {
  readonly kind: 'entry' | 'stop'
  /** In the units of the history. */
  readonly price: number
}

/** Which part of the history is drawn, and between which prices. Two scenes that are equal draw the same. */
export interface ChartScene {
  readonly columns: number
  readonly rows: number
  /** The second of the leftmost dot. */
  readonly firstSecond: number
  readonly bottom: number
  readonly top: number
  readonly levels: readonly ChartLevel[]
}

export interface ChartCell {
  readonly glyph: string
  readonly look: Look
}

const DOTS_PER_ROW = 4
const SECONDS_PER_COLUMN = 2
/** Free space above and below the prices when the scale is set anew, as a part of their span (our choice). */
const MARGIN_PARTS = 6

/**
 * Chooses the window and the scale. The window moves by whole cells and the scale stays while the prices fill at least half of it, so
 * that most updates change one column only. Null while there is no price in the window.
 */
export function chartScene(
  history: TickHistory,
  columns: number,
  rows: number,
  levels: readonly ChartLevel[],
  previous: ChartScene | null,
): ChartScene | null {
  if (history.newest < 0 || columns < 1 || rows < 1) return null
  const lastColumn = Math.floor(history.newest / SECONDS_PER_COLUMN)
  const firstSecond = (lastColumn - columns + 1) * SECONDS_PER_COLUMN
  const span = pricesOf(history, firstSecond)
  if (span === null) return null
  const isKept =
    previous !== null &&
    previous.rows === rows &&
    previous.bottom <= span.low &&
    previous.top >= span.high &&
    (span.high - span.low) * 2 >= previous.top - previous.bottom - DOTS_PER_ROW * rows
  const { bottom, top } = isKept ? previous : scaleFor(span.low, span.high, rows)
  return {
    columns,
    rows,
    firstSecond,
    bottom,
    top,
    levels: levels.filter(one => one.price >= bottom && one.price <= top),
  }
}

/** Whether only the prices, not the window, the scale or the levels, can differ between two drawings. */
export function hasSameFrame(one: ChartScene, other: ChartScene): boolean {
  return (
    one.columns === other.columns &&
    one.rows === other.rows &&
    one.firstSecond === other.firstSecond &&
    one.bottom === other.bottom &&
    one.top === other.top &&
    one.levels.length === other.levels.length &&
    one.levels.every((level, at) => level.kind === other.levels[at]?.kind && level.price === other.levels[at]?.price)
  )
}

/** One column of cells, top to bottom: two seconds of prices as braille dots, over the dotted lines of the levels. */
export function chartColumn(history: TickHistory, scene: ChartScene, column: number): readonly ChartCell[] {
  const masks = new Array<number>(scene.rows).fill(0)
  const looks = new Array<Look>(scene.rows).fill('tick')
  for (let half = 0; half < SECONDS_PER_COLUMN; half += 1) {
    const second = scene.firstSecond + column * SECONDS_PER_COLUMN + half
    const bucket = history.bucket(second)
    if (bucket === null) continue
    // From where the second before ended, so that a jump is a line and not a hole.
    const before = history.bucket(second - 1)?.last ?? bucket.last
    const low = dotOf(scene, Math.max(Math.min(bucket.low, before), scene.bottom))
    const high = dotOf(scene, Math.min(Math.max(bucket.high, before), scene.top))
    for (let dot = high; dot <= low; dot += 1) masks[Math.floor(dot / DOTS_PER_ROW)]! |= bitOf(dot, half)
  }
  for (const level of scene.levels) {
    const dot = dotOf(scene, level.price)
    const row = Math.floor(dot / DOTS_PER_ROW)
    if (masks[row] !== 0) continue
    // An entry is dotted close, a stop wide: told apart without colour.
    if (level.kind === 'stop' && column % 2 === 1) continue
    masks[row] = bitOf(dot, 0)
    looks[row] = level.kind === 'entry' ? 'entryLine' : 'stopLine'
  }
  return masks.map((mask, row) =>
    mask === 0 ? { glyph: ' ', look: 'plain' } : { glyph: String.fromCharCode(0x2800 + mask), look: looks[row]! },
  )
}

/** The row of cells on which a price lies. */
export function chartRow(scene: ChartScene, price: number): number {
  return Math.floor(dotOf(scene, price) / DOTS_PER_ROW)
}

/** The time that a chart of this width shows, as its axis says it: `-1 min 40 s`. */
export function spanText(columns: number): string {
  const seconds = Math.floor((columns * SECONDS_PER_COLUMN * BUCKET_MS) / 1000)
  const minutes = Math.floor(seconds / 60)
  const rest = seconds % 60
  if (minutes === 0) return `-${rest} s`
  return rest === 0 ? `-${minutes} min` : `-${minutes} min ${rest} s`
}

function pricesOf(history: TickHistory, firstSecond: number): { low: number; high: number } | null {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let second = Math.max(0, firstSecond - 1); second <= history.newest; second += 1) {
    const bucket = history.bucket(second)
    if (bucket === null) continue
    low = Math.min(low, bucket.low)
    high = Math.max(high, bucket.high)
  }
  return low <= high ? { low, high } : null
}

/** At least one unit to a dot: a quiet market must not look wild. */
function scaleFor(low: number, high: number, rows: number): { bottom: number; top: number } {
  const margin = Math.ceil((high - low) / MARGIN_PARTS)
  const missing = Math.max(0, rows * DOTS_PER_ROW - 1 - (high - low + 2 * margin))
  const bottom = low - margin - Math.floor(missing / 2)
  return { bottom, top: high + margin + Math.ceil(missing / 2) }
}

/** Dots are counted from the top. Only the place of a dot is rounded here, never a price. */
function dotOf(scene: ChartScene, price: number): number {
  const dots = scene.rows * DOTS_PER_ROW - 1
  return Math.round(((scene.top - price) * dots) / (scene.top - scene.bottom))
}

/** @see Unicode Standard, block "Braille Patterns" (U+2800): the low eight bits number the dots */
function bitOf(dot: number, half: number): number {
  const bits = half === 0 ? LEFT_BITS : RIGHT_BITS
  return bits[dot % DOTS_PER_ROW] ?? 0
}

const LEFT_BITS = [0x01, 0x02, 0x04, 0x40]
const RIGHT_BITS = [0x08, 0x10, 0x20, 0x80]
