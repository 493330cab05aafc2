import {
  createQuote,
  type DealId,
  type Decimal,
  dealId,
  dealReference,
  type OpenOrder,
  type Quote,
} from '@scalpdesk/sdk'
import { d, EURUSD, someTerms } from '../../presets/testing/preset-fixtures.ts'
import type { Circumstances } from '../approved.ts'
import { type GuardLimits, NO_LIMITS } from '../limits.ts'
import type { DayMemory } from '../memory/day-memory.ts'
import type { FactBody, GuardFact } from '../memory/fact.ts'
import { rememberAll } from '../memory/remember.ts'
import type { EntryAsk, HeldDeal, Known, PendingOrder, Question } from '../question.ts'

/** Builders for tests only: each gives something ordinary, and a test names what matters to it. */

export { d, EURUSD, GOLD, someTerms } from '../../presets/testing/preset-fixtures.ts'

/** Monday, 5 January 2026, noon in London. */
export const NOON = Date.UTC(2026, 0, 5, 12)
/** The monotonic time of that noon. */
export const AT = 50_000

export const fact = (body: FactBody, atMs = AT, brokerMs: number | null = NOON + (atMs - AT)): GuardFact => ({
  ...body,
  atMs,
  brokerMs,
})

export const started = (atMs = AT, wallMs = NOON): GuardFact =>
  fact({ kind: 'started', wallMs, zone: 'Europe/London' }, atMs, null)

export const someLimits = (change: Partial<GuardLimits> = {}): GuardLimits => ({ ...NO_LIMITS, ...change })

/** A running day with limits, and what happened in it. */
export function aDay(limits: Partial<GuardLimits> = {}, ...bodies: readonly FactBody[]): DayMemory {
  return rememberAll([
    started(),
    ...[{ kind: 'limits', limits: someLimits(limits) } as const, ...bodies].map(body => fact(body)),
  ])
}

let results = 0
export const closed = (profit: number | string | null, deal = `DEAL${++results}`, isWhole = true): FactBody => ({
  kind: 'deal-closed',
  id: `${deal}-${++results}`,
  dealId: dealId(deal),
  profit: profit === null ? null : d(profit),
  isWhole,
})

export function aQuote(change: Partial<Parameters<typeof createQuote>[0]> = {}): Quote {
  return createQuote({
    epic: EURUSD,
    decimals: 5,
    bidUnits: 108_410,
    offerUnits: 108_418,
    state: 'tradeable',
    isDelayed: false,
    brokerTimeMs: null,
    receivedAtMs: AT,
    isSnapshot: false,
    session: 1,
    ...change,
  })
}

export function someKnown(change: Partial<Known> = {}): Known {
  return {
    isArmed: true,
    isBookKnown: true,
    isFlattening: false,
    terms: someTerms(),
    quote: aQuote(),
    health: { status: { kind: 'live', continuity: 'new' }, session: 1, heartbeatAtMs: null },
    pricesSinceMs: 0,
    positions: [],
    workingOrders: [],
    pending: [],
    openProfit: null,
    availableMargin: d(1_000_000),
    accountCurrency: 'EUR',
    presetProblems: [],
    ...change,
  }
}

export function anEntry(change: Partial<EntryAsk> = {}): EntryAsk {
  return {
    kind: 'open',
    epic: EURUSD,
    direction: 'BUY',
    deal: { kind: 'market-order', size: d(1), stop: { kind: 'normal', distancePoints: d(10) }, limitPoints: null },
    level: null,
    restsAs: null,
    followsPrice: true,
    pressedAtMs: AT,
    ...change,
  }
}

export const aQuestion = (change: Partial<Question> = {}): Question => ({
  ask: anEntry(),
  known: someKnown(),
  memory: aDay(),
  now: { atMs: AT, brokerMs: NOON },
  ...change,
})

export const someCircumstances = (change: Partial<Circumstances> = {}): Circumstances => ({
  known: someKnown(),
  memory: aDay(),
  now: { atMs: AT, brokerMs: NOON },
  pressedAtMs: AT,
  ...change,
})

export const held = (change: Partial<HeldDeal> = {}): HeldDeal => ({
  dealId: dealId('DIHELD'),
  epic: EURUSD,
  direction: 'BUY',
  size: d(1),
  stopLevel: d('1.083'),
  ...change,
})

export const pendingOrder = (change: Partial<PendingOrder> = {}): PendingOrder => ({
  epic: EURUSD,
  purpose: 'open',
  stage: 'in-flight',
  size: d(1),
  ...change,
})

export function anOpenOrder(size: Decimal = d(1)): OpenOrder {
  const { epic, currency } = someTerms()
  return {
    reference: dealReference('R1'),
    market: { epic, expiry: '-', currency },
    direction: 'BUY',
    size,
    stop: { distancePoints: d(10) },
  }
}

export const byDeal = <T extends { readonly dealId: DealId }>(...deals: readonly T[]): ReadonlyMap<DealId, T> =>
  new Map(deals.map(deal => [deal.dealId, deal]))
