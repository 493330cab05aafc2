import type { AccountZone, DealId, DealReference, Decimal } from '@scalpdesk/sdk'
import { NOTHING_BOOKED } from './book/booked-money.ts'
import { dayOf } from './book/day-keeping.ts'
import type { Origin } from './book/holding.ts'
import { Quotes } from './book/quotes.ts'
import { unlistedAtStart } from './book/unlisted.ts'
import type { Contract } from './contract.ts'
import { dayFromJournal } from './day/from-journal.ts'
import type { DeskState, Mode } from './desk-state.ts'
import { type GuardLimits, NO_LIMITS } from './guard/limits.ts'
import type { DayMemory } from './guard/memory/day-memory.ts'
import type { GuardFact } from './guard/memory/fact.ts'
import { remember, rememberAll } from './guard/memory/remember.ts'
import { NOTHING_WATCHED } from './guard/watchdogs/watch.ts'
import { DEFAULT_WATCH, type WatchSettings } from './guard/watchdogs/watch-settings.ts'
import type { JournalEntry } from './journal/recovery.ts'
import { NO_TIMES, type OrderId, type OrderPurpose, type TrackedOrder } from './orders/order.ts'
import { message } from './words/message.ts'
import { sentence } from './words/sentence.ts'

/** With what a desk starts. */
export interface DeskSetup {
  readonly contracts: readonly Contract[]
  readonly accountCurrency: string
  /** UTC unless told. */
  readonly zone?: AccountZone
  /** `hedge` unless told. */
  readonly mode?: Mode
  /** True unless told. */
  readonly isArmed?: boolean
  /** None but what is never wanted unless told. */
  readonly limits?: Partial<GuardLimits>
  readonly watch?: WatchSettings
  /** The start of this run; both times 0 unless told. */
  readonly start?: Start
  /** The broker can be asked for what it booked; false unless told. */
  readonly asksBooked?: boolean
  /** What an earlier run left open, from its journal. */
  readonly recovered?: Recovered
}

export interface Start {
  /** Monotonic. */
  readonly atMs: number
  /** Milliseconds since 1970. */
  readonly wallMs: number
}

/** What the desk has to know of the runs before it. */
export interface Recovered {
  readonly orders: readonly RecoveredOrder[]
  readonly usedReferences: readonly DealReference[]
  readonly deals: readonly { readonly dealId: DealId; readonly origin: Origin }[]
  /** In the order in which they were written. */
  readonly facts: readonly GuardFact[]
  /** Of a day that may be over. */
  readonly openingEquity: Decimal | null
  readonly day: string | null
  /** The records of the day, of which its book and its latencies are made again; none unless told. */
  readonly entries?: readonly JournalEntry[]
}

/** An order that was announced, and whose end was not. */
export interface RecoveredOrder {
  readonly id: OrderId
  readonly purpose: OrderPurpose
  readonly reference: DealReference | null
  readonly sentWallMs: number
  /** `open`: it is asked for. `unresolved`: it was given up already. `accepted`: and the trader looked at it. */
  readonly question: 'open' | 'unresolved' | 'accepted'
}

