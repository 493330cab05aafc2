import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { PLAIN_OPEN } from '../testing/plain-open.ts'
import { EURUSD, fillsIn, reasonIn, tradingScript } from '../testing/trading-script.ts'
import type { MarketState } from './market-state.ts'

const ms = (text: string) => Date.parse(`${text}Z`)

/** 2024-06-14 is a Friday: EUR/USD trades until 22:00 UTC, and again from Sunday 22:00. */
function start(keepsHours = true) {
  const { engine } = tradingScript({ keepsHours })
  return {
    engine,
    quote: (at: string, bidUnits: number, epic = EURUSD) =>
      engine.process({ kind: 'tick', epic, atMs: ms(at), bidUnits, offerUnits: bidUnits + 6 }),
    open: (at: string) =>
      engine.process({
        ...PLAIN_OPEN,
        atMs: ms(at),
        reference: at,
        account: 'CASH1',
      }),
    setState: (at: string, state: MarketState) =>
      engine.process({ kind: 'market-state', epic: EURUSD, atMs: ms(at), state }),
    shown: (epic = EURUSD) => [engine.book(epic)?.state, engine.book(epic)?.quote?.bidUnits],
  }
}

it('takes edits only from its close to its open, and shows its last price meanwhile', () => {
  const market = start()
  market.quote('2024-06-14T21:59:59', 108_417)
  expect(market.shown()).toEqual(['TRADEABLE', 108_417])
  market.quote('2024-06-14T22:00', 108_500)
  expect(market.shown()).toEqual(['EDITS_ONLY', 108_417])
  market.quote('2024-06-16T22:00', 108_600)
  expect(market.shown()).toEqual(['TRADEABLE', 108_600])
  expect(market.engine.statistics()).toMatchObject({ ticks: 2, whileClosed: 1 })
})

it('closes for orders at the minute, without a quote to tell it', () => {
  const market = start()
  market.quote('2024-06-14T21:00', 108_417)
  expect(reasonIn(market.open('2024-06-14T21:59:59'))).toBe('SUCCESS')
  expect(reasonIn(market.open('2024-06-14T22:00'))).toBe('MARKET_CLOSED_WITH_EDITS')
  expect(reasonIn(market.open('2024-06-16T22:00'))).toBe('SUCCESS')
})

it('closes when it is told that time has passed', () => {
  const market = start()
  market.quote('2024-06-14T21:00', 108_417)
  market.engine.process({ kind: 'time', epic: EURUSD, atMs: ms('2024-06-15T00:00') })
  expect(market.shown()[0]).toBe('EDITS_ONLY')
})

it('shows its first price although it is closed', () => {
  const market = start()
  market.quote('2024-06-15T12:00', 108_417)
  expect(market.shown()).toEqual(['TRADEABLE', 108_417])
  expect(reasonIn(market.open('2024-06-15T12:00:01'))).toBe('MARKET_CLOSED_WITH_EDITS')
})

it('deals stops across the weekend at the price that the market opens with', () => {
  const market = start()
  market.quote('2024-06-14T21:00', 108_417)
  market.open('2024-06-14T21:30')
  const [position] = market.engine.positions()
  market.engine.process({
    kind: 'amend',
    atMs: ms('2024-06-14T21:31'),
    reference: 'stop',
    account: 'CASH1',
    dealId: position?.dealId ?? '',
    stop: { kind: 'normal', level: new Decimal('1.08') },
    limitLevel: null,
  })
  expect(market.quote('2024-06-15T12:00', 107_000)).toEqual([])
  expect(fillsIn(market.quote('2024-06-16T22:00', 107_500))).toMatchObject([{ cause: 'stop', levelUnits: 107_500 }])
})

it('follows a tape that starts again', () => {
  const market = start()
  market.quote('2024-06-14T21:00', 108_417)
  market.quote('2024-06-15T12:00', 108_500)
  market.quote('2024-06-13T12:00', 108_300)
  expect(market.shown()).toEqual(['TRADEABLE', 108_300])
})

describe('a state that was set by hand', () => {
  it('stays through the hours', () => {
    const market = start()
    market.quote('2024-06-14T21:00', 108_417)
    market.setState('2024-06-14T21:30', 'SUSPENDED')
    market.quote('2024-06-15T12:00', 108_500)
    market.quote('2024-06-16T22:00', 108_600)
    expect(market.shown()).toEqual(['SUSPENDED', 108_417])
  })
})

it('never closes without being asked to keep its hours, nor crypto at all', () => {
  const market = start(false)
  market.quote('2024-06-15T12:00', 108_417)
  market.quote('2024-06-15T12:01', 108_418)
  expect(market.shown()).toEqual(['TRADEABLE', 108_418])
  const weekend = start()
  weekend.quote('2024-06-15T12:00', 6_180_000, 'CS.D.BITCOIN.CFD.IP')
  weekend.quote('2024-06-15T12:01', 6_180_001, 'CS.D.BITCOIN.CFD.IP')
  expect(weekend.shown('CS.D.BITCOIN.CFD.IP')).toEqual(['TRADEABLE', 6_180_001])
})
