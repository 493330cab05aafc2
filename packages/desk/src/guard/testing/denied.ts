import { message } from '../../words/message.ts'
import type { DenialCode } from '../denial.ts'
import { NOTHING_REMEMBERED, rememberAll } from '../memory/remember.ts'
import { pressOf, type Question } from '../question.ts'
import {
  AT,
  aDay,
  anEntry,
  aQuote,
  closed,
  d,
  EURUSD,
  fact,
  GOLD,
  held,
  pendingOrder,
  someKnown,
  someTerms,
  started,
} from './guard-fixtures.ts'

export type Change = Partial<Question>
export const known = (change: Parameters<typeof someKnown>[0]): Change => ({ known: someKnown(change) })
export const day = (...args: Parameters<typeof aDay>): Change => ({ memory: aDay(...args) })
export const down = { status: { kind: 'connecting' }, session: 1, heartbeatAtMs: null } as const
const pressed = { kind: 'entry-sent', press: pressOf(anEntry()), pressedAtMs: AT - 80 } as const
const sentAgo = (ms: number) => fact({ ...pressed, pressedAtMs: AT - ms }, AT - ms)
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
const big = anEntry({ deal: { kind: 'market-order', size: d('2.5'), stop: null, limitPoints: null } })
const perMarket = { maxOrderSize: null, maxHeldSize: null, maxSpreadPoints: null }

