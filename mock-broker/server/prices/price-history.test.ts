import { expect, it } from 'vitest'
import { createEngine, markets, seededRandom } from '../../engine/index.ts'
import { brokerState } from '../broker-state.ts'
import { defaultUsers } from '../users.ts'
import type { Bar } from './bar.ts'
import { type Bars, priceHistory } from './price-history.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A market that showed these quotes, on its own clock. */
function historyOf(quotes: readonly (readonly [atMs: number, bidUnits: number])[]) {
  const engine = createEngine({ markets, accounts: defaultUsers('1000')[0].accounts, random: seededRandom(1) })
  const state = brokerState(engine)
  const nowMs = quotes.at(-1)?.[0] ?? 0
  const prices = priceHistory(state, 1, () => nowMs)
  for (const [atMs, bidUnits] of quotes) {
    state.process({ kind: 'tick', epic: EURUSD, atMs, bidUnits, offerUnits: bidUnits + 6 })
  }
  return { prices, nowMs }
}

function workedOut(bars: Bars): { readonly bars: readonly Bar[]; readonly steps: number } {
  for (let steps = 0; ; steps++) {
    const step = bars.next()
    if (step.done) return { bars: step.value, steps }
  }
}

const BEFORE = Date.UTC(2014, 4, 8, 12)
const AFTER = Date.UTC(2026, 0, 7, 9)
const HOLED = [
  [BEFORE, 139_460],
  [BEFORE + 90_000, 139_470],
  [AFTER, 108_417],
  [AFTER + 61_000, 108_420],
] as const

it('goes over a hole of years in a tape without looking at its minutes', () => {
  const { prices, nowMs } = historyOf(HOLED)
  const back = workedOut(prices.last(EURUSD, 'MINUTE', 6, nowMs))
  expect(back.bars.map(({ startMs }) => startMs)).toEqual([
    BEFORE - 120_000,
    BEFORE - 60_000,
    BEFORE,
    BEFORE + 60_000,
    AFTER,
    AFTER + 60_000,
  ])
  expect(back.steps).toBeLessThan(200)
  const hours = workedOut(prices.between(EURUSD, 'HOUR', BEFORE, AFTER))
  expect(hours.bars.map(({ startMs }) => startMs)).toEqual([BEFORE, AFTER])
  expect(hours.steps).toBeLessThan(10)
  expect(workedOut(prices.last(EURUSD, 'MONTH', 3, nowMs)).bars.map(({ bid }) => bid.close)).toEqual([
    expect.any(Number),
    139_470,
    108_420,
  ])
})

it('answers for every day of a tape that is longer than it holds by the minute, and the days agree with the hours', () => {
  const quotes = Array.from({ length: 60 * 24 * 6 }, (_, index) => {
    return [AFTER + index * 600_000, 108_417 + ((index * 37) % 501)] as const
  })
  const { prices } = historyOf(quotes)
  const firstMs = AFTER - (AFTER % DAY_MS) + DAY_MS - HOUR_MS
  const days = workedOut(prices.between(EURUSD, 'DAY', firstMs, firstMs + 57 * DAY_MS)).bars
  expect(days).toHaveLength(58)
  for (const day of days) {
    const hours = workedOut(prices.between(EURUSD, 'HOUR', day.startMs, day.startMs + DAY_MS - 1)).bars
    expect(hours).toHaveLength(24)
    const minutes = workedOut(prices.between(EURUSD, 'MINUTE', day.startMs, day.startMs + DAY_MS - 1)).bars
    expect(minutes).toHaveLength(144)
    for (const parts of [hours, minutes]) {
      expect(Math.max(...parts.map(({ bid }) => bid.high))).toBe(day.bid.high)
      expect(Math.min(...parts.map(({ ask }) => ask.low))).toBe(day.ask.low)
      expect(parts[0]?.bid.open).toBe(day.bid.open)
      expect(parts.at(-1)?.ask.close).toBe(day.ask.close)
      expect(parts.reduce((sum, { ticks }) => sum + ticks, 0)).toBe(day.ticks)
    }
  }
})

it('has as many ticks in the seconds of a minute as in the minute', () => {
  const { prices } = historyOf(HOLED)
  for (const minuteMs of [BEFORE - HOUR_MS, BEFORE - DAY_MS]) {
    const [minute] = workedOut(prices.between(EURUSD, 'MINUTE', minuteMs, minuteMs)).bars
    const seconds = workedOut(prices.between(EURUSD, 'SECOND', minuteMs, minuteMs + 59_999)).bars
    expect(seconds).toHaveLength(60)
    expect(seconds.reduce((sum, { ticks }) => sum + ticks, 0)).toBe(minute?.ticks)
    expect(Math.max(...seconds.map(({ ask }) => ask.high))).toBe(minute?.ask.high)
  }
})
