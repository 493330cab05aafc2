import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { EURUSD, level, reasonIn, type TradingScript, tradingScript } from '../testing/trading-script.ts'
import type { MarketState } from './market-state.ts'

/**
 * What each state lets through (IG Labs, REST API reference, "Markets": `marketStatus`, and "Deal confirmation": `reason`). The
 * first four rows follow IG's texts; the others are our reading of them.
 */
const answers: Readonly<Record<MarketState, readonly [open: string, place: string, amend: string, close: string]>> = {
  TRADEABLE: ['SUCCESS', 'SUCCESS', 'SUCCESS', 'SUCCESS'],
  EDITS_ONLY: ['MARKET_CLOSED_WITH_EDITS', 'SUCCESS', 'SUCCESS', 'MARKET_CLOSED_WITH_EDITS'],
  CLOSED: ['MARKET_CLOSED', 'MARKET_CLOSED', 'MARKET_CLOSED', 'MARKET_CLOSED'],
  OFFLINE: ['MARKET_OFFLINE', 'MARKET_OFFLINE', 'MARKET_OFFLINE', 'MARKET_OFFLINE'],
  SUSPENDED: ['MARKET_OFFLINE', 'MARKET_OFFLINE', 'MARKET_OFFLINE', 'MARKET_OFFLINE'],
  ON_AUCTION: ['MARKET_CLOSED_WITH_EDITS', 'SUCCESS', 'SUCCESS', 'MARKET_CLOSED_WITH_EDITS'],
  ON_AUCTION_NO_EDITS: ['MARKET_CLOSED', 'MARKET_CLOSED', 'MARKET_CLOSED', 'MARKET_CLOSED'],
  CLOSINGS_ONLY: [
    'CLOSING_ONLY_TRADES_ACCEPTED_ON_THIS_MARKET',
    'CLOSING_ONLY_TRADES_ACCEPTED_ON_THIS_MARKET',
    'SUCCESS',
    'SUCCESS',
  ],
  DEAL_NO_EDIT: ['SUCCESS', 'SUCCESS', 'ORDER_LOCKED', 'SUCCESS'],
}
const states = Object.keys(answers) as MarketState[]

/** A position with a stop, an order that waits, and then the state. */
function inState(state: MarketState): TradingScript {
  const script = tradingScript()
  script.quote(108_417, 108_423)
  script.open({ stop: { ...level('1.08300'), kind: 'normal' } })
  script.place()
  script.engine.process({ kind: 'market-state', atMs: 0, epic: EURUSD, state })
  return script
}

describe.each(states)('a market that is %s', state => {
  const [open, place, amend, close] = answers[state]
  const dealOf = (script: TradingScript) => script.engine.positions()[0]?.dealId ?? ''
  const orderOf = (script: TradingScript) => script.engine.workingOrders()[0]?.dealId ?? ''

  it(`answers an open with ${open}, and an order with ${place}`, () => {
    expect(reasonIn(inState(state).open())).toBe(open)
    expect(reasonIn(inState(state).place({ ...level('1.08200') }))).toBe(place)
  })

  it(`answers a leg that moves away with ${amend}, an order's level and its end likewise`, () => {
    const script = inState(state)
    expect(reasonIn(script.amend(dealOf(script), '1.08200', null))).toBe(amend)
    expect(reasonIn(script.amendOrder(orderOf(script), { level: new Decimal('1.08200') }))).toBe(amend)
    expect(reasonIn(script.cancel(orderOf(script)))).toBe(amend)
  })

  it(`answers a close with ${close}`, () => {
    const script = inState(state)
    expect(reasonIn(script.close(dealOf(script)))).toBe(close)
    expect(script.engine.positions()).toHaveLength(close === 'SUCCESS' ? 0 : 1)
  })

  const isLive = close === 'SUCCESS'
  it(isLive ? 'moves on, and triggers stops' : 'stands still, and triggers nothing', () => {
    const script = inState(state)
    script.quote(108_000, 108_006)
    expect(script.engine.book(EURUSD)?.quote?.bidUnits).toBe(isLive ? 108_000 : 108_417)
    expect(script.engine.positions().filter(({ stopUnits }) => stopUnits === 108_300)).toHaveLength(isLive ? 0 : 1)
  })
})