/** What is denied; the words; and the same thing, as near as it can be, that passes. */
export const DENIED: readonly (readonly [DenialCode, string, Change, Change])[] = [
  ['not-armed', 'the desk is disarmed; arm it first', known({ isArmed: false }), known({ isArmed: true })],
  [
    'market-not-allowed',
    'CS.D.EURUSD.MINI.IP is not one of this desk’s markets; add it first',
    known({ terms: null }),
    known({}),
  ],
  [
    'market-not-allowed',
    'EUR/USD Mini (CS.D.EURUSD.MINI.IP) is not among the allowed markets: only CS.D.CFDGOLD.CFM.IP',
    day({ allowedMarkets: [GOLD] }),
    day({ allowedMarkets: [GOLD, EURUSD] }),
  ],
  [
    'day-unknown',
    'the day has not begun for the guard; start the desk from its journal',
    { memory: NOTHING_REMEMBERED },
    day(),
  ],
  [
    'day-locked',
    'the day is locked (lost 100.00 of 100.00 allowed); entries are refused until the broker’s next trading day, exits work',
    day({ maxDayLoss: d(100) }, closed('-100')),
    day({ maxDayLoss: d(100) }, closed('-99.99')),
  ],
  [
    'day-locked',
    'the day is locked (enough for today); entries are refused until the broker’s next trading day, exits work',
    day({}, { kind: 'locked', reason: 'trader', words: 'enough for today', loss: null }),
    day({}),
  ],
  [
    'day-loss-unknown',
    'the day’s loss must stay below 100.00 EUR, but what is open cannot be worked out; wait until it is',
    { ...day({ maxDayLoss: d(100) }), ...known({ positions: [held()] }) },
    { ...day({ maxDayLoss: d(100) }), ...known({ positions: [held()], openProfit: d(-99) }) },
  ],
  [
    'day-loss',
    'lost 100.00 EUR of 100.00 EUR allowed; entries are refused until the broker’s next trading day, exits work',
    { ...day({ maxDayLoss: d(100) }, closed(-60)), ...known({ positions: [held()], openProfit: d(-40) }) },
    { ...day({ maxDayLoss: d(100) }, closed(-60)), ...known({ positions: [held()], openProfit: d('-39.99') }) },
  ],
  [
    'day-loss-unknown',
    'the day’s loss must stay below 100.00 EUR, but the result of a deal is not known; wait until it is',
    day({ maxDayLoss: d(100) }, closed(null)),
    day({ maxDayLoss: d(100) }, { kind: 'equity', money: d(500) }, closed(null)),
  ],
  [
    'cool-down',
    '2 losses in a row: cooling down, 60 s left',
    day({ maxLossStreak: 2, coolDownMs: 60_000 }, closed(-1), closed(-1)),
    {
      ...day({ maxLossStreak: 2, coolDownMs: 60_000 }, closed(-1), closed(-1)),
      ask: anEntry({ followsPrice: true, pressedAtMs: AT + 60_000 }),
      known: someKnown({ quote: aQuote({ receivedAtMs: AT + 60_000 }) }),
      now: { atMs: AT + 60_000, brokerMs: null },
    },
  ],
  [
    'hours',
    'it is mon 12:00, and entries are allowed mon tue wed thu fri 08:00-12:00',
    day({ tradingHours: [[{ days: weekdays, from: '08:00', until: '12:00' }]] }),
    day({ tradingHours: [[{ days: weekdays, from: '08:00', until: '12:01' }]] }),
  ],
  [
    'duplicate',
    'pressed again 80 ms after the same order; within 250 ms only the first is sent',
    day({}, pressed),
    day({}, { ...pressed, pressedAtMs: AT - 250 }),
  ],
  [
    'duplicate',
    'pressed again 80 ms after the same order; within 250 ms only the first is sent',
    day({}, { ...pressed, kind: 'duplicate-refused' }),
    day({ duplicateWindowMs: 0 }, pressed),
  ],
  ['book-unknown', 'the broker has not said yet what is open', known({ isBookKnown: false }), known({})],
  ['flattening', 'everything is being closed; wait for FLAT', known({ isFlattening: true }), known({})],
  [
    'in-flight',
    'the order before this one has no answer yet',
    known({ pending: [pendingOrder()] }),
    known({ pending: [pendingOrder({ epic: GOLD }), pendingOrder({ purpose: 'amend' })] }),
  ],
  [
    'outcome-unknown',
    'the outcome of an earlier order is being checked',
    known({ pending: [pendingOrder({ stage: 'checking', purpose: 'cancel' })] }),
    known({ pending: [pendingOrder({ stage: 'checking', epic: GOLD })] }),
  ],
  [
    'outcome-unknown',
    'an earlier order could not be settled; look at the broker’s platform, then accept it as it is',
    known({ pending: [pendingOrder({ stage: 'checking' }), pendingOrder({ stage: 'unresolved' })] }),
    known({ pending: [pendingOrder({ stage: 'unresolved', epic: GOLD })] }),
  ],
  [
    'stream-down',
    'the stream is not live, so prices are old; wait until it is back',
    known({ health: down }),
    known({}),
  ],
  ['no-price', 'there is no price to deal at', known({ quote: null }), known({})],
  ['no-price', 'there is no price to deal at', known({ quote: aQuote({ offerUnits: null }) }), known({})],
  [
    'stale-price',
    'the price is 10.1 s old, at most 10 s are allowed',
    known({ quote: aQuote({ receivedAtMs: AT - 10_100 }) }),
    known({ quote: aQuote({ receivedAtMs: AT - 10_000 }) }),
  ],
  [
    'stale-price',
    'the price is from before the stream or the clock was interrupted; wait for a new one',
    known({ pricesSinceMs: AT + 1 }),
    known({ pricesSinceMs: AT }),
  ],
  [
    'stale-price',
    'the price is of a stream session that is over; wait for a new one',
    known({ quote: aQuote({ session: 0 }) }),
    known({}),
  ],
  [
    'delayed-price',
    'the price is a delayed one, not the present one',
    known({ quote: aQuote({ isDelayed: true }) }),
    known({}),
  ],
  [
    'market-closed',
    'the market is not open for dealing (closings-only)',
    known({ quote: aQuote({ state: 'closings-only' }) }),
    known({ quote: aQuote({ state: 'deal-no-edit' }) }),
  ],
  [
    'market-closed',
    'the market is not open for orders (closed)',
    { ask: anEntry({ kind: 'place', followsPrice: false }), ...known({ quote: aQuote({ state: 'closed' }) }) },
    { ask: anEntry({ kind: 'place', followsPrice: false }), ...known({ quote: aQuote({ state: 'edits-only' }) }) },
  ],
  [
    'crossed-price',
    'the price is crossed: its offer is below its bid',
    known({ quote: aQuote({ offerUnits: 108_409 }) }),
    known({ quote: aQuote({ offerUnits: 108_410 }) }),
  ],
  [
    'spread',
    'the spread is 0.8 points, at most 0.7 are allowed',
    day({ everyMarket: { ...perMarket, maxSpreadPoints: d('0.7') } }),
    day({ everyMarket: { ...perMarket, maxSpreadPoints: d('0.8') } }),
  ],
  ['preset', 'it cannot be sent', known({ presetProblems: [{ message: message('preset-unusable') }] }), known({})],
  [
    'dealing-rules',
    'expected a size of at least 1.5 for EUR/USD Mini, but got 1; raise it',
    known({ terms: someTerms({ minSize: d('1.5') }) }),
    known({ terms: someTerms({ minSize: d(1) }) }),
  ],
  [
    'order-size',
    'a size of 2.5 is more than the 2 allowed for one order',
    { ask: big, ...day({ everyMarket: { ...perMarket, maxOrderSize: d(2) } }) },
    {
      ask: big,
      ...day({
        everyMarket: { ...perMarket, maxOrderSize: d(2) },
        markets: new Map([[EURUSD, { maxOrderSize: d('2.5') }]]),
      }),
    },
  ],
  [
    'market-size',
    '1.5 open and 1 more are more than the 2 allowed in the market',
    {
      ...day({ everyMarket: { ...perMarket, maxHeldSize: d(2) } }),
      ...known({ positions: [held({ size: d('0.5') })], workingOrders: [{ epic: EURUSD, size: d(1) }] }),
    },
    {
      ...day({ everyMarket: { ...perMarket, maxHeldSize: d(2) } }),
      ...known({ positions: [held(), held({ epic: GOLD, size: d(9) })], workingOrders: [{ epic: GOLD, size: d(1) }] }),
    },
  ],
  [
    'market-size',
    'at most 2 may be open in the market, but the working orders are not known; wait for their list',
    { ...day({ everyMarket: { ...perMarket, maxHeldSize: d(2) } }), ...known({ workingOrders: null }) },
    known({ workingOrders: null }),
  ],
  [
    'positions',
    '1 position, 1 working order, 2 allowed altogether',
    {
      ...day({ maxOpenPositions: 2 }),
      ...known({ positions: [held({ epic: GOLD })], workingOrders: [{ epic: GOLD, size: null }] }),
    },
    { ...day({ maxOpenPositions: 2 }), ...known({ positions: [held({ epic: GOLD })] }) },
  ],
  [
    'positions',
    '0 positions, 2 entries under way, 2 allowed altogether',
    {
      ...day({ maxOpenPositions: 2 }),
      ...known({ pending: [pendingOrder({ epic: GOLD }), pendingOrder({ epic: GOLD })] }),
    },
    {
      ...day({ maxOpenPositions: 2 }),
      ...known({ pending: [pendingOrder({ epic: GOLD }), pendingOrder({ epic: GOLD, purpose: 'close' })] }),
    },
  ],
  [
    'pace',
    '2 entries in the last minute, 2 allowed; the next in 20 s',
    {
      memory: rememberAll([
        started(0),
        fact({ kind: 'limits', limits: aDay({ maxEntriesPerMinute: 2 }).limits.inForce }, 0),
        sentAgo(40_000),
        sentAgo(10_000),
      ]),
    },
    {
      memory: rememberAll([
        started(0),
        fact({ kind: 'limits', limits: aDay({ maxEntriesPerMinute: 2 }).limits.inForce }, 0),
        sentAgo(49_999),
        sentAgo(10_000),
      ]),
      now: { atMs: AT + 10_001, brokerMs: null },
      ask: anEntry({ pressedAtMs: AT + 10_001 }),
      known: someKnown({ quote: aQuote({ receivedAtMs: AT + 10_001 }) }),
    },
  ],
  [
    // 3.33 % of 1.08418 × 10,000 USD, at 1.25 USD for a euro: 288.8256, up to the cent.
    'margin',
    'it needs a margin of 288.83 EUR, 288.82 are available',
    known({ availableMargin: d('288.82') }),
    known({ availableMargin: d('288.83') }),
  ],
  [
    'margin',
    'it needs a margin of 288.83 EUR, 300.00 are available, and 50.00 must stay',
    { ...day({ minMarginLeft: d(50) }), ...known({ availableMargin: d(300) }) },
    { ...day({ minMarginLeft: d(50) }), ...known({ availableMargin: d('338.83') }) },
  ],
  [
    'margin-unknown',
    '50.00 must stay available, but the broker has not told what is available',
    { ...day({ minMarginLeft: d(50) }), ...known({ availableMargin: null }) },
    known({ availableMargin: null }),
  ],
  [
    'margin-unknown',
    '50.00 must stay available, but the margin of this order cannot be worked out',
    { ...day({ minMarginLeft: d(50) }), ...known({ terms: someTerms({ currencyPerBase: null }) }) },
    known({ terms: someTerms({ currencyPerBase: null }) }),
  ],
]
