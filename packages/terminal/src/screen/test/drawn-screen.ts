import { type SeenTerminal, seenTerminal } from '@scalpdesk/testkit'
import { Painting } from '../painting.ts'
import type { ScreenView } from '../view.ts'

/** A painting on a terminal that can be read: what a person sees, and the bytes it took. */
export interface DrawnScreen {
  readonly terminal: SeenTerminal
  /** Shows a view at a time (monotonic milliseconds). @returns the bytes written for it */
  show(view: ScreenView, nowMs: number): string
  /** Paints without a new view, as the painter does while the desk is silent. @returns the bytes written */
  look(nowMs: number): string
  resize(columns: number, rows: number): Promise<void>
  /** What a person sees once everything written is drawn. */
  seen(): Promise<string>
  close(): void
}

export function drawnScreen(columns: number, rows: number, useColour = true): DrawnScreen {
  const terminal = seenTerminal(columns, rows)
  terminal.write('\x1b[?1049h')
  const painting = new Painting({ columns, rows, useColour })
  const look = (nowMs: number) => {
    const bytes = painting.frame(nowMs)
    terminal.write(bytes)
    return bytes
  }
  return {
    terminal,
    look,
    show(view, nowMs) {
      painting.take(view, nowMs)
      return look(nowMs)
    },
    async resize(toColumns, toRows) {
      await terminal.drawn()
      terminal.resize(toColumns, toRows)
      painting.resize(toColumns, toRows)
    },
    async seen() {
      await terminal.drawn()
      return terminal.screen()
    },
    close: () => painting.close(),
  }
}
