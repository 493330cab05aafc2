import { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centsAt, exactCents, markScale, type Position, profitCents } from './mark-scale.ts'

const Wide = Decimal.clone({ precision: 120, rounding: Decimal.ROUND_HALF_UP })

function aPosition(change: Partial<Position> = {}): Position {
  const level = new Decimal('1.08418')
  return { direction: 'BUY', size: new Decimal('2.5'), level, contractSize: new Decimal(10_000), ...change }
}

/** By nothing of ours. */
function brute(
  { direction, size, level, contractSize }: Position,
  units: number,
  decimals: number,
  rate = '1',
): string {
  const moved = new Wide(units).div(new Wide(10).pow(decimals)).minus(level)
  const money = moved
    .times(size)
    .times(contractSize)
    .times(direction === 'BUY' ? 1 : -1)
  return money.div(rate).times(100).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toFixed().replace(/^-0$/, '0')
}

describe('profitCents', () => {
  it('is the result in cents of the closing price', () => {
    expect(profitCents(markScale(aPosition(), 5)!, 108_502)).toBe(2_100)
    expect(profitCents(markScale(aPosition({ direction: 'SELL' }), 5)!, 108_502)).toBe(-2_100)
  })

  it('rounds half a cent away from zero, on both sides, and gives no minus zero', () => {
    const scale = markScale(aPosition({ size: new Decimal('0.05') }), 5)!
    expect([1, -1, 3, -3].map(moved => profitCents(scale, 108_418 + moved))).toEqual([1, -1, 2, -2])
    const small = markScale(aPosition({ size: new Decimal('0.04'), direction: 'SELL' }), 5)!
    expect([1, 0, -1].map(moved => Object.is(profitCents(small, 108_418 + moved), 0))).toEqual([true, true, true])
  })

  it('takes a level that has more decimals than the price', () => {
    const position = aPosition({ level: new Decimal('1.0841853'), size: new Decimal(1) })
    expect(profitCents(markScale(position, 5)!, 108_502)).toBe(835)
  })

  it('says NaN beyond its reach instead of a figure that might be wrong, and is exact up to it', () => {
    const position = aPosition({ size: new Decimal('123456.789'), contractSize: new Decimal(100_000) })
    const scale = markScale(position, 5, new Decimal('1.08437'))!
    const furthest = scale.levelUnits + scale.reach
    expect(profitCents(scale, furthest + 1)).toBeNaN()
    expect(profitCents(scale, scale.levelUnits - scale.reach - 1)).toBeNaN()
    expect(String(profitCents(scale, furthest))).toBe(brute(position, furthest, 5, '1.08437'))
    expect(
      String(
        centsAt(position, scale, { bidUnits: furthest + 1, offerUnits: null, decimals: 5 }, new Decimal('1.08437')),
      ),
    ).toBe(brute(position, furthest + 1, 5, '1.08437'))
  })

  it('makes no scale of figures that do not fit whole numbers', () => {
    expect(markScale(aPosition({ level: new Decimal('1.0841700000000003') }), 5)).toBeNull()
    expect(markScale(aPosition({ size: new Decimal('9007199254740993') }), 5)).toBeNull()
    expect(markScale(aPosition({ size: new Decimal(0) }), 5)).toBeNull()
    expect(markScale(aPosition(), 5, new Decimal(0))).toBeNull()
    expect(markScale(aPosition(), 300)).toBeNull()
  })
})

const decimal = (most: number, decimals: number) =>
  fc
    .tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 0, max: decimals }))
    .map(([units, scale]) => new Decimal(`${units}e-${scale}`))

const position = fc.record({
  direction: fc.constantFrom('BUY' as const, 'SELL' as const),
  size: decimal(1e7, 4),
  level: decimal(1e8, 7),
  contractSize: fc.constantFrom('0.1', '1', '10', '25', '5000', '100000').map(text => new Decimal(text)),
})

it('equals exact arithmetic to the cent for any position, price and rate, by whole numbers or without', () => {
  const rate = fc.oneof(fc.constant(new Decimal(1)), decimal(2_000_000, 5))
  const units = fc.integer({ min: -1e8, max: 1e8 })
  let byScale = 0
  fc.assert(
    fc.property(position, units, fc.integer({ min: 0, max: 7 }), rate, (held, price, decimals, perUnit) => {
      const scale = markScale(held, decimals, perUnit)
      const expected = brute(held, price, decimals, perUnit.toFixed())
      const cents = scale ? profitCents(scale, price) : Number.NaN
      if (!Number.isNaN(cents)) {
        byScale++
        expect(String(cents)).toBe(expected)
      }
      const quote = { bidUnits: price, offerUnits: price, decimals }
      expect(centsAt(held, scale, quote, perUnit)?.toFixed(0)).toBe(expected)
      expect(exactCents(held, price, decimals, perUnit).toFixed()).toBe(expected)
    }),
    { numRuns: 2_000 },
  )
  expect(byScale).toBeGreaterThan(500)
})

it('divides exactly at every edge of a cent, up to its reach', () => {
  // The quotient just below, at and just above each half: where a rounded division could go the wrong way.
  fc.assert(
    fc.property(position, decimal(2_000_000, 5), fc.nat({ max: 2 ** 40 }), (held, perUnit, seed) => {
      const scale = markScale(held, 5, perUnit)
      fc.pre(scale !== null && scale.lift === 1)
      const cents = BigInt(seed) % ((BigInt(scale.reach) * BigInt(Math.abs(scale.factor))) / BigInt(scale.divisor) + 1n)
      const edge = ((2n * cents + 1n) * BigInt(scale.divisor)) / (2n * BigInt(Math.abs(scale.factor)))
      for (const off of [-1n, 0n, 1n, 2n]) {
        for (const sign of [1n, -1n]) {
          const units = Number(BigInt(scale.levelUnits) + sign * (edge + off))
          const got = profitCents(scale, units)
          if (!Number.isNaN(got)) expect(String(got)).toBe(brute(held, units, 5, perUnit.toFixed()))
        }
      }
    }),
    { numRuns: 1_000 },
  )
})

it('marks a long at the bid and a short at the offer, and nothing where there is no price', () => {
  const price = { bidUnits: 108_502, offerUnits: 108_510, decimals: 5 }
  const short = aPosition({ direction: 'SELL' })
  expect(centsAt(aPosition(), markScale(aPosition(), 5), price)).toBe(2_100)
  expect(centsAt(short, markScale(short, 5), price)).toBe(-2_300)
  expect(centsAt(short, markScale(short, 5), { ...price, offerUnits: null })).toBeNull()
})

it('takes prices of fewer or more decimals than it was made for', () => {
  const scale = markScale(aPosition(), 5)
  expect(centsAt(aPosition(), scale, { bidUnits: 10_850, offerUnits: null, decimals: 4 })).toBe(2_050)
  expect(centsAt(aPosition(), scale, { bidUnits: 1_085_025, offerUnits: null, decimals: 6 })?.toFixed()).toBe('2113')
})
