import { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { profitOf } from './profit.ts'
import { aHolding, aQuote } from './testing/desk-fixtures.ts'

const Wide = Decimal.clone({ precision: 80 })

function moneyOf(...given: Parameters<typeof profitOf>) {
  const profit = profitOf(...given)
  return profit && `${profit.money.toFixed()} ${profit.currency}, ${profit.points?.toFixed() ?? 'unknown'} points`
}

it('marks a long at the bid', () => {
  expect(moneyOf(aHolding({ level: new Decimal('1.08418') }), aQuote({ bid: '1.08502', offer: '1.08510' }))).toBe(
    '8.4 USD, 8.4 points',
  )
})

it('marks a short at the offer', () => {
  const short = aHolding({ direction: 'SELL', level: new Decimal('1.08410') })
  expect(moneyOf(short, aQuote({ bid: '1.08502', offer: '1.08510' }))).toBe('-10 USD, -10 points')
  expect(moneyOf(short, aQuote({ bid: '1.08302', offer: '1.08310' }))).toBe('10 USD, 10 points')
})

it('has no price, so no profit, when the side that closes has none', () => {
  expect(profitOf(aHolding(), aQuote({ bid: null }))).toBeNull()
  expect(profitOf(aHolding({ direction: 'SELL' }), aQuote({ offer: null }))).toBeNull()
  expect(profitOf(aHolding(), undefined)).toBeNull()
})

it('marks a level that comes with the noise of a float, to the last digit, and never throws', () => {
  const noisy = new Decimal('1.0841700000000003')
  expect(moneyOf(aHolding({ level: noisy }), aQuote({ bid: '1.08502' }))).toBe(
    '8.499999999997 USD, 8.499999999997 points',
  )
  expect(moneyOf(aHolding({ level: noisy, direction: 'SELL' }), aQuote({ offer: '1.08502' }))).toBe(
    '-8.499999999997 USD, -8.499999999997 points',
  )
  const endless = aHolding({ level: new Decimal(`1.${'3'.repeat(40)}`), size: new Decimal('9007199254740993') })
  expect(profitOf(endless, aQuote({ bid: '2' }))?.money.toFixed()).toBe(
    new Wide(2).minus(endless.level!).times(endless.size).times(10_000).toFixed(),
  )
})

it('has no profit without a level or a currency, and no points where the broker gives no scale', () => {
  expect(profitOf(aHolding({ level: null }), aQuote())).toBeNull()
  expect(profitOf(aHolding({ currency: null }), aQuote())).toBeNull()
  const bare = aHolding({ level: new Decimal('1.08418'), pointsPerUnit: null })
  expect(moneyOf(bare, aQuote({ bid: '1.08502' }))).toBe('8.4 USD, unknown points')
  const noisy = aHolding({ level: new Decimal('1.0841700000000003'), pointsPerUnit: null })
  expect(moneyOf(noisy, aQuote({ bid: '1.08502' }))).toBe('8.499999999997 USD, unknown points')
})

it('is exact where a price comes with more decimals than the level', () => {
  const quote = aQuote({ bid: '1.0841853', offer: '1.0841861', decimals: 7 })
  expect(moneyOf(aHolding({ level: new Decimal('1.08418') }), quote)).toBe('0.053 USD, 0.053 points')
})

it('is exact where the level has more decimals than the price', () => {
  const quote = aQuote({ bid: '18500.5', offer: '18501', decimals: 1 })
  const index = { level: new Decimal('18500.123'), contractSize: new Decimal(25), pointsPerUnit: 1 }
  expect(moneyOf(aHolding(index), quote)).toBe('9.425 USD, 0.377 points')
})

it('keeps the tenths of a cent that a double would lose', () => {
  const level = new Decimal('0.3')
  const quote = aQuote({ bid: '0.1', offer: '0.2', decimals: 1 })
  expect(moneyOf(aHolding({ level, contractSize: new Decimal(1), pointsPerUnit: 1 }), quote)).toBe(
    '-0.2 USD, -0.2 points',
  )
})

it('is a plain zero, never minus zero, at the level it was opened at', () => {
  for (const direction of ['BUY', 'SELL'] as const) {
    const profit = profitOf(
      aHolding({ direction, level: new Decimal('1.08418') }),
      aQuote({ bid: '1.08418', offer: '1.08418' }),
    )
    expect([profit?.money.isNegative(), profit?.points?.isNegative()]).toEqual([false, false])
  }
})

it('keeps every digit of a sum that no double holds', () => {
  const huge = aHolding({
    level: new Decimal('1.12345678'),
    size: new Decimal('123456789.012'),
    contractSize: new Decimal(10_000),
  })
  const quote = aQuote({ bid: '987654.32109876', offer: '987654.4', decimals: 8 })
  const exact = new Wide('987654.32109876').minus('1.12345678').times('123456789.012').times(10_000)
  expect(profitOf(huge, quote)?.money.toFixed()).toBe(exact.toFixed())
})

it('equals (close − open) × direction × size × contract size in exact arithmetic', () => {
  const price = fc.tuple(fc.integer({ min: -1e8, max: 1e8 }), fc.integer({ min: 0, max: 6 }))
  const size = fc.tuple(fc.integer({ min: 1, max: 1e8 }), fc.integer({ min: 0, max: 4 }))
  const side = fc.constantFrom('BUY' as const, 'SELL' as const)
  fc.assert(
    fc.property(
      price,
      price,
      size,
      fc.constantFrom('1', '10', '0.1', '10000', '100000'),
      side,
      (close, open, lots, contract, direction) => {
        const level = new Decimal(`${open[0]}e-${open[1]}`)
        const lot = new Decimal(`${lots[0]}e-${lots[1]}`)
        const holding = aHolding({ direction, level, size: lot, contractSize: new Decimal(contract) })
        const text = new Decimal(`${close[0]}e-${close[1]}`).toFixed()
        const quote = aQuote({ bid: text, offer: text, decimals: close[1] })
        const moved = new Wide(text).minus(level.toFixed()).times(direction === 'BUY' ? 1 : -1)
        const profit = profitOf(holding, quote)
        expect(profit?.money.equals(moved.times(lot.toFixed()).times(contract))).toBe(true)
        expect(profit?.points?.equals(moved.times(10_000))).toBe(true)
      },
    ),
  )
})
