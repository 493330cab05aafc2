import { manualClock } from '@scalpdesk/testkit'
import { Decimal } from 'decimal.js'
import type { EngineEvent, KnownReason, MarketState, OpenOrder, PlaceOrder } from '../engine/index.ts'
import { brokerState } from '../server/broker-state.ts'
import { dealQueue } from '../server/deal-queue.ts'
import { dealReferences } from '../server/deal-references.ts'
import { readOpen } from '../server/rest/position-request.ts'
import { OPEN } from './rest-client.ts'
import { DAX, EURUSD, level, points, type ScriptOptions, type TradingScript, tradingScript } from './trading-script.ts'

/** What makes the broker give a reason, or why nothing can but a test that asks for it. */
export type ReasonCase =
  | { readonly by: 'play'; readonly play: () => readonly EngineEvent[] }
  | { readonly by: 'nothing'; readonly because: string }

const size = (text: string) => ({ size: new Decimal(text) })
const normal = (points_: string): OpenOrder['stop'] => ({ ...points(points_), kind: 'normal' })
const guaranteed = (points_: string): OpenOrder['stop'] => ({ ...points(points_), kind: 'guaranteed' })
const trailing = (step: string): OpenOrder['stop'] => ({
  kind: 'trailing',
  ...points('10'),
  stepPoints: new Decimal(step),
})

function quoted(options: ScriptOptions = {}): TradingScript {
  const script = tradingScript(options)
  script.quote(108_417, 108_423)
  script.quote(185_000, 185_012, DAX)
  return script
}

const open = (changes: Partial<OpenOrder>, options?: ScriptOptions): ReasonCase => ({
  by: 'play',
  play: () => quoted(options).open(changes),
})
const play = (steps: (script: TradingScript) => readonly EngineEvent[], options?: ScriptOptions): ReasonCase => ({
  by: 'play',
  play: () => steps(quoted(options)),
})
const nothing = (because: string): ReasonCase => ({ by: 'nothing', because })

/** An open on another market than EUR/USD, which first needs a quote. */
const openOn = (epic: string, changes: Partial<OpenOrder>, options?: ScriptOptions): ReasonCase =>
  play(script => {
    script.quote(10_000, 10_010, epic)
    return script.open({ epic, ...changes })
  }, options)

const openWhile = (state: MarketState): ReasonCase =>
  play(script => {
    script.engine.process({ kind: 'market-state', atMs: 0, epic: EURUSD, state })
    return script.open()
  })

const amendWhile = (state: MarketState, stop: string | null, limit: string | null): ReasonCase =>
  play(script => {
    script.open({ stop: { ...level('1.08300'), kind: 'normal' }, limit: level('1.08700') })
    script.engine.process({ kind: 'market-state', atMs: 0, epic: EURUSD, state })
    return script.amend(dealOf(script), stop, limit)
  })

const placed = (changes: Partial<PlaceOrder>): ReasonCase => play(script => script.place(changes))

/** Requests as the server reads and queues them. @returns what came of the last. */
const sent = (...bodies: readonly object[]): ReasonCase =>
  play(script => {
    const state = brokerState(script.engine)
    let last: readonly EngineEvent[] = []
    state.onEvents(events => {
      last = events
    })
    const clock = manualClock()
    const references = dealReferences(clock)
    const queue = dealQueue({ state, references, clock, confirmMs: 0, timeOf: () => Date.UTC(2024, 5, 14, 13) })
    for (const body of bodies) {
      const { order, refusal } = readOpen(body, { account: 'CASH1', version: 2, makeReference: () => 'made' })
      queue.accept(order, refusal)
    }
    return last
  })

const dealOf = (script: TradingScript): string => script.engine.positions()[0]?.dealId ?? ''
const BETTING: ScriptOptions = { type: 'SPREADBET', currency: 'GBP' }
const FTSE_BET = 'IX.D.FTSE.DAILY.IP'
const SPRINT = 'sprint markets are gone from the API'
const PEOPLE = 'it takes a person at the broker'

