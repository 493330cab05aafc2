import { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { changeOf } from './bridge/balance-bridge.ts'
import type { DayFacts } from './day-facts.ts'
import { sumOf } from './exact.ts'
import type { Report } from './report.ts'
import { reportOf } from './report-of.ts'
import { dayProblems } from './testing/day-checks.ts'
import { engineYear, type MadeDay, type YearOptions } from './testing/engine-year.ts'
import type { Trade } from './trade.ts'

const seed = fc.integer({ min: 1, max: 2 ** 31 - 1 })

/** A few random days; those of the week in which the clocks change among them. */
function someDays(options: Partial<YearOptions> & { readonly seed: number }): readonly MadeDay[] {
  const usual = {
    deals: 60,
    currency: 'EUR',
    zone: 'Europe/London',
    from: '2026-03-27',
    days: 4,
    elsewhere: 0.3,
  } as const
  return [...engineYear({ ...usual, ...options })]
}

it('adds up to the change of the balance on random days', () => {
  fc.assert(
    fc.property(seed, fc.constantFrom('EUR' as const, 'GBP' as const), (number, currency) => {
      for (const day of someDays({ seed: number, currency })) expect(dayProblems(day)).toEqual([])
    }),
    { numRuns: 40 },
  )
})

it('is the same in whatever order the rows come, and however often they are told', () => {
  fc.assert(
    fc.property(seed, fc.infiniteStream(fc.nat()), (number, draws) => {
      const { facts } = someDays({ seed: number })[1]!
      const mixed = <Row>(rows: readonly Row[]): readonly Row[] =>
        [...rows, ...rows.filter((_, index) => index % 3 === 0)]
          .map(row => ({ row, place: draws.next().value ?? 0 }))
          .sort((one, other) => one.place - other.place)
          .map(({ row }) => row)
      const other: DayFacts = {
        ...facts,
        transactions: mixed(facts.transactions),
        activities: mixed(facts.activities),
        balances: mixed(facts.balances),
        markets: mixed(facts.markets),
      }
      expect(plain(reportOf(other))).toEqual(plain(reportOf(facts)))
    }),
    { numRuns: 40 },
  )
})

it('says from the journal alone what it says from both, of all that both know', () => {
  let compared = 0
  fc.assert(
    fc.property(seed, number => {
      for (const { facts } of someDays({ seed: number, elsewhere: 0 })) {
        const both = reportOf(facts)
        const alone = reportOf({
          ...facts,
          transactions: [],
          activities: [],
          balances: [],
          sources: facts.sources.slice(2),
        })
        expect(alone.trades.map(({ id }) => id)).toEqual(both.trades.map(({ id }) => id))
        for (const [index, trade] of alone.trades.entries()) {
          expect(known(trade, both.trades[index]!)).toEqual(knownOf(trade))
          if (trade.ownResult) compared++
        }
        const counts = ({ presses, guardEvents }: Report) => ({ presses, guardEvents })
        expect(counts(alone)).toEqual(counts(both))
      }
    }),
    { numRuns: 40 },
  )
  expect(compared).toBeGreaterThan(200)
})

it('adds up whichever sources there are, and says where it guessed', () => {
  fc.assert(
    fc.property(seed, number => {
      for (const { facts, change } of someDays({ seed: number })) {
        const whole = reportOf(facts)
        for (const fewer of [
          { activities: [] },
          { journal: null },
          { activities: [], journal: null },
          { prices: [], markets: [] },
        ]) {
          const report = reportOf({ ...facts, ...fewer })
          expect(changeOf(report.bridge).toFixed(2)).toBe(change.toFixed(2))
          expect(report.days.map(({ day, change: moved }) => `${day} ${moved.toFixed()}`)).toEqual(
            whole.days.map(({ day, change: moved }) => `${day} ${moved.toFixed()}`),
          )
          expect(report.findings.filter(({ kind }) => kind === 'unexplained')).toEqual([])
          expect(bookedInside(report)).toBe(bookedInside(whole))
        }
      }
    }),
    { numRuns: 15 },
  )
})

it('is the whole that its days are: results, charges and ended trades', () => {
  fc.assert(
    fc.property(seed, number => {
      const days = someDays({ seed: number })
      const [first, last] = [days[0]!.facts, days.at(-1)!.facts]
      const transactions = days.flatMap(({ facts }) => facts.transactions)
      const activities = days.flatMap(({ facts }) => facts.activities)
      const whole = reportOf({
        ...first,
        span: { ...first.span, to: last.span.to, endMs: last.span.endMs },
        transactions,
        activities,
        balances: days.flatMap(({ facts }) => facts.balances),
        journal: null,
      })
      const change = days.reduce((sum, day) => sum.plus(day.change), new Decimal(0))
      expect(whole.bridge.closing?.minus(whole.bridge.opening ?? 0).toFixed(2)).toBe(change.toFixed(2))
      const single = days.map(({ facts }) => reportOf({ ...facts, transactions, activities, journal: null }))
      expect(whole.days.map(plainText)).toEqual(single.flatMap(report => report.days).map(plainText))
    }),
    { numRuns: 20 },
  )
})

/** Results of the span's own closes: which earlier ones belong to the same round trip is not known to every source. */
function bookedInside({ trades, span }: Report): string {
  const exits = trades.flatMap(trade => trade.exits)
  const inside = exits.filter(({ atMs }) => atMs !== null && atMs >= span.beginMs && atMs < span.endMs)
  return sumOf(inside.flatMap(({ result }) => result ?? [])).toFixed(2)
}

const plainText = (value: unknown): string => JSON.stringify(value)

/** With maps and decimals as text. */
const plain = (report: Report): unknown =>
  JSON.parse(JSON.stringify(report, (_, value) => (value instanceof Map ? [...value] : value)))

/** What the journal can tell of a trade: it does not see how the broker closed what is gone. */
function knownOf({
  id,
  epic,
  direction,
  size,
  entryLevel,
  preset,
  by,
  openedAtMs,
  closedAtMs,
  ownResult,
  exitLevel,
  points,
  stopLevel,
  limitLevel,
}: Trade) {
  const always = { id, epic, direction, size, entryLevel, preset, by, openedAtMs, closedAtMs }
  const sometimes = { ownResult, exitLevel, points, stopLevel, limitLevel }
  const told = Object.entries(sometimes).filter(([, value]) => value !== null)
  return JSON.parse(JSON.stringify({ ...always, ...Object.fromEntries(told) }))
}

/** The same fields of the other. */
function known(trade: Trade, other: Trade) {
  const wanted = knownOf(trade)
  return JSON.parse(
    JSON.stringify(Object.fromEntries(Object.keys(wanted).map(key => [key, other[key as keyof Trade]]))),
  )
}
