import {
  type AccountFigures,
  type Confirm,
  createQuote,
  Decimal,
  type Direction,
  dealId,
  dealReference,
  type Epic,
  type Market,
} from '@scalpdesk/sdk'
import { ACCOUNT } from './book/scope.ts'
import { process } from './desk.ts'
import { type DeskSetup, initialState } from './desk-setup.ts'
import type { DeskState } from './desk-state.ts'
import { type GuardLimits, type MarketLimits, NO_LIMITS } from './guard/limits.ts'
import { WEEKDAYS } from './guard/trading-hours.ts'
import type { JournalRecord } from './journal/record.ts'

/**
 * Plays entries and exits to the desk on a state that is thrown away, so that the first key of the day runs on compiled
 * code instead of waiting for it. Nothing leaves: the effects are dropped.
 * @param write what is done with a record, as far as it can be done without writing
 */
export function rehearse(
  setup: DeskSetup,
  rounds: number,
  write: (record: JournalRecord) => void = JSON.stringify,
): void {
  const [contract] = setup.contracts
  if (!contract) return
  const { epic } = contract.market
  const ready = readyState(setup, contract.market)
  const reference = dealReference('REHEARSAL')
  for (let round = 0; round < rounds; round++) {
    const moment = { pressedAtMs: 1, atMs: 1, wallMs: 1, reference }
    const direction = round % 2 === 0 ? 'BUY' : 'SELL'
    const entered = process(ready, { kind: 'intent', intent: { kind: 'enter', epic, direction }, ...moment })
    process(entered.state, { kind: 'on-wire', id: reference, atMs: 1 })
    const submission = { kind: 'acknowledged', reference, acknowledgedAtMs: 1 } as const
    const taken = process(entered.state, { kind: 'submitted', id: reference, submission, atMs: 1 })
    const trade = { kind: 'confirm', confirm: filled(epic, direction), channel: null, repeatDealing: [] } as const
    const held = process(taken.state, { kind: 'trade', trade, atMs: 1 })
    const closing = process(held.state, { kind: 'intent', intent: { kind: 'flatten', scope: ACCOUNT }, ...moment })
    for (const effect of [...entered.effects, ...closing.effects]) if (effect.kind === 'journal') write(effect.record)
  }
}

function filled(epic: Epic, direction: Direction): Confirm {
  const [dealt, reference] = [dealId('REHEARSED'), dealReference('REHEARSAL')]
  const level = new Decimal(1)
  const told = { expiry: '-', level, size: level, stopLevel: level, limitLevel: null, stopDistancePoints: null }
  const legs = { limitDistancePoints: null, isGuaranteed: false, isTrailing: false }
  const result = { profit: null, profitCurrency: null, affected: [] }
  const outcome = { kind: 'accepted', status: 'open', ...told, ...legs, ...result } as const
  return { reference, dealId: dealt, epic, direction, dateMs: null, outcome }
}

/** A desk that could trade: the broker has answered, and a price is live. */
function readyState(setup: DeskSetup, { epic, decimals }: Market): DeskState {
  const quote = createQuote({
    epic,
    decimals,
    bidUnits: 100_000,
    offerUnits: 100_001,
    state: 'tradeable',
    isDelayed: false,
    brokerTimeMs: 1,
    receivedAtMs: 1,
    isSnapshot: false,
  })
  const { recovered: _, ...fresh } = setup
  const start = initialState({ ...fresh, isArmed: true, limits: passable({ ...NO_LIMITS, ...setup.limits }) })
  const told = process(start, { kind: 'account', figures: FIGURES, atMs: 0 }).state
  const live = process(told, { kind: 'stream', status: { kind: 'live', continuity: 'new' }, atMs: 0 }).state
  const trade = { kind: 'feed', state: 'listening' } as const
  const heard = process(live, { kind: 'trade', trade, atMs: 0 }).state
  const asked = process(heard, { kind: 'quote', quote }).state
  const book = { positions: [], workingOrders: [] }
  return process(asked, { kind: 'book-read', ask: asked.book.asks, book, atMs: 0 }).state
}

const PLENTY = new Decimal('1e12')
const FIGURES: AccountFigures = {
  profitLoss: null,
  profitLossLimitedRisk: null,
  profitLossNormalRisk: null,
  funds: null,
  equity: PLENTY,
  equityUsedPercent: null,
  deposit: null,
  available: PLENTY,
  availableCash: null,
  margin: null,
  marginLimitedRisk: null,
  marginNormalRisk: null,
  receivedAtMs: 0,
}

/** Each limit that is set stays set, so that its check has its work, and none refuses: what comes after it is to be played, too. */
function passable(limits: GuardLimits): GuardLimits {
  const { everyMarket, markets, maxOpenPositions, maxEntriesPerMinute, maxDayLoss, tradingHours } = limits
  return {
    ...limits,
    allowedMarkets: null,
    everyMarket: passableMarket(everyMarket),
    markets: new Map([...markets].map(([epic, own]) => [epic, passableMarket(own)])),
    maxOpenPositions: maxOpenPositions && Number.MAX_SAFE_INTEGER,
    maxEntriesPerMinute: maxEntriesPerMinute && Number.MAX_SAFE_INTEGER,
    maxDayLoss: maxDayLoss && PLENTY,
    tradingHours: tradingHours.map(() => [{ days: WEEKDAYS, from: '00:00', until: '24:00' }]),
    // A market that does not tell its margin lets nothing through.
    minMarginLeft: null,
  }
}

function passableMarket<Limits extends Partial<MarketLimits>>(limits: Limits): Limits {
  const set = Object.entries(limits).map(([name, most]) => [name, most && PLENTY])
  return { ...limits, ...Object.fromEntries(set) }
}
