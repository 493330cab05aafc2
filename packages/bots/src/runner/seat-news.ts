import { Decimal } from '@scalpdesk/sdk'
import type { PastBars } from '../candles/past-bar.ts'
import type { Held, Holdings, Resting } from '../host/held.ts'
import type { HostEnd } from '../host/strategy-host.ts'
import type { BotDeal } from '../strategy/bot-deal.ts'
import type { TradeIntent } from '../strategy/bot-intent.ts'

/** What a strategy is told, in the order in which it happened. Plain data: it crosses to the strategy's own process. */
export type SeatNews =
  | TickNews
  /** A price that came while the history was asked for: seen by candles and indicators alone. */
  | (Omit<TickNews, 'kind'> & { readonly kind: 'seen' })
  /** Prices are missing. */
  | { readonly kind: 'torn'; readonly epic: string }
  | { readonly kind: 'past'; readonly epic: string; readonly lengths: readonly string[]; readonly past: PastBars }
  | { readonly kind: 'holdings'; readonly epic: string; readonly holdings: Plain<Holdings> }
  | { readonly kind: 'deal'; readonly deal: Plain<BotDeal> }
  | { readonly kind: 'profit'; readonly openCents: number; readonly bookedCents: number }
  /** The run is over: the strategy's last word is asked for. */
  | { readonly kind: 'stop' }

export interface TickNews {
  readonly kind: 'tick'
  readonly epic: string
  readonly atMs: number
  readonly bidUnits: number
  readonly offerUnits: number
}

/** What it wants in answer to all of that. */
export interface SeatAnswer {
  readonly wanted: readonly SeatWish[]
  /** Why it is asked nothing more; null: it goes on. */
  readonly end: HostEnd | null
  /** What it remembers, where that has changed and is asked for. */
  readonly state?: unknown
  /** The indicator that is furthest from being ready; left out where all are. */
  readonly warming?: Warming
}

export interface Warming {
  readonly epic: string
  /** `tick`, or the length of candles. */
  readonly of: string
  readonly seen: number
  readonly needed: number
}

export type SeatWish =
  | { readonly kind: 'trade'; readonly epic: string; readonly intent: TradeIntent }
  | { readonly kind: 'say'; readonly text: string }

/** The same with each figure as text. */
export type Plain<Value> = Value extends Decimal
  ? string
  : Value extends readonly (infer Each)[]
    ? readonly Plain<Each>[]
    : Value extends object
      ? { readonly [Name in keyof Value]: Plain<Value[Name]> }
      : Value

export function plainHoldings({ positions, orders, isBusy }: Holdings): Plain<Holdings> {
  return {
    positions: positions.map(each => ({ ...each, size: each.size.toFixed() })),
    orders: orders.map(each => ({ ...each, size: each.size.toFixed() })),
    isBusy,
  }
}

export function holdingsOf({ positions, orders, isBusy }: Plain<Holdings>): Holdings {
  return {
    positions: positions.map((each): Held => ({ ...each, size: new Decimal(each.size) })),
    orders: orders.map((each): Resting => ({ ...each, size: new Decimal(each.size) })),
    isBusy,
  }
}

export function plainDeal(deal: BotDeal): Plain<BotDeal> {
  switch (deal.kind) {
    case 'opened':
      return { ...deal, size: deal.size.toFixed() }
    case 'closed':
      return { ...deal, size: deal.size.toFixed() }
    case 'denied':
    case 'rejected':
      return { ...deal, intent: plainIntent(deal.intent) }
    default:
      return deal
  }
}

export function dealOf(deal: Plain<BotDeal>): BotDeal {
  switch (deal.kind) {
    case 'opened':
      return { ...deal, size: new Decimal(deal.size) }
    case 'closed':
      return { ...deal, size: new Decimal(deal.size) }
    default:
      return deal
  }
}

/** A strategy may write figures in three ways; two of them are plain. */
export function plainIntent(intent: TradeIntent): TradeIntent & Plain<TradeIntent> {
  return JSON.parse(JSON.stringify(intent, inDigits))
}

/** A decimal by itself writes small figures with an exponent, and JSON has no NaN. */
function inDigits(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const figure = this[name]
  if (Decimal.isDecimal(figure)) return figure.toFixed()
  return typeof figure === 'number' && !Number.isFinite(figure) ? String(figure) : value
}
