import { type CellGrid, cellGrid } from '../cell-grid.ts'
import type { Box } from '../line.ts'
import type { MarketFeed, ScreenView, TickView } from '../view.ts'
import { FLAT_VIEW } from './sample-view.ts'

/** What the painters of single panes have in common. */
export interface PanePainter {
  record(view: ScreenView, nowMs: number): void
  forget(): void
  paint(grid: CellGrid, box: Box, view: ScreenView): void
}

/** Cells around the box that no painter may touch. */
const MARGIN = 2
const UNTOUCHED = '·'

/** A painter with a box of its own in a larger grid. */
export interface PaintedPane {
  /** Records and paints. @returns the box as lines */
  show(view: ScreenView, nowMs: number): readonly string[]
  /** Paints without a new view. */
  look(view: ScreenView): readonly string[]
  /** Cells that the last painting wrote anew. */
  changed(): number
  /** Whether every cell around the box is as it was. */
  isWithinBox(): boolean
}

export function paintedPane(painter: PanePainter, width: number, height: number): PaintedPane {
  const grid = cellGrid(width + 2 * MARGIN, height + 2 * MARGIN, UNTOUCHED)
  const box: Box = { x: MARGIN, y: MARGIN, width, height }
  let before: readonly string[] = []
  const lines = (): readonly string[] =>
    Array.from({ length: height }, (_, row) => {
      const start = (row + MARGIN) * grid.columns + MARGIN
      return grid.glyphs.slice(start, start + width).join('')
    })
  const look = (view: ScreenView): readonly string[] => {
    before = cells(grid)
    painter.paint(grid, box, view)
    return lines()
  }
  return {
    look,
    show(view, nowMs) {
      painter.record(view, nowMs)
      return look(view)
    },
    changed: () => cells(grid).filter((cell, at) => cell !== before[at]).length,
    isWithinBox: () =>
      grid.glyphs.every((glyph, at) => {
        const [x, y] = [at % grid.columns, Math.floor(at / grid.columns)]
        const isInside = x >= MARGIN && x < MARGIN + width && y >= MARGIN && y < MARGIN + height
        return isInside || glyph === UNTOUCHED
      }),
  }
}

function cells(grid: CellGrid): readonly string[] {
  return grid.glyphs.map((glyph, at) => `${glyph} ${grid.styles[at]}`)
}

/** A live view in which the mid came to a price, in units of 10^-decimals. */
export function viewAt(price: number, change: Partial<ScreenView> = {}, feed: Partial<MarketFeed> = {}): ScreenView {
  return { ...FLAT_VIEW, feeds: [feedOf(price, feed)], ...change }
}

export function feedOf(price: number, feed: Partial<MarketFeed> = {}): MarketFeed {
  return {
    epic: FLAT_VIEW.market.epic,
    first: price,
    low: price,
    high: price,
    last: price,
    decimals: 2,
    ticks: [],
    ...feed,
  }
}

/** A view in which nothing came. */
export function quietView(change: Partial<ScreenView> = {}): ScreenView {
  return { ...FLAT_VIEW, feeds: [], ...change }
}

export function tick(time: string, change: Partial<TickView> = {}): TickView {
  return { time, bid: '1.08512', offer: '1.08521', move: 'even', ...change }
}
