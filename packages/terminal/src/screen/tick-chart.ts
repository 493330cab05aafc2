import type { CandleSeries } from './candle-series.ts'
import { dotOf } from './chart-scale.ts'
import type { ChartColumn, ChartScene } from './chart-scene.ts'

const DOTS_PER_ROW = 4
const SECONDS_PER_COLUMN = 2

/** Draws two seconds of prices as a line of braille dots into a column, and blanks the rest of it. */
export function drawTicks(into: ChartColumn, series: CandleSeries, scene: ChartScene, column: number): void {
  const dots = scene.rows * DOTS_PER_ROW
  const masks = new Uint8Array(scene.rows)
  for (let half = 0; half < SECONDS_PER_COLUMN; half += 1) {
    const second = scene.first + column * SECONDS_PER_COLUMN + half
    const candle = series.at(second)
    if (candle === null) continue
    // From where the second before ended, so that a jump is a line and not a hole.
    const before = series.at(second - 1)?.close ?? candle.close
    const low = dotOf(scene, dots, Math.max(Math.min(candle.low, before), scene.bottom))
    const high = dotOf(scene, dots, Math.min(Math.max(candle.high, before), scene.top))
    const bits = half === 0 ? LEFT_BITS : RIGHT_BITS
    for (let dot = high; dot <= low; dot += 1) {
      const row = Math.floor(dot / DOTS_PER_ROW)
      masks[row] = masks[row]! | bits[dot % DOTS_PER_ROW]!
    }
  }
  for (let row = 0; row < scene.rows; row += 1) {
    into.glyphs[row] = masks[row] === 0 ? ' ' : String.fromCharCode(0x2800 + masks[row]!)
    into.looks[row] = masks[row] === 0 ? 'plain' : 'tick'
  }
}

/** @see Unicode Standard, block "Braille Patterns" (U+2800): the low eight bits number the dots */
const LEFT_BITS = [0x01, 0x02, 0x04, 0x40] as const
const RIGHT_BITS = [0x08, 0x10, 0x20, 0x80] as const
