import { drawCandle, FALLING_BODY, RISING_BODY } from './candle-chart.ts'
import { CandleHistory } from './candle-history.ts'
import type { CandleSeries } from './candle-series.ts'
import { type CellGrid, putCell } from './cell-grid.ts'
import { axisText } from './chart-axis.ts'
import { type ChartLabel, chartLabels, type LastPrice, scaleColumns } from './chart-labels.ts'
import {
  type ChartColumn,
  type ChartScene,
  chartColumn,
  chartScene,
  drawLevels,
  framesPerColumn,
  hasSameFrame,
} from './chart-scene.ts'
import { type ChartWords, chartWords } from './chart-words.ts'
import { type Box, type Line, lineWidth, putLine } from './line.ts'
import { span, styleOf } from './looks.ts'
import { hasSameOwnLevels, ownLevels, type PlacedLevel, placed } from './own-levels.ts'
import { drawTicks } from './tick-chart.ts'
import type { PastCandle, ScreenView, TimeFrame } from './view.ts'

/** The scale takes at most this part of the width. */
const SCALE_PARTS = 2
/** Narrower than this a chart tells nothing, and its place stays empty (our choice). */
const LEAST_COLUMNS = 12
/** While prices have ended, time goes on for at most this part of the chart: what was before stays to be seen (our choice). */
const ENDED_PARTS = 4

/** What {@link styleOf} takes. */
type LooksOf = Parameters<typeof styleOf>[1]

/** What is in the grid. */
interface Drawn {
  readonly view: ScreenView
  readonly series: CandleSeries
  readonly version: number
  readonly generation: number
  readonly newest: number
  readonly end: number
  readonly scene: ChartScene | null
  readonly labels: readonly (ChartLabel | null)[]
  readonly box: Box
  readonly scaleColumns: number
}

/** Keeps the prices of every market and draws those of the chosen one into a slot: ticks or candles, as little of them as changed. */
export class ChartPainter {
  readonly #history: CandleHistory
  readonly #looks: LooksOf
  readonly #useColour: boolean
  #drawn: Drawn | null = null
  /** What the grid says instead of a chart, and where. */
  #note: { readonly box: Box; readonly text: string } | null = null
  /** Whose scale is kept while prices fit it, also when the slot is drawn from nothing. */
  #scaled: { readonly series: CandleSeries; readonly decimals: number; readonly scene: ChartScene } | null = null
  /** Of the chosen market; the same array while they are the same. */
  #levels: { readonly view: ScreenView; readonly decimals: number; readonly placed: readonly PlacedLevel[] } | null =
    null
  #column: ChartColumn = chartColumn(0)

  /**
   * @param looks how each meaning looks
   * @param useColour whether colour may tell a rising candle from a falling one
   * @param epochMs wall time at monotonic zero, milliseconds since 1970: for markets whose ticks say no time
   */
  constructor(looks: LooksOf, useColour: boolean = looks !== false, epochMs: number = performance.timeOrigin) {
    this.#looks = looks
    this.#useColour = useColour
    this.#history = new CandleHistory(epochMs)
  }

  /** @param nowMs monotonic time */
  record(view: ScreenView, nowMs: number): void {
    this.#history.record(view, nowMs)
  }

  /** Past candles of any market; they join those seen live, whichever came first. */
  seed(epic: string, timeFrame: TimeFrame, candles: readonly PastCandle[]): void {
    this.#history.seed(epic, timeFrame, candles)
  }

  /** Draws again from nothing: the slot was moved or overwritten. */
  forget(): void {
    this.#drawn = null
    this.#note = null
  }

