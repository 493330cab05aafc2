import type { Texts } from '../texts/texts.ts'
import type { CellGrid } from './cell-grid.ts'
import { ChartPainter } from './chart-painter.ts'
import { type Box, type Line, putLine } from './line.ts'
import { type Looks, span } from './looks.ts'
import { paneFailure } from './pane-failure.ts'
import type { PastCandle, ScreenView, TimeFrame } from './view.ts'

/** Draws a pane that has a history of its own, as little of it as changed. */
export interface PanePainter {
  /** @param nowMs monotonic time */
  record(view: ScreenView, nowMs: number): void
  /** What happened in a market before, the oldest first. */
  seed(epic: string, timeFrame: TimeFrame, candles: readonly PastCandle[]): void
  /** Draws again from nothing: the place was moved or overwritten. */
  forget(): void
  paint(grid: CellGrid, box: Box, view: ScreenView): void
}

/** The panes that are drawn by painters, by the slot that each fills. */
export function panePainters(looks: Looks, useColour: boolean): ReadonlyMap<string, GuardedPainter> {
  const painters: Readonly<Record<string, PanePainter>> = {
    chart: new SimpleChart(useColour),
    ladder: new SimpleLadder(looks),
    tape: new SimpleTape(looks),
  }
  return new Map(Object.entries(painters).map(([slot, painter]) => [slot, new GuardedPainter(painter, looks)]))
}

/** A painter that, when it fails, says so in its place and is asked again with the next view. */
export class GuardedPainter {
  readonly #painter: PanePainter
  readonly #looks: Looks
  #failure: unknown = null

  constructor(painter: PanePainter, looks: Looks) {
    this.#painter = painter
    this.#looks = looks
  }

  record(view: ScreenView, nowMs: number): void {
    const hadFailed = this.#failure !== null
    this.#failure = null
    this.#attempt(() => this.#painter.record(view, nowMs))
    if (hadFailed) this.forget()
  }

  seed(epic: string, timeFrame: TimeFrame, candles: readonly PastCandle[]): void {
    this.#attempt(() => this.#painter.seed(epic, timeFrame, candles))
  }

  forget(): void {
    this.#attempt(() => this.#painter.forget())
  }

  paint(grid: CellGrid, box: Box, view: ScreenView, texts: Texts): void {
    if (this.#failure === null) this.#attempt(() => this.#painter.paint(grid, box, view))
    if (this.#failure === null) return
    putLines(grid, box, [paneFailure(this.#failure, texts)], this.#looks)
  }

  #attempt(task: () => void): void {
    try {
      task()
    } catch (error) {
      this.#failure = error ?? new Error('expected the pane to be drawn, but it failed without a reason')
    }
  }
}

/** The tick chart as it was before it had time frames. */
class SimpleChart implements PanePainter {
  readonly #chart: ChartPainter

  constructor(useColour: boolean) {
    this.#chart = new ChartPainter(useColour)
  }

  record(view: ScreenView, nowMs: number): void {
    this.#chart.record(view, nowMs)
  }

  seed(): void {}

  forget(): void {
    this.#chart.forget()
  }

  paint(grid: CellGrid, box: Box, view: ScreenView): void {
    this.#chart.paint(grid, box, view.positions)
  }
}

/** Stands in for the ladder: what the broker shows of its book, the offers over the bids. */
class SimpleLadder implements PanePainter {
  readonly #looks: Looks
  #drawn: readonly unknown[] = []

  constructor(looks: Looks) {
    this.#looks = looks
  }

  record(): void {}
  seed(): void {}

  forget(): void {
    this.#drawn = []
  }

  paint(grid: CellGrid, box: Box, { depth, quote }: ScreenView): void {
    const shows = depth === null ? [quote.bid, quote.offer] : [depth]
    if (shows.every((part, at) => this.#drawn[at] === part)) return
    this.#drawn = shows
    const offers = depth?.offers ?? (quote.offer === null ? [] : [{ level: quote.offer, size: null }])
    const bids = depth?.bids ?? (quote.bid === null ? [] : [{ level: quote.bid, size: null }])
    const lines = [
      ...offers.toReversed().map(({ level, size }): Line => [span(` ${level} `, 'down'), span(size ?? '')]),
      ...bids.map(({ level, size }): Line => [span(` ${level} `, 'up'), span(size ?? '')]),
    ]
    putLines(grid, box, lines, this.#looks)
  }
}

/** Stands in for the tape: the last prices, the newest on top. */
class SimpleTape implements PanePainter {
  readonly #looks: Looks
  #lines: readonly Line[] = []
  #drawn: readonly Line[] | null = null

  constructor(looks: Looks) {
    this.#looks = looks
  }

  record({ feeds, market }: ScreenView): void {
    const ticks = feeds.find(({ epic }) => epic === market.epic)?.ticks ?? []
    if (ticks.length === 0) return
    const lines = ticks.toReversed().map((tick): Line => [span(` ${tick.time} ${tick.bid} ${tick.offer}`)])
    this.#lines = [...lines, ...this.#lines].slice(0, 70)
  }

  seed(): void {}

  forget(): void {
    this.#drawn = null
  }

  paint(grid: CellGrid, box: Box): void {
    if (this.#drawn === this.#lines) return
    this.#drawn = this.#lines
    putLines(grid, box, this.#lines, this.#looks)
  }
}

function putLines(grid: CellGrid, box: Box, lines: readonly Line[], looks: Looks): void {
  for (let row = 0; row < box.height; row += 1) putLine(grid, box, row, lines[row] ?? [], 'left', looks)
}