export function initialState(setup: DeskSetup): DeskState {
  const { recovered, start = NO_START } = setup
  const contracts = new Map(setup.contracts.map(contract => [contract.market.epic, contract]))
  const begun = rememberAll([...(recovered?.facts ?? []), ...startFacts(setup)])
  const isSameDay = recovered !== undefined && recovered.day !== null && recovered.day === begun.day?.name
  const memory = isSameDay ? openedWith(begun, recovered.openingEquity, start) : begun
  return {
    contracts,
    mode: setup.mode ?? 'hedge',
    isArmed: setup.isArmed ?? true,
    accountCurrency: setup.accountCurrency,
    zone: setup.zone ?? UTC,
    quotes: new Quotes(),
    stream: { kind: 'connecting' },
    liveSinceMs: start.atMs,
    heartbeat: null,
    brokerMs: null,
    timeLeap: null,
    outage: null,
    tradeFeed: 'awaited',
    pricesSinceMs: Number.NEGATIVE_INFINITY,
    wallOffsetMs: start.wallMs - start.atMs,
    orders: new Map(recovered?.orders.map(order => [order.id, openQuestion(order, start.atMs)])),
    usedReferences: new Set(recovered?.usedReferences),
    ownDeals: new Map(recovered?.deals.map(({ dealId, origin }) => [dealId, origin])),
    holdings: new Map(),
    resting: new Map(),
    areOrdersListed: false,
    closedDeals: new Map(),
    unlisted: unlistedAtStart(recovered, start),
    book: {
      changes: 0,
      asks: 0,
      reading: null,
      nextReadAtMs: Number.NEGATIVE_INFINITY,
      askedAtMs: [],
      failures: 0,
      agreedAt: null,
      missedAtMs: Number.NEGATIVE_INFINITY,
    },
    history: { asks: 0, isAsking: false, askedAtMs: Number.NEGATIVE_INFINITY, vain: 0 },
    flattens: [],
    callers: new Map(),
    reversals: [],
    legChanges: [],
    earlyConfirms: [],
    account: null,
    openingEquity: isSameDay ? recovered.openingEquity : null,
    openedDay: isSameDay ? recovered.day : null,
    ...dayBefore(setup, contracts),
    booked: setup.asksBooked ? NOTHING_BOOKED : null,
    memory,
    unwritten: null,
    watch: NOTHING_WATCHED,
    watchSettings: setup.watch ?? DEFAULT_WATCH,
    watchDueMs: null,
    outcome: { tone: 'info', text: sentence(STARTING, 'en'), message: STARTING },
    news: [],
  }
}

const NO_START: Start = { atMs: 0, wallMs: 0 }
const STARTING = message('starting')

/** The day's book and latencies, as the runs before left them. A new day begins by itself once the broker's time tells. */
function dayBefore(
  { recovered, accountCurrency, start = NO_START }: DeskSetup,
  contracts: DeskState['contracts'],
): Pick<DeskState, 'day' | 'latency'> {
  return dayFromJournal(dayOf({ contracts, accountCurrency }), recovered?.entries ?? [], {
    termsOf: epic => {
      const market = contracts.get(epic)?.market
      if (!market) return null
      const { currency, contractSize, pointsPerUnit, decimals } = market
      return { currency, contractSize, pointsPerUnit, decimals }
    },
    atMsOf: wallMs => wallMs - start.wallMs + start.atMs,
  })
}

/** The day did not begin with this run: its change of equity is measured from where it did. */
function openedWith(memory: DayMemory, equity: Decimal | null, { atMs }: Start): DayMemory {
  return equity ? remember(memory, { kind: 'equity', money: equity, atMs, brokerMs: null }) : memory
}

/** What the guard learns as a run begins. The driver writes it down before anything else. */
export function startFacts({ start = NO_START, limits, zone }: DeskSetup): readonly GuardFact[] {
  const stamp = { atMs: start.atMs, brokerMs: null }
  return [
    { ...stamp, kind: 'started', wallMs: start.wallMs, zone: zone ?? UTC },
    { ...stamp, kind: 'limits', limits: { ...NO_LIMITS, ...limits } },
  ]
}

const UTC: AccountZone = { offsetHours: 0 }

/** Settled by the same code as an order whose answer was lost now. */
function openQuestion({ question, ...order }: RecoveredOrder, atMs: number): TrackedOrder {
  const cause = 'the program ended before its outcome was known'
  return {
    ...order,
    stage:
      question === 'open'
        ? { kind: 'checking', cause, sinceMs: atMs, polls: { asked: 0, nextAtMs: atMs }, isOfEarlierRun: true }
        : { kind: 'unresolved', cause, sinceMs: atMs, isAccepted: question === 'accepted' },
    timing: { pressedAtMs: atMs, ...NO_TIMES },
    sentBrokerMs: null,
  }
}
