import type {
  AccountFigures,
  AccountZone,
  Confirm,
  DealId,
  DealReference,
  Decimal,
  Epic,
  Market,
  StreamStatus,
} from '@scalpdesk/sdk'
import type { BrokerTime } from './book/brokers-time.ts'
import type { Holding, Origin } from './book/holding.ts'
import type { Quotes } from './book/quotes.ts'
import type { RestingOrder } from './book/resting-order.ts'
import type { Scope } from './book/scope.ts'
import type { Unlisted } from './book/unlisted.ts'
import type { Contract } from './contract.ts'
import type { Day } from './day/day.ts'
import type { LatencyLedger } from './day/latency.ts'
import type { DayMemory } from './guard/memory/day-memory.ts'
import type { Watch } from './guard/watchdogs/watch.ts'
import type { WatchSettings } from './guard/watchdogs/watch-settings.ts'
import type { Unwritten } from './guard-records.ts'
import type { Entry } from './intents/entering.ts'
import type { LegChange } from './intents/leg-change.ts'
import type { PressedBy } from './journal/record.ts'
import type { OrderId, TrackedOrder } from './orders/order.ts'
import type { Message } from './words/message.ts'

/** Everything the desk knows. Plain and immutable: the same events give the same state. */
export interface DeskState {
  readonly contracts: ReadonlyMap<Epic, Contract>
  readonly mode: Mode
  /** Entries are allowed. */
  readonly isArmed: boolean
  readonly accountCurrency: string
  /** In which the account's days begin and end. */
  readonly zone: AccountZone
  readonly quotes: Quotes
  readonly stream: StreamStatus
  /** When the stream was live last from being anything else (monotonic). */
  readonly liveSinceMs: number
  readonly heartbeat: Heard | null
  /** The latest time that the broker told, in milliseconds since 1970. */
  readonly brokerMs: number | null
  /** A time so far ahead that it is not believed yet; null: the last one was no such time. */
  readonly timeLeap: BrokerTime | null
  /** What the trader was told about a stream that is not live; null when nothing was. */
  readonly outage: Outage | null
  readonly tradeFeed: TradeFeed
  /** When prices last began from nothing; older ones are stale (monotonic). */
  readonly pricesSinceMs: number
  /** What to add to monotonic time for milliseconds since 1970, as the driver said last. */
  readonly wallOffsetMs: number
  /** Pending orders and the last ended ones, in the order they were sent. */
  readonly orders: ReadonlyMap<OrderId, TrackedOrder>
  /** Given to orders of an earlier run: none of them is ever used again. */
  readonly usedReferences: ReadonlySet<DealReference>
  /** Positions and working orders that our orders made, or that the trader took over. */
  readonly ownDeals: ReadonlyMap<DealId, Origin>
  readonly holdings: ReadonlyMap<DealId, Holding>
  /** Working orders; as they were listed last where {@link areOrdersListed} is false. */
  readonly resting: ReadonlyMap<DealId, RestingOrder>
  /** False: the broker has not listed its working orders, or its last reading came without them. */
  readonly areOrdersListed: boolean
  /** Positions and working orders that are over, and since when we know: the lists may lag behind it. */
  readonly closedDeals: ReadonlyMap<DealId, number>
  /** What may be at the broker although its lists do not show it yet; while there is any, they prove nothing. */
  readonly unlisted: ReadonlyMap<DealId, Unlisted>
  readonly book: BookKnowledge
  readonly history: HistoryKnowledge
  readonly flattens: readonly Flatten[]
  /** Who pressed for the orders of these references, where it was no key. Bounded. */
  readonly callers: ReadonlyMap<DealReference, PressedBy>
  readonly reversals: readonly Reversal[]
  /** Changes of legs that wait: for the list to show the position, or for the change before. In the order of their presses. */
  readonly legChanges: readonly LegChange[]
  /** Confirms that came before the acknowledgement that names them. Bounded. */
  readonly earlyConfirms: readonly Confirm[]
  readonly account: AccountFigures | null
  /** Of the account's trading day, and the name of that day. */
  readonly openingEquity: Decimal | null
  readonly openedDay: string | null
  /** The deals of the day, and what they brought. */
  readonly day: Day
  /** What the broker booked; null: it is not asked. */
  readonly booked: BookedKnowledge | null
  readonly latency: LatencyLedger
  /** What the guard knows of the day. */
  readonly memory: DayMemory
  /** The journal does not hold all of that; null: it does, as far as anybody said. */
  readonly unwritten: Unwritten | null
  readonly watch: Watch
  readonly watchSettings: WatchSettings
  /** When the watchdogs want to look again though nothing happens (monotonic). */
  readonly watchDueMs: number | null
  readonly outcome: Outcome
  /** What happened, newest last. Bounded. */
  readonly news: readonly News[]
}

