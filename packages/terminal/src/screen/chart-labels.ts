import { roundLevels } from './chart-scale.ts'
import { type ChartScene, chartRow, LEVEL_LOOKS } from './chart-scene.ts'
import type { ChartWords } from './chart-words.ts'
import { textWidth } from './glyphs.ts'
import type { Look } from './looks.ts'
import { OWN_LEVEL_KINDS, type PlacedLevel } from './own-levels.ts'
import { textFromScaled } from './scaled-text.ts'

/** What stands beside a row of the chart: one column for a mark, then a word or a price. */
export interface ChartLabel {
  readonly mark: string
  readonly text: string
  readonly look: Look
}

/** The last price of a chart. */
export interface LastPrice {
  readonly price: number
  readonly decimals: number
  readonly isLive: boolean
}

const LAST_MARK = '◄'
const [ABOVE_MARK, BELOW_MARK] = ['▲', '▼']
/** Rows between two round prices of the scale (our choice). */
const ROWS_APART = 3
/** Columns that the scale needs for the longest of its labels. */
export function scaleColumns(levels: readonly PlacedLevel[], last: LastPrice, words: ChartWords): number {
  const longest = Math.max(0, ...levels.map(level => textWidth(levelText(level, words))))
  return 1 + Math.max(lastText(last).length, longest)
}

/**
 * What stands beside each row: the last price on its row, then our own levels, the row next to their own where that is taken (their price
 * is written out), those outside the scale at its ends with an arrow, and round prices where there is room.
 * @param width columns for a label, its mark included; a price that does not fit is left out, its word stays
 */
export function chartLabels(
  scene: ChartScene,
  last: LastPrice,
  words: ChartWords,
  width: number,
): readonly (ChartLabel | null)[] {
  const labels = new Array<ChartLabel | null>(scene.rows).fill(null)
  const text = lastText(last)
  labels[clampedRow(scene, last.price)] = {
    mark: last.isLive ? LAST_MARK : ' ',
    text: text.length < width ? text : '',
    look: last.isLive ? 'strong' : 'stale',
  }
  for (const level of scene.levels.toSorted(
    (a, b) => OWN_LEVEL_KINDS.indexOf(a.kind) - OWN_LEVEL_KINDS.indexOf(b.kind),
  )) {
    const row = freeRow(labels, clampedRow(scene, level.price), level.price >= last.price ? -1 : 1)
    if (row === null) continue
    labels[row] = {
      mark: markOf(scene, level.price),
      text: fitting(level, words, width - 1),
      look: LEVEL_LOOKS[level.kind],
    }
  }
  for (const price of roundLevels(scene, scene.rows, ROWS_APART)) {
    const row = chartRow(scene, price)
    const text = roundText(price, last.decimals)
    if (labels[row] === null && text.length < width) labels[row] = { mark: ' ', text, look: 'label' }
  }
  return labels
}

/** The row itself, or the nearest free one, first on the side where the price is; null when a third of the chart is taken. */
function freeRow(labels: readonly (ChartLabel | null)[], row: number, side: -1 | 1): number | null {
  for (let distance = 0; distance <= Math.ceil(labels.length / 3); distance += 1) {
    if (labels[row + side * distance] === null) return row + side * distance
    if (labels[row - side * distance] === null) return row - side * distance
  }
  return null
}

function clampedRow(scene: ChartScene, price: number): number {
  return Math.min(scene.rows - 1, Math.max(0, chartRow(scene, price)))
}

function markOf(scene: ChartScene, price: number): string {
  if (price > scene.top) return ABOVE_MARK
  return price < scene.bottom ? BELOW_MARK : ' '
}

function fitting(level: PlacedLevel, words: ChartWords, width: number): string {
  const whole = levelText(level, words)
  if (textWidth(whole) <= width) return whole
  const short = `${words.ownShort[level.kind]} ${level.text}`
  return textWidth(short) <= width ? short : words.own[level.kind]
}

/** Empty where no number holds the price with all the decimals that are held. */
function lastText({ price, decimals }: LastPrice): string {
  return Number.isSafeInteger(price) ? textFromScaled(price, decimals) : ''
}

function levelText({ kind, text }: PlacedLevel, words: ChartWords): string {
  return `${words.own[kind]} ${text}`
}

/** A round price without the digit that only half units of a mid price need. */
function roundText(price: number, decimals: number): string {
  return price % 10 === 0 && decimals > 0 ? textFromScaled(price / 10, decimals - 1) : textFromScaled(price, decimals)
}