/** One case for each reason of IG's reference. */
export const reasonCases: Readonly<Record<KnownReason, ReasonCase>> = {
  SUCCESS: open({}),
  UNKNOWN: nothing('it is what IG says when it cannot say more'),
  ACCOUNT_NOT_ENABLED_TO_TRADING: open({}, { dealing: 'suspended' }),
  ATTACHED_ORDER_LEVEL_ERROR: open({ stop: normal('1') }),
  ATTACHED_ORDER_TRAILING_STOP_ERROR: open({ stop: trailing('0.1') }),
  CANNOT_CHANGE_STOP_TYPE: play(script => {
    script.open({ stop: guaranteed('10') })
    return script.amend(dealOf(script), '1.08200', null)
  }),
  CANNOT_REMOVE_STOP: play(
    script => {
      script.open({ stop: guaranteed('10') })
      return script.amend(dealOf(script), null, null)
    },
    { isLimitedRisk: true },
  ),
  CLOSING_ONLY_TRADES_ACCEPTED_ON_THIS_MARKET: openWhile('CLOSINGS_ONLY'),
  CLOSINGS_ONLY_ACCOUNT: open({}, { dealing: 'closings-only' }),
  CONFLICTING_ORDER: sent({ ...OPEN, dealReference: 'again' }, { ...OPEN, dealReference: 'again', size: 2 }),
  CONTACT_SUPPORT_INSTRUMENT_ERROR: open({ currency: 'XYZ' }),
  CR_SPACING: openOn('IX.D.FTSE.CFD.IP', { currency: 'GBP', stop: { ...level('950.5'), kind: 'guaranteed' } }),
  DUPLICATE_ORDER_ERROR: sent({ ...OPEN, dealReference: 'again' }, { ...OPEN, dealReference: 'again' }),
  EXCHANGE_MANUAL_OVERRIDE: nothing(PEOPLE),
  EXPIRY_LESS_THAN_SPRINT_MARKET_MIN_EXPIRY: nothing(SPRINT),
  FINANCE_REPEAT_DEALING: play(
    script => {
      script.open(size('300'))
      return script.open(size('201'))
    },
    { cash: '9000000' },
  ),
  FORCE_OPEN_ON_SAME_MARKET_DIFFERENT_CURRENCY: play(script => {
    script.quote(82_000, 82_010, FTSE_BET)
    script.open({ epic: FTSE_BET, expiry: 'DFB', currency: 'GBP' })
    return script.open({ epic: FTSE_BET, expiry: 'DFB', currency: 'EUR' })
  }, BETTING),
  GENERAL_ERROR: nothing('it is what IG says when it cannot say more'),
  GOOD_TILL_DATE_IN_THE_PAST: placed({ goodTillMs: Date.UTC(2020, 0) }),
  INSTRUMENT_NOT_FOUND: open({ epic: 'CS.D.NOSUCH.CFD.IP' }),
  INSTRUMENT_NOT_TRADEABLE_IN_THIS_CURRENCY: open({ currency: 'GBP' }),
  INSUFFICIENT_FUNDS: open(size('30')),
  LEVEL_TOLERANCE_ERROR: open({}, { conditions: { seed: 1, requoteChance: 1 } }),
  LIMIT_ORDER_WRONG_SIDE_OF_MARKET: open({ price: { type: 'LIMIT', level: new Decimal('1.084') } }),
  MANUAL_ORDER_TIMEOUT: nothing(PEOPLE),
  MARGIN_ERROR: play(
    script => {
      script.open()
      script.quote(108_000, 108_006)
      return script.open()
    },
    { cash: '3500' },
  ),
  MARKET_CLOSED: openWhile('CLOSED'),
  MARKET_CLOSED_WITH_EDITS: openWhile('EDITS_ONLY'),
  MARKET_CLOSING: openOn('CC.D.NG.USS.IP', { expiry: 'JAN-27' }),
  MARKET_NOT_BORROWABLE: openOn('UC.D.GME.CASH.IP', { direction: 'SELL' }),
  MARKET_OFFLINE: openWhile('OFFLINE'),
  MARKET_ORDERS_NOT_ALLOWED_ON_INSTRUMENT: openOn('IX.D.SUNDOW.IGI.IP', {}),
  MARKET_PHONE_ONLY: openOn('IR.D.10YEAR100.Month1.IP', { expiry: 'DEC-26' }),
  MARKET_ROLLED: openOn('CO.D.W.Month1.IP', { expiry: 'MAR-24' }),
  MARKET_UNAVAILABLE_TO_CLIENT: openOn('CC.D.VIX.USS.IP', {}),
  MAX_AUTO_SIZE_EXCEEDED: open(size('500.01')),
  MINIMUM_ORDER_SIZE_ERROR: open(size('0.05')),
  MOVE_AWAY_ONLY_LIMIT: amendWhile('EDITS_ONLY', '1.08300', '1.08650'),
  MOVE_AWAY_ONLY_STOP: amendWhile('EDITS_ONLY', '1.08350', '1.08700'),
  MOVE_AWAY_ONLY_TRIGGER_LEVEL: play(script => {
    script.place()
    script.engine.process({ kind: 'market-state', atMs: 0, epic: EURUSD, state: 'EDITS_ONLY' })
    return script.amendOrder(script.engine.workingOrders()[0]?.dealId ?? '', { level: new Decimal('1.08350') })
  }),
  NCR_POSITIONS_ON_CR_ACCOUNT: open({ stop: normal('10') }, { isLimitedRisk: true }),
  OPPOSING_DIRECTION_ORDERS_NOT_ALLOWED: play(script => {
    script.open({ stop: guaranteed('10') })
    return script.open({ direction: 'SELL', stop: guaranteed('10') })
  }),
  OPPOSING_POSITIONS_NOT_ALLOWED: play(
    script => {
      script.open()
      return script.open({ direction: 'SELL' })
    },
    { allowsHedging: false },
  ),
  ORDER_DECLINED: sent({ ...OPEN, orderType: 'QUOTE', quoteId: 'Q1', level: 1.08423 }),
  ORDER_LOCKED: amendWhile('DEAL_NO_EDIT', null, null),
  ORDER_NOT_FOUND: play(script => script.cancel('DIAAAANOSUCHDEA')),
  ORDER_SIZE_CANNOT_BE_FILLED: open(
    { ...size('101'), price: { type: 'LIMIT', level: new Decimal('1.08423') } },
    { cash: '9000000' },
  ),
  OVER_NORMAL_MARKET_SIZE: open({ ...size('201'), stop: guaranteed('10') }, { cash: '9000000' }),
  PARTIALY_CLOSED_POSITION_NOT_DELETED: nothing('the API has no operation that deletes a position'),
  POSITION_ALREADY_EXISTS_IN_OPPOSITE_DIRECTION: play(script => {
    script.quote(82_000, 82_010, FTSE_BET)
    script.open({ epic: FTSE_BET, expiry: 'DFB', currency: 'GBP' })
    return script.open({ epic: FTSE_BET, expiry: 'DFB', currency: 'EUR', direction: 'SELL', mode: 'net' })
  }, BETTING),
  POSITION_NOT_AVAILABLE_TO_CANCEL: nothing('the API has no operation that cancels a position'),
  POSITION_NOT_AVAILABLE_TO_CLOSE: play(script => {
    script.open()
    return script.close(dealOf(script), size('2'))
  }),
  POSITION_NOT_FOUND: play(script => script.close('DIAAAANOSUCHDEA')),
  REJECT_CFD_ORDER_ON_SPREADBET_ACCOUNT: open({}, BETTING),
  REJECT_SPREADBET_ORDER_ON_CFD_ACCOUNT: open({ expiry: 'DFB' }),
  SIZE_INCREMENT: open(size('1.005')),
  SPRINT_MARKET_EXPIRY_AFTER_MARKET_CLOSE: nothing(SPRINT),
  STOP_OR_LIMIT_NOT_ALLOWED: openOn('KA.D.VOD.CASH.IP', { currency: 'GBP', limit: points('20') }),
  STOP_REQUIRED_ERROR: open({}, { isLimitedRisk: true }),
  STRIKE_LEVEL_TOLERANCE: nothing(SPRINT),
  TRAILING_STOP_NOT_ALLOWED: openOn('UC.D.GME.CASH.IP', { stop: trailing('10') }),
  WRONG_SIDE_OF_MARKET: play(script => {
    script.open()
    return script.close(dealOf(script), { direction: 'BUY' })
  }),
}