/** `hedge`: each entry is a position of its own. `net`: against an opposite position it only reduces that. */
export type Mode = 'hedge' | 'net'

/** How far the broker's list of positions and working orders can be trusted. */
export interface BookKnowledge {
  /** Grows with everything that may change what the broker holds. */
  readonly changes: number
  readonly asks: number
  /** The reading under way: when it was asked for, and `changes` then. */
  readonly reading: { readonly ask: number; readonly changes: number; readonly askedAtMs: number } | null
  readonly nextReadAtMs: number | null
  /** When the last readings were asked for, oldest first: as many as the allowance counts. */
  readonly askedAtMs: readonly number[]
  /** Readings that failed, or came without the working orders, since the last whole one. */
  readonly failures: number
  /** `changes` at the last reading that agreed with all we know; null before the first. */
  readonly agreedAt: number | null
  /** When the stream last told of something that only a list can show (monotonic): one that is asked for shortly after may be from before it. */
  readonly missedAtMs: number
}

/** Asking for the account's history, which is done for orders that nothing else has settled. */
export interface HistoryKnowledge {
  readonly asks: number
  readonly isAsking: boolean
  readonly askedAtMs: number
  /** Answers in a row that settled nothing. */
  readonly vain: number
}

/** Asking for what the broker booked on the account, which is done seldom, and never while trading needs the allowance. */
export interface BookedKnowledge {
  readonly asks: number
  /** The question under way: of the day that began then (milliseconds since 1970). */
  readonly asking: { readonly ask: number; readonly sinceMs: number } | null
  readonly askedAtMs: number
  /** Deals came or went since: the broker has booked what is not known yet. */
  readonly isWanted: boolean
  /** Results of the day that belong to no deal of ours, added up; null: not told yet. With them the day is the broker's. */
  readonly elsewhere: Decimal | null
}

/** A scope that is being flattened. */
export interface Flatten {
  readonly scope: Scope
  readonly reference: DealReference
  readonly pressedAtMs: number
  /** Closes and cancellations. */
  readonly sent: number
  /** Those of earlier presses, without an answer for so long that this press may send them again. */
  readonly overtakes: ReadonlySet<OrderId>
}

/** Closes of a market after whose end the desk enters once the other way. */
export interface Reversal {
  readonly epic: Epic
  readonly reference: DealReference
  readonly pressedAtMs: number
  readonly sentAtMs: number
  readonly direction: 'BUY' | 'SELL'
  readonly deal: Pick<Entry, 'size' | 'stop' | 'limitPoints'>
  readonly closes: readonly OrderId[]
}

/** The cause that was told; null when the stream gave none. */
export interface Outage {
  readonly cause: string | null
}

/**
 * Whether the account's own events reach us. `awaited`: not yet, or not yet on this session; `lost`: they stopped, and
 * the trader was told. Counts only while the stream is live: see {@link areTradesHeard}.
 */
export type TradeFeed = 'awaited' | 'listening' | 'lost'

/** A fill, a stop or an order placed elsewhere would be told to us now. */
export function areTradesHeard({ stream, tradeFeed }: DeskState): boolean {
  return stream.kind === 'live' && tradeFeed === 'listening'
}

/** The stream's heartbeat. */
interface Heard {
  /** Milliseconds since 1970. */
  readonly brokerMs: number | null
  readonly receivedAtMs: number
}

/** What was told to the trader. */
export interface Told {
  /** Its English sentence: for journals, scripts and tests. */
  readonly text: string
  /** What it means; `sentence(message, language)` says it in any language. */
  readonly message: Message
}

/** The last thing the trader should read. */
export interface Outcome extends Told {
  readonly tone: 'good' | 'bad' | 'wait' | 'info'
}

export interface News extends Told {
  readonly atMs: number
}

/** null: the desk does not trade it. */
export function marketOf({ contracts }: DeskState, epic: Epic): Market | null {
  return contracts.get(epic)?.market ?? null
}