  /** @param box the chart's rows, its scale on the right and one row of time axis below */
  paint(grid: CellGrid, box: Box, view: ScreenView): void {
    const series = this.#history.series(view.market.epic, view.appearance.timeFrame)
    const words = chartWords(view.appearance.language)
    if (series === null || series.last === null) return this.#paintNote(grid, box, words.waiting)
    if (box.width < LEAST_COLUMNS || box.height < 2) return this.#paintNote(grid, box, '')
    const before = this.#drawn && isComparable(this.#drawn, series, box, view) ? this.#drawn : null
    const end = this.#endOf(series, view, box)
    if (before !== null && isUpToDate(before, series, end, view)) return
    this.#note = null
    const last: LastPrice = {
      price: series.last,
      decimals: series.decimals,
      isLive: view.quote.freshness === 'live',
    }
    const levels = this.#placedLevels(view, series.decimals)
    const scale = Math.min(Math.floor(box.width / SCALE_PARTS), scaleColumns(levels, last, words))
    const plot: Box = { ...box, width: box.width - scale, height: box.height - 1 }
    const size = { columns: plot.width, rows: plot.height }
    const scene = chartScene(series, view.appearance.timeFrame, size, end, levels, this.#sceneOf(series))
    const isSameFrame = before?.scene && scene && hasSameFrame(before.scene, scene)
    if (scene !== null) {
      const isPart = isSameFrame && before.generation === series.generation && before.scaleColumns === scale
      this.#paintColumns(grid, plot, series, scene, isPart ? before.newest : scene.first)
    } else {
      this.#blank(grid, plot)
    }
    const labels = scene === null ? [] : chartLabels(scene, last, words, scale)
    this.#paintLabels(
      grid,
      { ...plot, x: plot.x + plot.width, width: scale },
      labels,
      isSameFrame ? before.labels : null,
    )
    if (!isSameFrame || before.view.quote.freshness !== view.quote.freshness)
      this.#paintAxis(grid, box, plot, scene, view, words)
    this.#scaled = scene && { series, decimals: series.decimals, scene }
    this.#drawn = {
      view,
      series,
      version: series.version,
      generation: series.generation,
      newest: series.newest,
      end,
      scene,
      labels,
      box,
      scaleColumns: scale,
    }
  }

  /** The last frame to show: time goes on while there is no price, so that a gap is seen to grow. */
  #endOf(series: CandleSeries, view: ScreenView, box: Box): number {
    if (view.quote.freshness === 'live') return series.newest
    const shown = Math.floor((box.width / ENDED_PARTS) * framesPerColumn(view.appearance.timeFrame))
    const now = series.bucketAt(this.#history.timeOf(view.market.epic))
    return Math.max(series.newest, Math.min(now, series.newest + shown))
  }

  #sceneOf(series: CandleSeries): ChartScene | null {
    const scaled = this.#scaled
    return scaled?.series === series && scaled.decimals === series.decimals ? scaled.scene : null
  }

  #placedLevels(view: ScreenView, decimals: number): readonly PlacedLevel[] {
    const known = this.#levels
    if (known?.decimals === decimals && hasSameOwnLevels(known.view, view)) return known.placed
    this.#levels = { view, decimals, placed: placed(ownLevels(view), decimals) }
    return this.#levels.placed
  }

  /** @param from the first frame that may have changed */
  #paintColumns(grid: CellGrid, plot: Box, series: CandleSeries, scene: ChartScene, from: number): void {
    if (this.#column.glyphs.length !== scene.rows) this.#column = chartColumn(scene.rows)
    const { glyphs, looks } = this.#column
    const start = Math.max(0, Math.floor((from - scene.first) / framesPerColumn(scene.timeFrame)))
    for (let column = start; column < scene.columns; column += 1) {
      if (scene.timeFrame === 'ticks') drawTicks(this.#column, series, scene, column)
      else drawCandle(this.#column, series, scene, column, this.#useColour)
      drawLevels(this.#column, scene, column)
      for (let row = 0; row < scene.rows; row += 1) {
        putCell(grid, plot.x + column, plot.y + row, glyphs[row]!, styleOf(looks[row]!, this.#looks))
      }
    }
  }

  #paintLabels(
    grid: CellGrid,
    box: Box,
    labels: readonly (ChartLabel | null)[],
    before: readonly (ChartLabel | null)[] | null,
  ): void {
    for (let row = 0; row < box.height; row += 1) {
      const label = labels[row] ?? null
      if (before !== null && isSameLabel(before[row] ?? null, label)) continue
      const line: Line = label === null ? [] : [span(label.mark + label.text, label.look)]
      putLine(grid, box, row, line, 'left', this.#looks)
    }
  }

  #paintAxis(grid: CellGrid, box: Box, plot: Box, scene: ChartScene | null, view: ScreenView, words: ChartWords): void {
    const { timeFrame } = view.appearance
    const { freshness } = view.quote
    const state: Line = freshness === 'live' ? [] : [span(' '), span(` ${words.freshness[freshness]} `, 'warning')]
    const note = ` ${words.frames[timeFrame]} UTC`
    const width = Math.max(0, Math.min(plot.width, box.width - note.length - lineWidth(state)))
    // Without colours the bodies alone tell rising from falling: said where there is room.
    const legend = `${RISING_BODY}${words.rising} ${FALLING_BODY}${words.falling} `
    const hasLegend = !this.#useColour && timeFrame !== 'ticks' && legend.length <= width / 2
    const from = hasLegend ? legend.length : 0
    const times = scene === null ? '─'.repeat(width) : axisText(scene, from, width).slice(0, width)
    const text = hasLegend ? legend + times.slice(from) : times
    const line: Line = [span(text, 'label'), ...state, span(note, 'label')]
    putLine(grid, box, box.height - 1, line, 'left', this.#looks)
  }

  /** A word instead of a chart. */
  #paintNote(grid: CellGrid, box: Box, text: string): void {
    this.#drawn = null
    if (this.#note !== null && isSameBox(this.#note.box, box) && this.#note.text === text) return
    this.#note = { box, text }
    this.#blank(grid, box)
    putLine(grid, box, Math.floor(box.height / 2), [span(text, 'label')], 'centre', this.#looks)
  }

  #blank(grid: CellGrid, box: Box): void {
    for (let row = 0; row < box.height; row += 1) putLine(grid, box, row, [], 'left', this.#looks)
  }
}

/** Whether what is in the grid can be gone on from. */
function isComparable(drawn: Drawn, series: CandleSeries, box: Box, view: ScreenView): boolean {
  return (
    drawn.series === series && isSameBox(drawn.box, box) && drawn.view.appearance.language === view.appearance.language
  )
}

function isUpToDate(drawn: Drawn, series: CandleSeries, end: number, view: ScreenView): boolean {
  return (
    drawn.version === series.version &&
    drawn.generation === series.generation &&
    drawn.end === end &&
    (drawn.view === view || (drawn.view.quote.freshness === view.quote.freshness && hasSameOwnLevels(drawn.view, view)))
  )
}

function isSameBox(one: Box, other: Box): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height
}

function isSameLabel(one: ChartLabel | null, other: ChartLabel | null): boolean {
  return (
    one === other ||
    (one !== null && other !== null && one.mark === other.mark && one.text === other.text && one.look === other.look)
  )
}
