import type { PositionView } from './deal-view.ts'

export interface OutcomeView {
  /** `good` filled, `bad` denied or rejected, `wait` sent or checking, `info` anything else. */
  readonly tone: 'good' | 'bad' | 'wait' | 'info'
  readonly text: string
}

export type ToldView =
  | {
      readonly kind: 'filled'
      readonly direction: Side
      readonly size: string
      readonly market: string
      readonly level: string | null
    }
  | { readonly kind: 'closed'; readonly direction: Side; readonly size: string }
  | { readonly kind: 'flat' }

type Side = PositionView['direction']
