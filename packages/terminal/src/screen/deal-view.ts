import type { MoneyView } from './figure-view.ts'

export interface PositionView {
  readonly direction: 'BUY' | 'SELL'
  readonly size: string
  readonly market: string
  readonly epic: string
  readonly level: string
  readonly stop: string | null
  readonly isTrailing: boolean
  readonly limit: string | null
  /** What one-position keys act on. */
  readonly isSelected: boolean
  /** Opened elsewhere and not taken over. */
  readonly isForeign: boolean
  /** `+0.4 R`; null: not known. */
  readonly r: MoneyView | null
  /** Points won or lost at the closing side's price; null when that price is not trustworthy. */
  readonly points: MoneyView | null
  readonly profit: MoneyView | null
  /** Of the profit, ISO code; null: not known. */
  readonly currency: string | null
  /** `closing` and `unknown` are shown in words beside the row. */
  readonly state: 'open' | 'closing' | 'checking'
}

export interface OrderView {
  /** null: the broker does not say; so with the kind. */
  readonly direction: 'BUY' | 'SELL' | null
  readonly kind: 'limit' | 'stop' | null
  readonly size: string
  readonly market: string
  readonly epic: string
  readonly level: string
  readonly isSelected: boolean
  readonly isForeign: boolean
  readonly state: 'working' | 'cancelling' | 'checking'
}

export interface DealView {
  readonly time: string
  readonly direction: 'BUY' | 'SELL'
  readonly size: string
  readonly market: string
  readonly level: string
  /** What is left of it, in words of the catalogue. */
  readonly state: 'open' | 'part' | 'closed'
  readonly profit: MoneyView | null
  /** `+1.2 R`; null: it had no stop, or is not known. */
  readonly r: MoneyView | null
  /** Held for, such as `12 s`; null: not known. */
  readonly held: string | null
}

export interface DayTotalsView {
  readonly deals: number
  readonly won: number
  readonly lost: number
  /** null: not known. */
  readonly realised: MoneyView | null
  readonly charges: MoneyView | null
}

/**
 * `flat` only when the broker reported no position and no working order after the last order.
 * `checking` while an answer is awaited, `unknown` when nothing trustworthy is known (start, lost stream).
 */
export type ExposureView = 'flat' | 'open' | 'checking' | 'unknown'
