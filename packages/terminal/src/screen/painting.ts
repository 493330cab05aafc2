import { type CellGrid, cellGrid } from './cell-grid.ts'
import { ChartPainter } from './chart-painter.ts'
import { forgetShown, writeDifference } from './grid-difference.ts'
import { drawInkFrame } from './ink-frame.ts'
import { InkLayout } from './layout/ink-layout.tsx'
import { type Box, putLine } from './line.ts'
import { hasSameRareParts, rareParts } from './rare-parts.ts'
import { isSlotChanged, SILENT_AFTER_MS, slotContent } from './slot-lines.ts'
import { isTooSmall, smallScreenLines } from './small-screen.ts'
import type { ScreenView } from './view.ts'

export interface PaintingOptions {
  readonly columns: number
  readonly rows: number
  readonly useColour: boolean
}

/**
 * The picture that the terminal should show, and what to write so that it does. Ink lays out what changes rarely; what changes with every
 * tick is painted straight into the cells that Ink left free, which costs a hundredth of an Ink frame.
 */
export class Painting {
  readonly #useColour: boolean
  readonly #layout: InkLayout
  readonly #chart: ChartPainter
  #next: CellGrid
  #shown: CellGrid
  #slots: ReadonlyMap<string, Box> = new Map()
  #view: ScreenView | null = null
  /** The view whose rare parts are in the grid; null when they have to be laid out anew. */
  #laidOut: ScreenView | null = null
  /** The view whose slots are in the grid as they are for a desk that is heard; null when all have to be painted anew. */
  #painted: ScreenView | null = null
  #heardMs = 0

  constructor(options: PaintingOptions) {
    this.#useColour = options.useColour
    this.#layout = new InkLayout(options.useColour)
    this.#chart = new ChartPainter(options.useColour)
    this.#next = cellGrid(options.columns, options.rows)
    this.#shown = cellGrid(options.columns, options.rows)
    forgetShown(this.#shown, this.#next)
  }

  /** Takes in the newest view without painting it. @param nowMs monotonic time */
  take(view: ScreenView, nowMs: number): void {
    this.#view = view
    this.#heardMs = nowMs
    this.#chart.record(view, nowMs)
  }

  /** The terminal has a new size and shows nothing that is known. */
  resize(columns: number, rows: number): void {
    this.#next = cellGrid(columns, rows)
    this.#shown = cellGrid(columns, rows)
    this.#laidOut = null
    forgetShown(this.#shown, this.#next)
  }

  /** What to write so that the terminal shows the newest view; nothing before the first one. @param nowMs monotonic time */
  frame(nowMs: number): string {
    const view = this.#view
    if (view === null) return ''
    const silentMs = nowMs - this.#heardMs
    const { columns, rows } = this.#next
    if (isTooSmall(columns, rows)) {
      this.#paintSmall(view, silentMs)
    } else {
      if (this.#laidOut === null || !hasSameRareParts(this.#laidOut, view)) this.#layOut(view)
      this.#laidOut = view
      this.#paintSlots(view, silentMs)
    }
    return writeDifference(this.#shown, this.#next)
  }

  /** Ends the layout. Nothing can be painted afterwards. */
  close(): void {
    this.#layout.close()
  }

  #layOut(view: ScreenView): void {
    const frame = this.#layout.layOut(rareParts(view), this.#next.columns, this.#next.rows)
    drawInkFrame(this.#next, frame.text)
    this.#slots = frame.slots
    this.#painted = null
    this.#chart.forget()
  }

  #paintSlots(view: ScreenView, silentMs: number): void {
    const isSilent = silentMs >= SILENT_AFTER_MS
    const before = isSilent ? null : this.#painted
    for (const [id, box] of this.#slots) {
      if (id === 'chart') this.#chart.paint(this.#next, box, view)
      else if (before === null || isSlotChanged(id, before, view)) {
        this.#paintSlot(id, box, view, silentMs)
      }
    }
    this.#painted = isSilent ? null : view
  }

  #paintSlot(id: string, box: Box, view: ScreenView, silentMs: number): void {
    const { lines, align } = slotContent(id, view, box.width, box.height, silentMs)
    for (let row = 0; row < box.height; row += 1) {
      putLine(this.#next, box, row, lines[row] ?? [], align, this.#useColour)
    }
  }

  #paintSmall(view: ScreenView, silentMs: number): void {
    const { columns, rows } = this.#next
    const lines = smallScreenLines(view, columns, silentMs)
    const box: Box = { x: 0, y: 0, width: columns, height: rows }
    for (let row = 0; row < rows; row += 1) putLine(this.#next, box, row, lines[row] ?? [], 'left', this.#useColour)
  }
}
