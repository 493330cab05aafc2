import type { PastCandle, ScreenView, TimeFrame } from './view.ts'

/** What the painting thread is started with. */
export interface PainterData {
  readonly columns: number
  readonly rows: number
  readonly useColour: boolean
  readonly lock: SharedArrayBuffer
  readonly painted: SharedArrayBuffer
}

/** From the desk's thread to the painter. A view carries only the parts that changed since the one sent before it. */
export type PainterMessage =
  | {
      readonly kind: 'view'
      readonly sequence: number
      readonly changed: Partial<ScreenView>
    }
  | { readonly kind: 'resize'; readonly columns: number; readonly rows: number }
  | {
      readonly kind: 'seed'
      readonly epic: string
      readonly timeFrame: TimeFrame
      readonly candles: readonly PastCandle[]
    }
  | { readonly kind: 'ring' }
