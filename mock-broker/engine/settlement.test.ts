import { Decimal } from 'decimal.js'
import { expect, it } from 'vitest'
import {
  EURUSD,
  fillsIn,
  level,
  points,
  reasonIn,
  type TradingScript,
  tradingScript,
} from '../testing/trading-script.ts'
import { lastDealingMs } from './contract-expiry.ts'

const COPPER = 'MT.D.HG.MONTH1.IP'
const ON_COPPER = { epic: COPPER, expiry: 'DEC-26' } as const
const END_MS = Date.UTC(2026, 11, 18, 20)

function quoted(): TradingScript {
  const script = tradingScript()
  script.quote(108_417, 108_423)
  script.quote(44_900, 44_931, COPPER)
  return script
}

const settle = (script: TradingScript, levelUnits?: number) =>
  script.engine.process({ kind: 'settlement', atMs: END_MS, epic: COPPER, levelUnits })

it.each([
  ['DEC-26', '2026-12-18T20:00:00.000Z'],
  ['MAR-24', '2024-03-15T20:00:00.000Z'],
  ['02-SEP-24', '2024-09-20T20:00:00.000Z'],
])('the contract %s can be dealt until %s', (expiry, at) => {
  expect(new Date(lastDealingMs(expiry) ?? 0).toISOString()).toBe(at)
})

it.each(['-', 'DFB', 'XXX-26'])('%s has no last day', expiry => {
  expect(lastDealingMs(expiry)).toBeNull()
})

it('closes what is open at the settlement level, long and short, and takes orders off', () => {
  const script = quoted()
  script.open({ ...ON_COPPER, stop: { ...points('50'), kind: 'guaranteed' } })
  script.open({ ...ON_COPPER, direction: 'SELL', size: new Decimal('0.5') })
  script.place({ ...ON_COPPER, ...level('440') })
  script.open()
  const events = settle(script, 45_000)
  expect(fillsIn(events)).toMatchObject([
    { cause: 'settlement', reference: null, levelUnits: 45_000, direction: 'SELL', atMs: END_MS },
    { cause: 'settlement', reference: null, levelUnits: 45_000, direction: 'BUY' },
  ])
  expect(events.filter(({ kind }) => kind === 'working-order')).toMatchObject([{ change: 'DELETED', cause: 'settled' }])
  expect(script.engine.positions()).toMatchObject([{ epic: EURUSD }])
  expect(script.engine.workingOrders()).toEqual([])
  // 0.69 x 100 dollars for the long, -1.00 x 50 for the short; the guaranteed stop was not used and costs nothing.
  const settled = script.engine.history.transactions('CASH1').slice(1)
  expect(settled.map(({ type, amount }) => [type, amount.toString()])).toEqual([
    ['TRADE', '63.89'],
    ['TRADE', '-46.3'],
  ])
  expect(script.engine.history.activities('CASH1').slice(-3)).toMatchObject([
    { channel: 'SYSTEM', actions: [{ type: 'POSITION_CLOSED' }] },
    { channel: 'SYSTEM', actions: [{ type: 'POSITION_CLOSED' }] },
    { channel: 'SYSTEM', actions: [{ type: 'LIMIT_ORDER_DELETED' }] },
  ])
})

it('takes the middle of the last quote when no level is named', () => {
  const script = quoted()
  script.open(ON_COPPER)
  expect(fillsIn(settle(script))).toMatchObject([{ levelUnits: 44_916 }])
})

it('deals no more afterwards, whatever quotes come', () => {
  const script = quoted()
  settle(script)
  script.quote(45_000, 45_031, COPPER)
  expect(script.engine.book(COPPER)).toMatchObject({ state: 'CLOSED', isSettled: true, quote: { bidUnits: 44_900 } })
  expect(reasonIn(script.open(ON_COPPER))).toBe('MARKET_ROLLED')
  expect(reasonIn(script.place({ ...ON_COPPER, ...level('440') }))).toBe('MARKET_ROLLED')
})

it('needs a level where there is no price', () => {
  const script = quoted()
  script.open(ON_COPPER)
  script.engine.process({ kind: 'quote-loss', atMs: 0, epic: COPPER })
  expect(() => settle(script)).toThrow(/expected a level to settle MT\.D\.HG\.MONTH1\.IP at/)
  expect(fillsIn(settle(script, 44_000))).toMatchObject([{ levelUnits: 44_000 }])
})
