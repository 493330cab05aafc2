import type { CandleSeries } from './candle-series.ts'
import { type ChartScale, chartScale, dotOf } from './chart-scale.ts'
import type { Look } from './looks.ts'
import type { OwnLevelKind, PlacedLevel } from './own-levels.ts'
import type { TimeFrame } from './view.ts'

/** Which part of a series is drawn, and between which prices. Two scenes that are equal draw the same. */
export interface ChartScene extends ChartScale {
  readonly timeFrame: TimeFrame
  readonly columns: number
  readonly rows: number
  /** The candle, or the dot, at the left edge: counted in frames since 1970. */
  readonly first: number
  readonly levels: readonly PlacedLevel[]
}

/** One column of cells from top to bottom; filled anew for every column. */
export interface ChartColumn {
  readonly glyphs: string[]
  readonly looks: Look[]
}

export function chartColumn(rows: number): ChartColumn {
  return { glyphs: new Array<string>(rows).fill(' '), looks: new Array<Look>(rows).fill('plain') }
}

/** Places for a price in one row of cells. */
const DOTS_PER_ROW: Readonly<Record<'ticks' | 'candles', number>> = { ticks: 4, candles: 2 }

/** Frames that share a column. */
export function framesPerColumn(timeFrame: TimeFrame): number {
  return timeFrame === 'ticks' ? 2 : 1
}

function dotsOf({ timeFrame, rows }: Pick<ChartScene, 'timeFrame' | 'rows'>): number {
  return rows * DOTS_PER_ROW[timeFrame === 'ticks' ? 'ticks' : 'candles']
}

/** A move of the window draws every cell anew: it moves by this part of its columns at a time (our choice). */
const MOVE_PARTS = 16

/**
 * Chooses the window and the scale. The window stands still until the prices reach its right edge. Null while there is no price in it.
 * @param end the last frame to show: the newest one, or later when prices have ended
 */
export function chartScene(
  series: CandleSeries,
  timeFrame: TimeFrame,
  size: { readonly columns: number; readonly rows: number },
  end: number,
  levels: readonly PlacedLevel[],
  previous: ChartScene | null,
): ChartScene | null {
  const { columns, rows } = size
  if (series.newest < 0 || columns < 1 || rows < 1) return null
  const perColumn = framesPerColumn(timeFrame)
  const moved = Math.max(1, Math.floor(columns / MOVE_PARTS))
  const first = (Math.ceil((Math.floor(end / perColumn) + 1) / moved) * moved - columns) * perColumn
  const prices = series.rangeFrom(first - (perColumn - 1))
  if (prices === null) return null
  const isComparable = previous?.timeFrame === timeFrame && previous.rows === rows
  const scale = chartScale(
    prices,
    levels.map(({ price }) => price),
    dotsOf({ timeFrame, rows }),
    isComparable ? previous : null,
  )
  return { timeFrame, columns, rows, first, bottom: scale.bottom, top: scale.top, levels }
}

/** Whether only the prices, not the window, the scale or the levels, can differ between two drawings. */
export function hasSameFrame(one: ChartScene, other: ChartScene): boolean {
  return (
    one.timeFrame === other.timeFrame &&
    one.columns === other.columns &&
    one.rows === other.rows &&
    one.first === other.first &&
    one.bottom === other.bottom &&
    one.top === other.top &&
    one.levels === other.levels
  )
}

/** The row of cells on which a price lies; above or below the chart for a price outside the scale. */
export function chartRow(scene: ChartScene, price: number): number {
  if (price > scene.top) return -1
  if (price < scene.bottom) return scene.rows
  const dots = dotsOf(scene)
  return Math.floor((dotOf(scene, dots, price) * scene.rows) / dots)
}

/** Draws the lines of our levels into the free cells of a column: dots of a density of their own, told apart without colour. */
export function drawLevels(into: ChartColumn, scene: ChartScene, column: number): void {
  const dots = scene.rows * BRAILLE_DOTS
  for (const { kind, price } of scene.levels) {
    if (price > scene.top || price < scene.bottom || column % STRIDES[kind] !== 0) continue
    const dot = dotOf(scene, dots, price)
    const row = Math.floor((dotOf(scene, dotsOf(scene), price) * scene.rows) / dotsOf(scene))
    if (into.glyphs[row] !== ' ') continue
    into.glyphs[row] =
      LINE_DOTS[Math.min(BRAILLE_DOTS - 1, Math.max(0, dot - row * BRAILLE_DOTS))]![STRIDES[kind] === 1 ? 1 : 0]!
    into.looks[row] = LEVEL_LOOKS[kind]
  }
}

export const LEVEL_LOOKS: Readonly<Record<OwnLevelKind, Look>> = {
  entry: 'entryLine',
  average: 'entryLine',
  stop: 'stopLine',
  limit: 'up',
  buy: 'tick',
  sell: 'tick',
}

/** A line has a dot in every so many columns. */
const STRIDES: Readonly<Record<OwnLevelKind, number>> = { entry: 1, average: 1, stop: 2, limit: 3, buy: 4, sell: 4 }

const BRAILLE_DOTS = 4
/** One dot, or two side by side, at each height. @see Unicode Standard, block "Braille Patterns" (U+2800) */
const LINE_DOTS = [
  ['⠁', '⠉'],
  ['⠂', '⠒'],
  ['⠄', '⠤'],
  ['⡀', '⣀'],
] as const
