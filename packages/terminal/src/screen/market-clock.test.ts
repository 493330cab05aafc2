import { describe, expect, it } from 'vitest'
import { MarketClock } from './market-clock.ts'

const NOON = Date.UTC(2026, 0, 5, 12)
const at = (clock: MarketClock, nowMs: number): string => new Date(clock.at(nowMs)).toISOString()

describe('the time of a market', () => {
  it('is the wall clock’s until a tick says otherwise', () => {
    expect(at(new MarketClock(NOON), 5000)).toBe('2026-01-05T12:00:05.000Z')
  })

  it('is what its ticks say, on the day that is next to the one before', () => {
    const clock = new MarketClock(NOON)
    clock.tell('23:59:58', 0)
    expect(at(clock, 500)).toBe('2026-01-05T23:59:58.500Z')
    clock.tell('00:00:01', 3000)
    expect(at(clock, 3000)).toBe('2026-01-06T00:00:01.000Z')
  })

  it('goes on smoothly while ticks of the same second come', () => {
    const clock = new MarketClock(NOON)
    clock.tell('12:00:00', 0)
    clock.tell('12:00:01', 1200)
    expect(at(clock, 1200)).toBe('2026-01-05T12:00:01.200Z')
  })

  it('follows a tape that runs faster', () => {
    const clock = new MarketClock(NOON)
    clock.tell('12:00:00', 0)
    clock.tell('12:00:05', 1000)
    expect(at(clock, 1000)).toBe('2026-01-05T12:00:05.000Z')
  })

  it('tells a tape that begins again from a late tick', () => {
    const clock = new MarketClock(NOON)
    expect(clock.tell('12:30:00', 0)).toBe('on')
    expect(clock.tell('12:29:58', 100)).toBe('on')
    expect(clock.tell('12:10:00', 200)).toBe('back')
  })

  it.each(['', '24:00:00', '12:61:00', 'noon', '12:30'])('passes over %j', text => {
    const clock = new MarketClock(NOON)
    expect(clock.tell(text, 0)).toBe('on')
    expect(clock.at(0)).toBe(NOON)
  })

  it('moves the candles of a tape’s own day to its own time, and those of a weekend ago not at all', () => {
    const clock = new MarketClock(NOON)
    expect(clock.daysFrom(NOON - 3 * 86_400_000, 0)).toBe(0)
    const tape = Date.UTC(2014, 4, 8, 11, 59)
    expect(new Date(tape + clock.daysFrom(tape, 0)).toISOString()).toBe('2026-01-05T11:59:00.000Z')
  })
})
