import { seededRandom } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { type Bar, mergeBars } from './bar.ts'
import { liveBars } from './live-bars.ts'

const MINUTE_MS = 60_000
/** A Monday, 00:00 UTC. */
const START = Date.UTC(2026, 0, 5)
const bitsOf = (minute: number) => Math.imul(minute, 2_654_435_761) >>> 2

/** Three weeks without an end, four quotes a minute but for two minutes of every hour; and all minutes as they were. */
function threeWeeks() {
  const bars = liveBars(bitsOf)
  const random = seededRandom(5)
  const minutes = new Map<number, Bar>()
  let bid = 100_000
  for (let minute = 7; minute < 21 * 1440; minute++) {
    if (minute % 60 === 13 || minute % 60 === 14) continue
    const parts = Array.from({ length: 4 }, (_, index) => {
      bid += Math.floor(random.next() * 21) - 10
      const ask = bid + Math.floor(random.next() * 5)
      bars.take(START + minute * MINUTE_MS + index * 15_000, bid, ask)
      const [bids, asks] = [bid, ask].map(units => ({ open: units, high: units, low: units, close: units }))
      return { startMs: 0, bid: bids!, ask: asks!, ticks: 1 }
    })
    minutes.set(START / MINUTE_MS + minute, mergeBars(START + minute * MINUTE_MS, parts))
  }
  return { bars, minutes }
}

it('holds two weeks by the minute, and everything before them by the hour, exactly', () => {
  const { bars, minutes } = threeWeeks()
  const from = START / MINUTE_MS
  for (const [fromMinute, toMinute] of [
    [from, from + 60],
    [from, from + 1440],
    [from + 60, from + 21 * 1440],
    [from + 20 * 1440, from + 20 * 1440 + 7],
  ] as const) {
    const asSeen = [...minutes].filter(([minute]) => minute >= fromMinute && minute < toMinute).map(([, bar]) => bar)
    expect(mergeBars(0, bars.parts(fromMinute, toMinute))).toEqual(mergeBars(0, asSeen))
  }
})

it('makes up the minutes of a forgotten hour: those that were there, adding up to it', () => {
  const { bars, minutes } = threeWeeks()
  const from = START / MINUTE_MS
  for (const hour of [from, from + 60, from + 600]) {
    const made = Array.from({ length: 60 }, (_, index) => bars.parts(hour + index, hour + index + 1)).flat()
    const seen = [...minutes.keys()].filter(minute => minute >= hour && minute < hour + 60)
    expect(made.map(({ startMs }) => startMs / MINUTE_MS)).toEqual(seen)
    expect(mergeBars(0, made)).toEqual(mergeBars(0, bars.parts(hour, hour + 60)))
    for (const { bid, ask, ticks } of made) {
      expect(ask.low >= bid.low && ask.high >= bid.high && ask.open >= bid.open && ask.close >= bid.close).toBe(true)
      expect(ticks).toBeGreaterThan(0)
    }
  }
})

it('takes a quote that comes a little late into the minute that it belongs to', () => {
  const bars = liveBars(bitsOf)
  bars.take(START + MINUTE_MS, 100, 101)
  bars.take(START + MINUTE_MS - 1, 90, 91)
  bars.take(START + MINUTE_MS + 1, 110, 111)
  const minute = START / MINUTE_MS
  expect(bars.parts(minute, minute + 2).map(({ startMs, ticks }) => [(startMs - START) / MINUTE_MS, ticks])).toEqual([
    [0, 1],
    [1, 2],
  ])
})
