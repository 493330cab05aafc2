import { type CellGrid, putCell } from './cell-grid.ts'
import { type Box, putLine } from './line.ts'
import { span, styleOf } from './looks.ts'
import { scaledFromText, textFromScaled } from './scaled-text.ts'
import {
  type ChartLevel,
  type ChartScene,
  chartColumn,
  chartRow,
  chartScene,
  hasSameFrame,
  spanText,
} from './tick-chart.ts'
import { TickHistory } from './tick-history.ts'
import type { PositionView, ScreenView } from './view.ts'

/** Room for the prices of the scale and the words `entry` and `stop`, on the right. */
const SCALE_COLUMNS = 12

/** Keeps the chart's history and draws it into its slot, as little of it as changed. */
export class ChartPainter {
  readonly #history = new TickHistory()
  readonly #useColour: boolean
  #epic: string | null = null
  /** The last scene, whose scale is kept while it fits. */
  #scene: ChartScene | null = null
  #drawn: {
    readonly version: number
    readonly newest: number
    readonly levelTexts: string
  } | null = null

  constructor(useColour: boolean) {
    this.#useColour = useColour
  }

  /** @param nowMs monotonic time */
  record(view: ScreenView, nowMs: number): void {
    if (view.market.epic !== this.#epic) {
      this.#epic = view.market.epic
      this.#history.clear()
    }
    const feed = view.feeds.find(({ epic }) => epic === view.market.epic)
    if (feed) this.#history.add(nowMs, feed)
    else if (view.quote.freshness === 'live') this.#history.hold(nowMs)
  }

  /** Draws again from nothing: the slot was moved or overwritten. */
  forget(): void {
    this.#drawn = null
  }

  /** @param box the chart's rows, its scale on the right and one row of time axis below */
  paint(grid: CellGrid, box: Box, positions: readonly PositionView[]): void {
    const history = this.#history
    const levelTexts = positions.map(position => `${position.level} ${position.stop}`).join()
    if (this.#drawn?.version === history.version && this.#drawn.levelTexts === levelTexts) return
    const plot: Box = { ...box, width: Math.max(0, box.width - SCALE_COLUMNS), height: box.height - 1 }
    const levels = levelsOf(positions, history.decimals)
    const scene = chartScene(history, plot.width, plot.height, levels, this.#scene)
    if (this.#drawn !== null && scene !== null && this.#scene !== null && hasSameFrame(scene, this.#scene)) {
      this.#paintColumns(grid, plot, scene, Math.max(0, Math.floor((this.#drawn.newest - scene.firstSecond) / 2)))
    } else {
      this.#paintWhole(grid, box, plot, scene)
    }
    this.#scene = scene
    this.#drawn = { version: history.version, newest: history.newest, levelTexts }
  }

  #paintWhole(grid: CellGrid, box: Box, plot: Box, scene: ChartScene | null): void {
    this.#paintAxis(grid, box, plot)
    if (scene === null) {
      for (let row = 0; row < plot.height; row += 1) putLine(grid, box, row, [], 'left', this.#useColour)
      return
    }
    this.#paintScale(grid, plot, scene)
    this.#paintColumns(grid, plot, scene, 0)
  }

  #paintColumns(grid: CellGrid, plot: Box, scene: ChartScene, from: number): void {
    for (let column = from; column < scene.columns; column += 1) {
      const cells = chartColumn(this.#history, scene, column)
      for (const [row, cell] of cells.entries()) {
        putCell(grid, plot.x + column, plot.y + row, cell.glyph, styleOf(cell.look, this.#useColour))
      }
    }
  }

  #paintScale(grid: CellGrid, plot: Box, scene: ChartScene): void {
    const scale: Box = { ...plot, x: plot.x + plot.width, width: SCALE_COLUMNS }
    const words = new Map<number, { text: string; look: 'entryLine' | 'stopLine' | 'label' }>()
    const { decimals } = this.#history
    words.set(0, { text: textFromScaled(scene.top, decimals), look: 'label' })
    words.set(scene.rows - 1, { text: textFromScaled(scene.bottom, decimals), look: 'label' })
    // A line of ours keeps its word where it meets an end of the scale.
    for (const level of scene.levels) {
      words.set(chartRow(scene, level.price), {
        text: level.kind,
        look: level.kind === 'entry' ? 'entryLine' : 'stopLine',
      })
    }
    for (let row = 0; row < scene.rows; row += 1) {
      const word = words.get(row)
      putLine(grid, scale, row, word ? [span(` ${word.text}`, word.look)] : [], 'left', this.#useColour)
    }
  }

  #paintAxis(grid: CellGrid, box: Box, plot: Box): void {
    const start = `${spanText(plot.width)} `
    const end = ' now'
    const line = '─'.repeat(Math.max(0, plot.width - start.length - end.length))
    putLine(grid, box, box.height - 1, [span(start + line + end, 'label')], 'left', this.#useColour)
  }
}

/** Entry and stop of every position whose prices are plain figures. */
function levelsOf(positions: readonly PositionView[], decimals: number): readonly ChartLevel[] {
  const levels: ChartLevel[] = []
  for (const position of positions) {
    const entry = scaledFromText(position.level, decimals)
    const stop = position.stop === null ? null : scaledFromText(position.stop, decimals)
    if (entry !== null) levels.push({ kind: 'entry', price: entry })
    if (stop !== null) levels.push({ kind: 'stop', price: stop })
  }
  return levels
}
