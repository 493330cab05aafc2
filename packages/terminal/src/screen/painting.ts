import { textsOf } from '../texts/texts.ts'
import { paneBoxes } from './arrange/pane-boxes.ts'
import type { PaneBox } from './arrange/pane-name.ts'
import { type CellGrid, cellGrid } from './cell-grid.ts'
import { forgetShown, writeDifference } from './grid-difference.ts'
import { drawInkFrame } from './ink-frame.ts'
import type { InkLayout } from './layout/ink-layout.tsx'
import { type Box, type Line, putLine } from './line.ts'
import { type Looks, looksOf } from './looks.ts'
import { type GuardedPainter, panePainters } from './pane-painters.ts'
import { hasSameRareParts } from './rare-parts.ts'
import { layOutRows } from './row-layout.ts'
import { SILENT_AFTER_MS, silenced } from './silence.ts'
import { type SlotChange, slotChange } from './slot-changes.ts'
import { type SlotMoment, slotContent } from './slot-lines.ts'
import { isTooSmall, smallScreenLines } from './small-screen.ts'
import type { PastCandle, ScreenView, ThemeName, TimeFrame } from './view.ts'

/** A place for what changes with a tick, who paints it, and how it is known that it changed. */
interface PlacedSlot {
  readonly id: string
  readonly box: Box
  readonly painter: GuardedPainter | null
  readonly isChanged: SlotChange
}

/** How long a page of an outcome stands that has more words than rows: three rows of them are read in less (our choice). */
const PAGE_MS = 4_000

export interface PaintingOptions {
  readonly columns: number
  readonly rows: number
  readonly useColour: boolean
}

/**
 * The picture that the terminal should show, and what to write so that it does. The panes are laid out row by row when one of them changes
 * otherwise than with a tick; Ink lays out what lies over them, once it is there. What changes with every tick is painted straight into the
 * cells that the layout left free.
 */
export class Painting {
  readonly #useColour: boolean
  /** Kept as one object, whose styles a new theme replaces. */
  readonly #looks: { -readonly [Look in keyof Looks]: Looks[Look] }
  readonly #painters: ReadonlyMap<string, GuardedPainter>
  #theme: ThemeName = 'dark'
  /** Until it has loaded, rows lay out everything: the picture is the same. */
  #ink: InkLayout | null = null
  #next: CellGrid
  #shown: CellGrid
  #slots: readonly PlacedSlot[] = []
  #view: ScreenView | null = null
  /** The view whose rare parts are in the grid; null when they have to be laid out anew. */
  #laidOut: ScreenView | null = null
  /** The view whose slots are in the grid as they are for a desk that is heard; null when all have to be painted anew. */
  #painted: ScreenView | null = null
  #heardMs = 0
  /** Since when the words of the last outcome stand, and the page of them that is in the grid. */
  #toldMs = 0
  #outcomeTurn = 0

  constructor(options: PaintingOptions) {
    this.#useColour = options.useColour
    this.#looks = { ...looksOf(this.#theme, options.useColour) }
    this.#painters = panePainters(this.#looks, options.useColour)
    this.#next = cellGrid(options.columns, options.rows)
    this.#shown = cellGrid(options.columns, options.rows)
    forgetShown(this.#shown, this.#next)
  }

  /** From now on Ink lays out what lies over the panes. */
  overlayBy(makeInk: (looks: Looks) => InkLayout): void {
    this.#ink = makeInk(this.#looks)
  }

  /** Takes in the newest view without painting it. @param nowMs monotonic time */
  take(view: ScreenView, nowMs: number): void {
    if (view.outcome.text !== this.#view?.outcome.text) this.#toldMs = nowMs
    this.#view = view
    this.#heardMs = nowMs
    for (const painter of this.#painters.values()) painter.record(view, nowMs)
  }

  /** What happened in a market before the session, for its chart: the oldest first. */
  seed(epic: string, timeFrame: TimeFrame, candles: readonly PastCandle[]): void {
    for (const painter of this.#painters.values()) painter.seed(epic, timeFrame, candles)
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
    const heard = this.#view
    if (heard === null) return ''
    const silentMs = nowMs - this.#heardMs
    const view = silentMs >= SILENT_AFTER_MS ? silenced(heard, silentMs) : heard
    this.#applyTheme(heard.appearance.theme)
    const { columns, rows } = this.#next
    if (isTooSmall(columns, rows)) {
      const texts = textsOf(view.appearance.language)
      this.#putLines({ x: 0, y: 0, width: columns, height: rows }, smallScreenLines(view, columns, silentMs, texts))
    } else {
      if (this.#laidOut === null || !hasSameRareParts(this.#laidOut, heard)) this.#layOut(heard)
      this.#laidOut = heard
      this.#paintSlots(view, { silentMs, outcomeTurn: Math.floor((nowMs - this.#toldMs) / PAGE_MS) })
    }
    return writeDifference(this.#shown, this.#next)
  }

  /** Ends the layout. Nothing can be painted afterwards. */
  close(): void {
    this.#ink?.close()
  }

  #applyTheme(theme: ThemeName): void {
    if (theme === this.#theme) return
    this.#theme = theme
    Object.assign(this.#looks, looksOf(theme, this.#useColour))
    this.#laidOut = null
  }

  #layOut(view: ScreenView): void {
    const { columns, rows } = this.#next
    const boxes = paneBoxes({ columns, rows, layout: view.appearance.layout, hasOverlay: view.overlay !== null })
    const slots =
      this.#ink !== null && view.overlay !== null
        ? this.#layOutByInk(this.#ink, view, boxes)
        : layOutRows(this.#next, view, boxes, this.#looks)
    this.#slots = [...slots].map(([id, box]) => this.#placed(id, box))
    this.#painted = null
    for (const painter of this.#painters.values()) painter.forget()
  }

  #layOutByInk(ink: InkLayout, view: ScreenView, boxes: readonly PaneBox[]): ReadonlyMap<string, Box> {
    try {
      const frame = ink.layOut(view, boxes, this.#next.columns, this.#next.rows)
      drawInkFrame(this.#next, frame.text)
      return frame.slots
    } catch {
      // The picture goes on without it.
      this.#ink = null
      return layOutRows(this.#next, view, boxes, this.#looks)
    }
  }

  #placed(id: string, box: Box): PlacedSlot {
    return { id, box, painter: this.#painters.get(id) ?? null, isChanged: slotChange(id) }
  }

  #paintSlots(view: ScreenView, moment: SlotMoment): void {
    const isSilent = moment.silentMs >= SILENT_AFTER_MS
    const isTurned = moment.outcomeTurn !== this.#outcomeTurn
    this.#outcomeTurn = moment.outcomeTurn
    const before = isSilent ? null : this.#painted
    const texts = textsOf(view.appearance.language)
    for (const { id, box, painter, isChanged } of this.#slots) {
      if (painter !== null) {
        painter.paint(this.#next, box, view, texts)
      } else if (before === null || isChanged(before, view) || (isTurned && id === 'outcome')) {
        const { lines, align } = slotContent(id, view, box, moment, texts)
        this.#putLines(box, lines, align)
      }
    }
    this.#painted = isSilent ? null : view
  }

  #putLines(box: Box, lines: readonly Line[], align: 'left' | 'centre' | 'right' = 'left'): void {
    for (let row = 0; row < box.height; row += 1) {
      putLine(this.#next, box, row, lines[row] ?? [], align, this.#looks)
    }
  }
}
