import type { Decimal, Direction, Epic } from '@scalpdesk/sdk'
import type { Money } from './money.ts'

/** One round trip: in and out of a market on one side, however many deals and closes it took. `null` is what no source tells. */
export interface Trade {
  /** Its own in the report, the same each time it is made from the same rows. */
  readonly id: string
  readonly epic: Epic | null
  readonly marketName: string
  readonly direction: Direction
  readonly openedAtMs: number | null
  /** null: something of it is still open. */
  readonly closedAtMs: number | null
  readonly heldMs: number | null
  readonly entries: readonly TradeDeal[]
  readonly exits: readonly TradeDeal[]
  /** The most that was held at once. */
  readonly size: Decimal
  /** Weighted by size, to ten decimals; for reading, no money is computed from them. */
  readonly entryLevel: Decimal | null
  readonly exitLevel: Decimal | null
  /** The first that it had. */
  readonly stopLevel: Decimal | null
  readonly limitLevel: Decimal | null
  readonly points: Decimal | null
  /** As the broker booked it, in the account's currency, to the cent; before charges. */
  readonly result: Decimal | null
  /** In the market's currency. */
  readonly ownResult: Money | null
  readonly charges: readonly TradeCharge[]
  /** Result and charges. */
  readonly net: Decimal | null
  /** What the first stop risked, in the account's currency. */
  readonly risk: Decimal | null
  readonly r: Decimal | null
  /** Furthest against it and for it while it was held. */
  readonly against: Excursion
  readonly inFavour: Excursion
  /** What the best moment offered and the exit did not take, in the account's currency. */
  readonly left: Decimal | null
  /** In points; below zero: worse than the price that was seen at the key. */
  readonly entrySlippage: Decimal | null
  readonly exitSlippage: Decimal | null
  /** Paid on the way in and out, in the account's currency, zero or below. */
  readonly spread: Decimal | null
  readonly latency: readonly { readonly step: string; readonly ms: number }[]
  /** Who opened it. */
  readonly by: TradeOrigin
  readonly preset: string | null
  readonly tags: readonly string[]
  readonly notes: readonly string[]
}

export interface TradeDeal {
  readonly atMs: number | null
  readonly dealId: string | null
  readonly reference: string | null
  readonly size: Decimal
  readonly level: Decimal | null
  /** Of an exit, in the account's currency as booked. */
  readonly result: Decimal | null
  readonly how: 'market' | 'working-order' | 'stop' | 'limit' | 'elsewhere' | 'unknown'
}

export interface TradeCharge {
  readonly cause: 'commission' | 'funding' | 'guaranteed-stop' | 'dividend' | 'other'
  readonly amount: Decimal
  readonly reference: string | null
}

export interface Excursion {
  readonly points: Decimal | null
  readonly money: Decimal | null
  readonly r: Decimal | null
  /** False: prices were missed while it was held. */
  readonly isWhole: boolean
}

export type TradeOrigin =
  | { readonly kind: 'key' }
  | { readonly kind: 'command' }
  | { readonly kind: 'bot'; readonly name: string }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'unknown' }
