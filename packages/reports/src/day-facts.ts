import type { JournalEntry, Verdict } from '@scalpdesk/desk/journal'
import type { Activity, Decimal, Epic, Transaction } from '@scalpdesk/sdk'
import type { DaySpan, ReportedAccount, SourceUse } from './report.ts'

/**
 * All that the sources told of a span of days, plain and normalised: what a report is made of. The order of the rows does not matter, and a
 * row that is here twice under the same id counts once. Rows from before the span are welcome: they tell how a position that was closed in
 * the span had begun, and are not counted.
 */
export interface DayFacts {
  readonly account: ReportedAccount
  readonly span: DaySpan
  /** What was read, and whether all of it was. A source without a line here was not asked. */
  readonly sources: readonly SourceUse[]
  readonly transactions: readonly BrokerTransaction[]
  readonly activities: readonly BrokerActivity[]
  /** Balances that somebody told, at whatever moments: the rows between two of them have to add up to their difference. */
  readonly balances: readonly ToldBalance[]
  /** null: there is no journal of the span. */
  readonly journal: JournalFacts | null
  /** What is known of markets, at most one of each epic. */
  readonly markets: readonly MarketFacts[]
  /** Recorded prices, at most one of each epic. */
  readonly prices: readonly PriceMarks[]
  /** What the trader wrote about deals. */
  readonly remarks: readonly DealRemarks[]
  /** What the trader wrote about days, at most one of each. */
  readonly dayNotes: readonly DayNotes[]
}

/** Money that the broker booked: the SDK's row and a name for it. */
export interface BrokerTransaction extends Transaction {
  /** See `transactionRows`: the same each time the same row is read, and another one for each of several alike rows. */
  readonly id: string
}

export interface BrokerActivity extends Activity {
  readonly id: string
}

/** Cash: without what open positions stand at. */
export interface ToldBalance {
  readonly amount: Decimal
  /** Milliseconds since 1970: rows that were booked before are in it. */
  readonly atMs: number
  readonly source: 'broker' | 'store' | 'statement'
}

export interface JournalFacts {
  /** In the order in which they were written. */
  readonly entries: readonly JournalEntry[]
  /** Of each file that they are from. */
  readonly files: readonly { readonly name: string; readonly verdict: Verdict }[]
}

/** `null`: not known. */
export interface MarketFacts {
  readonly epic: Epic
  readonly name: string | null
  /** ISO code, of the deals in it. */
  readonly currency: string | null
  /** Units of the underlying in a size of one. */
  readonly contractSize: Decimal | null
  readonly pointsPerUnit: number | null
  /** Units of the market's currency for one of the account's, without what the broker takes for the conversion; 1 where they are the same. */
  readonly perUnit: Decimal | null
  /** What `perUnit` was from moments on, the earliest first. */
  readonly rates?: readonly { readonly fromMs: number; readonly perUnit: Decimal }[]
}

/** The quotes of a market in their order, one column each: a day has a million of them. */
export interface PriceMarks {
  readonly epic: Epic
  /** Prices are whole numbers of 10^-decimals. */
  readonly decimals: number
  /** Milliseconds since 1970, never falling. */
  readonly atMs: ArrayLike<number>
  readonly bidUnits: ArrayLike<number>
  readonly offerUnits: ArrayLike<number>
  /** When prices were missed: [from, to). */
  readonly gaps: readonly { readonly fromMs: number; readonly toMs: number }[]
}

export interface DealRemarks {
  /** Of the position; where no source told one, what stood for it: its trade's id, or our order's. */
  readonly dealId: string
  readonly tags: readonly string[]
  readonly notes: readonly string[]
}

export interface DayNotes {
  /** Such as `2026-01-05`. */
  readonly day: string
  readonly notes: readonly string[]
}
