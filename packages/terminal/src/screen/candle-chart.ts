import type { CandleSeries } from './candle-series.ts'
import { dotOf } from './chart-scale.ts'
import type { ChartColumn, ChartScene } from './chart-scene.ts'
import type { Look } from './looks.ts'

const HALVES_PER_ROW = 2

/** A whole cell, its upper half, its lower half. */
type Halves = readonly [whole: string, upper: string, lower: string]

/** @see Unicode Standard, blocks "Block Elements" (U+2580) and "Box Drawing" (U+2500) */
const THICK: Halves = ['█', '▀', '▄']
const THIN: Halves = ['▌', '▘', '▖']
const WICK: Halves = ['│', '╵', '╷']
const EVEN = '─'
const EVEN_WITH_WICK = '┼'

/** The body of a rising candle where there is no colour to tell it from a falling one, which is {@link FALLING_BODY}. */
export const RISING_BODY = THIN[0]
export const FALLING_BODY = THICK[0]

/** Draws one candle into a column, to half a cell, and blanks the rest. Without colours a rising one has a thin body. */
export function drawCandle(
  into: ChartColumn,
  series: CandleSeries,
  scene: ChartScene,
  column: number,
  useColour: boolean,
): void {
  into.glyphs.fill(' ')
  into.looks.fill('plain')
  const candle = series.at(scene.first + column)
  if (candle === null) return
  const dots = scene.rows * HALVES_PER_ROW
  const [high, low] = [dotOf(scene, dots, candle.high), dotOf(scene, dots, candle.low)]
  const top = dotOf(scene, dots, Math.max(candle.open, candle.close))
  const bottom = dotOf(scene, dots, Math.min(candle.open, candle.close))
  const look: Look = candle.close > candle.open ? 'up' : candle.close < candle.open ? 'down' : 'even'
  const body = look === 'up' && !useColour ? THIN : THICK
  for (let row = Math.floor(high / HALVES_PER_ROW); row <= Math.floor(low / HALVES_PER_ROW); row += 1) {
    into.looks[row] = look
    const inBody = halvesOf(row, top, bottom)
    if (inBody === null) into.glyphs[row] = glyphOf(WICK, halvesOf(row, high, low) ?? 0)
    else if (look === 'even') into.glyphs[row] = high < top || low > bottom ? EVEN_WITH_WICK : EVEN
    else into.glyphs[row] = glyphOf(body, inBody)
  }
}

/** Which part of a row lies between two places: 0 all of it, 1 the upper half, 2 the lower one; null: nothing. */
function halvesOf(row: number, from: number, to: number): 0 | 1 | 2 | null {
  const [upper, lower] = [row * HALVES_PER_ROW, row * HALVES_PER_ROW + 1]
  const hasUpper = from <= upper && upper <= to
  const hasLower = from <= lower && lower <= to
  if (hasUpper && hasLower) return 0
  if (hasUpper) return 1
  return hasLower ? 2 : null
}

function glyphOf(glyphs: Halves, part: 0 | 1 | 2): string {
  return glyphs[part]
}
