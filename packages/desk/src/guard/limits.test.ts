import type { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { limitProblems } from './limit-problems.ts'
import { type GuardLimits, limitsOf, NO_LIMITS } from './limits.ts'
import { limitsText, readLimits } from './limits-text.ts'
import { anyLimits } from './testing/any-limits.ts'
import { d, EURUSD, GOLD, someLimits } from './testing/guard-fixtures.ts'
import { tightest } from './tightest.ts'

const atMost = (one: Decimal | null, other: Decimal | null) => other === null || one?.lte(other) === true
const countAtMost = (one: number | null, other: number | null) => other === null || (one !== null && one <= other)

function isAsTight(one: GuardLimits, other: GuardLimits): boolean {
  return (
    countAtMost(one.maxOpenPositions, other.maxOpenPositions) &&
    countAtMost(one.maxEntriesPerMinute, other.maxEntriesPerMinute) &&
    countAtMost(one.maxLossStreak, other.maxLossStreak) &&
    atMost(one.maxDayLoss, other.maxDayLoss) &&
    one.coolDownMs >= other.coolDownMs &&
    one.duplicateWindowMs >= other.duplicateWindowMs &&
    one.maxPriceAgeMs <= other.maxPriceAgeMs &&
    (other.minMarginLeft === null || one.minMarginLeft?.gte(other.minMarginLeft) === true) &&
    (other.allowedMarkets === null ||
      one.allowedMarkets?.every(epic => other.allowedMarkets?.includes(epic)) === true) &&
    other.tradingHours.every(hours => one.tradingHours.some(mine => JSON.stringify(mine) === JSON.stringify(hours))) &&
    [EURUSD, GOLD].every(epic =>
      (['maxOrderSize', 'maxHeldSize', 'maxSpreadPoints'] as const).every(field =>
        atMost(limitsOf(one, epic)[field], limitsOf(other, epic)[field]),
      ),
    )
  )
}

it('allows nothing that one of the two forbids, and is the same both ways round', () => {
  fc.assert(
    fc.property(anyLimits, anyLimits, (one, other) => {
      const both = tightest(one, other)
      expect(isAsTight(both, one) && isAsTight(both, other)).toBe(true)
      expect(isAsTight(tightest(other, one), both) && isAsTight(both, tightest(other, one))).toBe(true)
    }),
  )
})

it('is not changed by limits that are the same', () => {
  fc.assert(
    fc.property(anyLimits, limits => {
      const twice = tightest(limits, limits)
      expect(isAsTight(twice, limits) && isAsTight(limits, twice)).toBe(true)
      expect(twice.tradingHours).toHaveLength(new Set(limits.tradingHours.map(hours => JSON.stringify(hours))).size)
    }),
  )
})

it('takes a market’s own limit instead of the one for every market, and the rest of them from there', () => {
  const limits = someLimits({
    everyMarket: { maxOrderSize: d(1), maxHeldSize: d(3), maxSpreadPoints: null },
    markets: new Map([[GOLD, { maxOrderSize: null }]]),
  })
  expect(limitsOf(limits, GOLD)).toEqual({ maxOrderSize: null, maxHeldSize: d(3), maxSpreadPoints: null })
  expect(limitsOf(limits, EURUSD).maxOrderSize).toEqual(d(1))
})

it('comes back from plain data as it was', () => {
  fc.assert(
    fc.property(anyLimits, limits => {
      expect(readLimits(JSON.parse(JSON.stringify(limitsText(limits))))).toEqual(limits)
    }),
  )
})

it.each([
  [
    { ...limitsText(NO_LIMITS), maxDayLoss: 200 },
    'expected a decimal number as text in limits.maxDayLoss, but got 200; correct it',
  ],
  [{ ...limitsText(NO_LIMITS), coolDownMs: null }, 'expected a number in limits.coolDownMs, but got null; correct it'],
  [{ ...limitsText(NO_LIMITS), markets: [] }, 'expected an object in limits.markets, but got []; correct it'],
])('names the field that cannot be read', (plain, words) => {
  expect(() => readLimits(plain)).toThrow(words)
})

it('says which limit makes no sense', () => {
  expect(limitProblems(NO_LIMITS)).toEqual([])
  const limits = someLimits({
    maxDayLoss: d(0),
    maxOpenPositions: 1.5,
    maxLossStreak: 0,
    coolDownMs: -1,
    markets: new Map([[GOLD, { maxOrderSize: d(-1) }]]),
  })
  expect(limitProblems(limits)).toEqual([
    'expected a whole number from 0 as the limit maxOpenPositions, but got 1.5; correct it, or leave it out for no limit',
    'expected a whole number from 1 as the limit maxLossStreak, but got 0; correct it, or leave it out for no limit',
    'expected an amount above 0 as the limit maxDayLoss, but got 0; correct it, or leave it out for no limit',
    'expected whole milliseconds from 0 as the limit coolDownMs, but got -1; correct it, or leave it out for no limit',
    'expected a figure from 0 as the limit CS.D.CFDGOLD.CFM.IP.maxOrderSize, but got -1; correct it, or leave it out for no limit',
  ])
})
