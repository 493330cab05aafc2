import type { Warming } from './seat-news.ts'

export type BotPhase =
  | { readonly kind: 'running' }
  /** A person has taken over: it looks on, and what it wants is refused. */
  | { readonly kind: 'held'; readonly by: 'pause' | 'flatten' }
  /** Its exit policy is being applied. */
  | { readonly kind: 'leaving'; readonly why: string }
  | { readonly kind: 'stopped'; readonly why: string; readonly isFailure: boolean }

/** One bot at this moment. Money in cents of the account's currency. */
export interface BotStatus {
  readonly name: string
  readonly phase: BotPhase
  readonly openCents: number
  readonly bookedCents: number
  /** On the account's day that is now, by any run of this bot; of {@link bookedCents} it is what its loss limit looks at. */
  readonly bookedTodayCents: number
  readonly maxLossCents: number | null
  readonly positions: number
  readonly resting: number
  /** Requests that went out for it. */
  readonly orders: number
  readonly ticks: number
  /** The indicator that is furthest from being ready; null: all are. */
  readonly warming: Warming | null
  /** News that its strategy has not taken yet. */
  readonly waiting: number
}
