import type { Texts } from '../texts/texts.ts'
import type { CellGrid } from './cell-grid.ts'
import { ChartPainter } from './chart-painter.ts'
import { LadderPainter } from './ladder-painter.ts'
import { type Box, putLine } from './line.ts'
import type { Looks } from './looks.ts'
import { paneFailure } from './pane-failure.ts'
import { TapePainter } from './tape-painter.ts'
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
    chart: new ChartPainter(looks, useColour),
    ladder: new LadderPainter(looks),
    tape: new TapePainter(looks, useColour),
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
    const lines = [paneFailure(this.#failure, texts)]
    for (let row = 0; row < box.height; row += 1) putLine(grid, box, row, lines[row] ?? [], 'left', this.#looks)
  }

  #attempt(task: () => void): void {
    try {
      task()
    } catch (error) {
      this.#failure = error ?? new Error('expected the pane to be drawn, but it failed without a reason')
    }
  }
}
