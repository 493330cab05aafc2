import type { PastCandle, ScreenView, TimeFrame } from './view.ts'

/** What the painting thread is started with. */
export interface PainterData {
  readonly columns: number
  readonly rows: number
  readonly useColour: boolean
  readonly lock: SharedArrayBuffer
}

/** From the desk's thread to the painter. A view carries only the parts that changed since the one sent before it. */
export type PainterMessage =
  | {
      readonly kind: 'view'
      readonly sequence: number
      readonly changed: Partial<ScreenView>
      readonly wantsReport: boolean
    }
  | { readonly kind: 'resize'; readonly columns: number; readonly rows: number }
  | {
      readonly kind: 'seed'
      readonly epic: string
      readonly timeFrame: TimeFrame
      readonly candles: readonly PastCandle[]
    }
  | { readonly kind: 'ring' }

/** From the painter: the terminal took the frame that shows this view. `atMs` is wall time, as both threads read it. */
export interface PaintedReport {
  readonly sequence: number
  readonly atMs: number
}
