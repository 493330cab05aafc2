import type { Direction } from '@scalpdesk/sdk'

/** What messages name, as exact texts: never a number that was rounded for a screen. */

export interface PositionText {
  readonly direction: Direction
  readonly size: string
  readonly market: string
}

/** Of a working order from elsewhere the broker may not say all. */
export interface HeldText {
  readonly direction: Direction | null
  readonly size: string | null
  readonly market: string
}

export interface LegsText {
  readonly stop: string | null
  readonly limit: string | null
  readonly trails: boolean
}

/** An order of ours, whatever became of it. */
export type OrderText =
  | { readonly kind: 'open'; readonly direction: Direction; readonly size: string }
  | { readonly kind: 'close'; readonly size: string }
  | { readonly kind: 'amend'; readonly legs: LegsText }
  | { readonly kind: 'place'; readonly direction: Direction; readonly size: string; readonly level: string }
  | { readonly kind: 'cancel' }

/** What a key wanted, of which no order was made. */
export type WantedText =
  | { readonly kind: 'entry'; readonly direction: Direction }
  | { readonly kind: 'order'; readonly direction: Direction }
  | { readonly kind: 'reverse' | 'close' }
  | {
      readonly kind: 'change'
      readonly change: 'breakeven' | 'move-leg' | 'set-leg' | 'tighten' | 'remove-limit' | 'trail'
    }
  | { readonly kind: 'preset'; readonly name: string }

/** What is being closed; `of`: of how much, where it is a part. */
export interface ClosingText extends PositionText {
  readonly of: string | null
}
