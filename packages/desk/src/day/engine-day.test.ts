import { markets } from '@scalpdesk/mock-broker/engine'
import { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dealsOf } from './day.ts'
import { dayTotals } from './day-totals.ts'
import { dealFigures } from './deal-figures.ts'
import { markScale } from './mark-scale.ts'
import { openAccountCents, openProfit } from './open-profit.ts'
import { type EngineDay, engineDay, type Telling } from './testing/engine-day.ts'

const TELLINGS: readonly Telling[] = ['exact', 'to-the-cent', 'in-account', 'nothing']

function moneyOf({ engine, openingCash, day, prices }: EngineDay) {
  const totals = dayTotals(day())
  const { cash, profitLoss } = engine.account()
  return {
    ours: [totals.realised?.plus(totals.charges ?? 0).toFixed(2), openProfit(day(), prices()).account?.toFixed(2)],
    theirs: [cash.minus(openingCash).toFixed(2), profitLoss.toFixed(2)],
  }
}

const seed = fc.integer({ min: 1, max: 2 ** 31 - 1 })

it.each(TELLINGS)("is the engine's ledger to the cent after each event, told: %s", telling => {
  let closes = 0
  fc.assert(
    fc.property(seed, number => {
      const engineSide = engineDay(number, 'EUR', telling)
      for (let step = 0; step < 120; step++) {
        engineSide.step()
        const { ours, theirs } = moneyOf(engineSide)
        expect(ours).toEqual(theirs)
        const cents = openAccountCents(engineSide.day(), engineSide.prices())
        expect(cents === null ? 'too large' : (cents / 100).toFixed(2)).toBe(theirs[1])
      }
      closes += dealsOf(engineSide.day()).reduce((sum, { parts }) => sum + parts.length, 0)
    }),
    { numRuns: 25 },
  )
  expect(closes).toBeGreaterThan(100)
})

it("is the cash of an account whose rates are not the market's, by what the broker booked", () => {
  fc.assert(
    fc.property(seed, number => {
      const engineSide = engineDay(number, 'USD', 'exact')
      for (let step = 0; step < 120; step++) engineSide.step()
      const { ours, theirs } = moneyOf(engineSide)
      expect(ours[0]).toBe(theirs[0])
    }),
    { numRuns: 25 },
  )
})

it('has the furthest of each deal that brute force finds over all its marks', () => {
  let partials = 0
  fc.assert(
    fc.property(seed, fc.constantFrom('exact' as const, 'nothing' as const), (number, telling) => {
      const engineSide = engineDay(number, 'EUR', telling)
      for (let step = 0; step < 200; step++) engineSide.step()
      const day = engineSide.day()
      for (const deal of dealsOf(day)) {
        const marks = engineSide.marks.get(deal.dealId)!
        const { against, inFavour, result } = dealFigures(day, deal, undefined, 0)
        expect(against.money?.toFixed()).toBe(Decimal.min(...marks).toFixed())
        expect(inFavour.money?.toFixed()).toBe(Decimal.max(...marks).toFixed())
        if (deal.parts.length > 1) partials++
        if (deal.endedAtMs !== null) expect(inFavour.money?.gte(result!) && against.money?.lte(result!)).toBe(true)
      }
    }),
    { numRuns: 40 },
  )
  expect(partials).toBeGreaterThan(50)
})

it('is the same day again from the same facts and prices, and changes nothing in place', () => {
  fc.assert(
    fc.property(seed, number => {
      const [one, other] = [engineDay(number, 'EUR', 'exact'), engineDay(number, 'EUR', 'exact')]
      for (let step = 0; step < 60; step++) {
        deepFrozen(one.day())
        one.step()
        other.step()
      }
      expect(one.day()).toEqual(other.day())
    }),
    { numRuns: 10 },
  )
})

function deepFrozen(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const inner of value instanceof Map ? value.values() : Object.values(value)) deepFrozen(inner)
}

it('works on whole numbers for every market of the mock at its largest size', () => {
  for (const { decimals, maxSize, contractSize, synthetic, epic } of markets) {
    const units = synthetic?.startUnits ?? 10 ** decimals
    const level = new Decimal(`${units}e-${decimals}`)
    const size = maxSize.minus('0.01')
    const position = { direction: 'BUY', size, level, contractSize: new Decimal(contractSize ?? 1) } as const
    const reachOf = (perUnit?: Decimal) => (markScale(position, decimals, perUnit)?.reach ?? 0) / units
    // In its own currency a thousand times its price; converted with the five decimals of a rate, a move of 1 %.
    expect([epic, reachOf() > 1_000, reachOf(new Decimal('1.08437')) > 0.01]).toEqual([epic, true, true])
  }
})
