import type { DealId, DealReference, Decimal, Direction, Epic } from '@scalpdesk/sdk'
import type { Price } from './price.ts'

/** What the day is made of, beside prices. `atMs` is monotonic. The same facts and prices give the same day. */
export type DayFact = Opened | WholeTold | Reduced | StopMoved | Booked | Charged | RateTold | PricesMissed

/** A position is held. Told again for the same deal, it only fills in what was not known. */
export interface Opened {
  readonly kind: 'opened'
  readonly dealId: DealId
  readonly reference: DealReference | null
  readonly epic: Epic
  readonly direction: Direction
  readonly size: Decimal
  readonly level: Decimal | null
  /** Of the deal. */
  readonly currency: string | null
  /** Units of the underlying in a size of one. */
  readonly contractSize: Decimal
  readonly pointsPerUnit: number | null
  /** Of the prices that will come; grows by itself when they carry more. */
  readonly decimals: number
  readonly stop: Decimal | null
  /** In force when it was opened: the first mark. */
  readonly price: Price | null
  /** For how long it was held already when this was told; `null`: nobody says. */
  readonly heldBeforeMs: number | null
  readonly atMs: number
}

/** What a deal was opened at, told after less of it was seen: the rest was closed by somebody in between. */
interface WholeTold {
  readonly kind: 'whole'
  readonly dealId: DealId
  readonly size: Decimal
  readonly atMs: number
}

/** Who told of a result. */
export type Evidence = 'stream' | 'poll' | 'book' | 'activity'

/** A part or all of a position was closed. */
export interface Reduced {
  readonly kind: 'reduced'
  /** Names this result: told twice it counts once, and the later one fills in what the earlier did not know. */
  readonly id: string
  readonly dealId: DealId
  readonly epic: Epic
  /** Of the position. */
  readonly direction: Direction
  readonly size: Decimal
  readonly level: Decimal | null
  /** As the broker told it; `null`: it did not. */
  readonly profit: Decimal | null
  readonly profitCurrency: string | null
  readonly by: Evidence
  /** Nobody knows unless told. */
  readonly dealt?: DealtBetween
  readonly atMs: number
}

/** When it was dealt, by the broker's own time, milliseconds since 1970; null: nobody knows how early, or how late. */
export interface DealtBetween {
  readonly fromMs: number | null
  readonly untilMs: number | null
}

/** Where its stop is now; `null`: it has none. */
interface StopMoved {
  readonly kind: 'stop'
  readonly dealId: DealId
  readonly stop: Decimal | null
  readonly atMs: number
}

/** What the broker put on the account for a result, in the account's currency: its last word on it. */
interface Booked {
  readonly kind: 'booked'
  /** Of the {@link Reduced}. */
  readonly id: string
  readonly amount: Decimal
  readonly atMs: number
}

export type ChargeCause = 'commission' | 'funding' | 'guaranteed-stop' | 'other'

export interface Charged {
  readonly kind: 'charge'
  /** Names this charge: told twice it counts once. */
  readonly id: string
  readonly dealId: DealId | null
  readonly epic: Epic | null
  readonly cause: ChargeCause
  /** Below zero: it was paid. */
  readonly amount: Decimal
  readonly currency: string
  readonly atMs: number
}

/**
 * Units of a currency for one of the account's. Source: IG Labs, REST API reference, "Markets",
 * `currencies[].baseExchangeRate`; that it is quoted this way round is not published.
 */
export interface RateTold {
  readonly kind: 'rate'
  readonly currency: string
  readonly perBase: Decimal | null
  readonly atMs: number
}

/** Prices of a market, or of all, may have come that were not told: a stream that was down, a market without prices. */
interface PricesMissed {
  readonly kind: 'prices-missed'
  readonly epic: Epic | null
  readonly atMs: number
}
