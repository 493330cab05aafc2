import type { AccountZone, Decimal } from '@scalpdesk/sdk'
import type { Hypothesis } from './hypothesis.ts'
import type { Money } from './money.ts'
import type { Statistics } from './statistics.ts'
import type { Trade } from './trade.ts'

/**
 * What happened on one account in a span of its days: the same figures in every form. Made by `reportOf` from what the sources told;
 * plain data, nothing is computed from it again but sums that a form says it shows.
 */
export interface Report {
  readonly account: ReportedAccount
  readonly span: DaySpan
  readonly sources: readonly SourceUse[]
  readonly bridge: BalanceBridge
  /** The newest last, in the order in which they began. */
  readonly trades: readonly Trade[]
  /** Each day of the span on which anything happened, or about which something was noted. */
  readonly days: readonly DayLine[]
  readonly statistics: Statistics
  /** What came of the presses, by the journal; null: there is no journal of the span. */
  readonly presses: PressCounts | null
  readonly guardEvents: readonly GuardEvent[]
  readonly latency: LatencyTable | null
  /** What the reader has to know before he trusts the figures; empty when all agrees. */
  readonly findings: readonly Finding[]
  /** The trades once more with something changed; null: that was not asked. */
  readonly hypothesis: Hypothesis | null
}

export interface ReportedAccount {
  readonly id: string
  readonly name: string | null
  readonly environment: 'mock' | 'demo' | 'live'
  /** ISO code. */
  readonly currency: string
  readonly zone: AccountZone
}

/** Days of the account's own calendar, both included. */
export interface DaySpan {
  readonly from: string
  readonly to: string
  /** Milliseconds since 1970: [begin, end). */
  readonly beginMs: number
  readonly endMs: number
}

/** What the figures were taken from. `complete`: all rows of the span were read. */
export interface SourceUse {
  readonly source: 'transactions' | 'activity' | 'journal' | 'ticks' | 'import'
  readonly rows: number
  readonly isComplete: boolean
}

/**
 * From one balance to the other, every cent by name: `opening + sum of parts = closing`. Where the sources know a balance that the parts do not
 * reach, the rest is a part of its own, `unexplained`, with the rows that it may concern.
 */
export interface BalanceBridge {
  /** null: no source tells a balance; the parts are all that is known then. */
  readonly opening: Decimal | null
  readonly closing: Decimal | null
  readonly parts: readonly BalancePart[]
}

export interface BalancePart {
  readonly cause: BalanceCause
  /** In the account's currency, to the cent; below zero: taken from the account. */
  readonly amount: Decimal
  /** References of the broker's rows, or ids of our orders, that it is made of. */
  readonly rows: readonly string[]
}

/**
 * `price`: what the price moved between the mids at entry and exit; `spread` and `slippage` are what was lost to it on the way in and out, so
 * that `price + spread + slippage + conversion` is the result that the broker booked.
 */
export type BalanceCause =
  | 'price'
  | 'spread'
  | 'slippage'
  | 'conversion'
  /** A result of which the mids are not known: booked as one figure. */
  | 'result'
  | 'commission'
  | 'funding'
  | 'guaranteed-stop'
  | 'dividend'
  | 'deposit'
  | 'withdrawal'
  | 'correction'
  | 'other'
  | 'unexplained'

export interface DayLine {
  /** Such as `2026-01-05`. */
  readonly day: string
  readonly trades: number
  readonly won: number
  readonly lost: number
  /** Results and charges of the day together, in the account's currency. */
  readonly change: Decimal
  readonly charges: Decimal
  /** Of the day's equity curve, as a loss: zero or below. */
  readonly drawdown: Decimal
  /** What the trader wrote about the day. */
  readonly notes: readonly string[]
}

export interface PressCounts {
  readonly entries: number
  readonly filled: number
  readonly denied: ReadonlyMap<string, number>
  readonly rejected: ReadonlyMap<string, number>
  readonly unresolved: number
}

export interface GuardEvent {
  readonly atMs: number
  readonly code: string
  readonly words: string
}

/** Milliseconds; from the key to each step. */
export interface LatencyTable {
  readonly orders: number
  readonly steps: readonly {
    readonly step: 'decided' | 'journalled' | 'first-byte' | 'acknowledged' | 'confirmed' | 'painted'
    readonly p50Ms: number | null
    readonly p95Ms: number | null
    readonly p99Ms: number | null
  }[]
  /** What the market moved against the trader between the key and the fill, in the account's currency; null: no ticks. */
  readonly costOfDelay: Decimal | null
}

/** Something that does not agree, or is not known. `red`: money is concerned. */
export interface Finding {
  readonly severity: 'red' | 'note'
  readonly kind:
    | 'unexplained'
    | 'missing-at-broker'
    | 'missing-in-journal'
    | 'incomplete-source'
    | 'broken-journal'
    | 'guessed-match'
    | 'small-sample'
  readonly words: string
  readonly rows: readonly string[]
  readonly amount: Money | null
}
