import type {
  AccountFigures,
  Confirm,
  DealId,
  DealReference,
  Decimal,
  Direction,
  Epic,
  Quote,
  StreamStatus,
  WorkingOrder,
} from '@scalpdesk/sdk'
import type { OrderId, TrackedOrder } from './order.ts'
import type { Preset } from './preset.ts'

/** Everything the desk knows. Plain and immutable: the same events give the same state. */
export interface DeskState {
  readonly preset: Preset
  readonly limits: DeskLimits
  readonly accountCurrency: string
  readonly quotes: ReadonlyMap<Epic, Quote>
  readonly stream: StreamStatus
  /** What the trader was told about a stream that is not live; null when nothing was. */
  readonly outage: Outage | null
  readonly tradeFeed: TradeFeed
  /** When prices last began from nothing; older ones are stale (monotonic). */
  readonly pricesSinceMs: number
  /** Pending orders and the last ended ones, in the order they were sent. */
  readonly orders: ReadonlyMap<OrderId, TrackedOrder>
  readonly holdings: ReadonlyMap<DealId, Holding>
  /** Deals that are over, and since when we know: the list of positions may lag behind it. */
  readonly closedDeals: ReadonlyMap<DealId, number>
  /** Deals whose missing stop was announced. */
  readonly stoplessDeals: ReadonlySet<DealId>
  /** null: the broker has not said, or its last reading came without them. */
  readonly workingOrders: readonly WorkingOrder[] | null
  readonly book: BookKnowledge
  readonly flatten: Flatten
  /** Confirms that came before the acknowledgement that names them. Bounded. */
  readonly earlyConfirms: readonly Confirm[]
  readonly account: AccountFigures | null
  readonly openingEquity: Decimal | null
  readonly outcome: Outcome
  /** What happened, newest last. Bounded. */
  readonly news: readonly News[]
}

/** A position as the desk holds it, from a confirm at first and from the broker's list as soon as that shows it. */
export interface Holding {
  readonly dealId: DealId
  readonly reference: DealReference | null
  readonly epic: Epic
  readonly marketName: string
  readonly direction: Direction
  readonly size: Decimal
  readonly level: Decimal | null
  readonly stopLevel: Decimal | null
  readonly limitLevel: Decimal | null
  readonly currency: string | null
  readonly contractSize: Decimal
  readonly pointsPerUnit: number | null
  readonly seen: { readonly kind: 'confirmed'; readonly atMs: number } | { readonly kind: 'listed' }
}

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
  /** `changes` at the last reading whose positions agreed with all we know; null before the first. */
  readonly agreedAt: number | null
}

export type Flatten =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running'
      readonly reference: DealReference
      readonly pressedAtMs: number
      readonly closesSent: number
      /** Closes of earlier presses, without an answer for so long that this press may send them again. */
      readonly overtakes: ReadonlySet<OrderId>
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

export interface DeskLimits {
  /** A price older than this opens nothing. */
  readonly maxPriceAgeMs: number
}

/** The last thing the trader should read, in words. */
export interface Outcome {
  readonly tone: 'good' | 'bad' | 'wait' | 'info'
  readonly text: string
}

export interface News {
  readonly atMs: number
  readonly text: string
}

export interface DeskSetup {
  readonly preset: Preset
  readonly accountCurrency: string
  readonly limits?: Partial<DeskLimits>
  /** Equity at the start of the trading day, when an earlier session wrote it down. */
  readonly openingEquity?: Decimal | null
}

/** Ten seconds: our choice; a quiet but living market still deals, a dead one does not for long. */
const DEFAULT_MAX_PRICE_AGE_MS = 10_000

export function initialState(setup: DeskSetup): DeskState {
  return {
    preset: setup.preset,
    limits: { maxPriceAgeMs: DEFAULT_MAX_PRICE_AGE_MS, ...setup.limits },
    accountCurrency: setup.accountCurrency,
    quotes: new Map(),
    stream: { kind: 'connecting' },
    outage: null,
    tradeFeed: 'awaited',
    pricesSinceMs: Number.NEGATIVE_INFINITY,
    orders: new Map(),
    holdings: new Map(),
    closedDeals: new Map(),
    stoplessDeals: new Set(),
    workingOrders: null,
    book: {
      changes: 0,
      asks: 0,
      reading: null,
      nextReadAtMs: Number.NEGATIVE_INFINITY,
      askedAtMs: [],
      failures: 0,
      agreedAt: null,
    },
    flatten: { kind: 'idle' },
    earlyConfirms: [],
    account: null,
    openingEquity: setup.openingEquity ?? null,
    outcome: { tone: 'info', text: 'asking the broker what is open' },
    news: [],
  }
}
