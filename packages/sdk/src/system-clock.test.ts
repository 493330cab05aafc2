import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { systemClock } from './system-clock.ts'

// The system's timers are played, because nobody waits for weeks.

const LONGEST_MS = 2 ** 31 - 1

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function seenAt(delayMs: number): { times: number; cancel(): void } {
  const seen = { times: 0, cancel: () => timer.cancel() }
  const timer = systemClock.at(systemClock.monotonicMs() + delayMs, () => seen.times++)
  return seen
}

it.each([0, 1, 1_000, LONGEST_MS, LONGEST_MS + 1, 3 * LONGEST_MS])(
  'runs once, at its time, %i ms from now',
  delayMs => {
    const seen = seenAt(delayMs)
    if (delayMs > 0) vi.advanceTimersByTime(delayMs - 1)
    expect(seen.times).toBe(0)
    vi.advanceTimersByTime(1)
    expect(seen.times).toBe(1)
    vi.advanceTimersByTime(LONGEST_MS)
    expect([seen.times, vi.getTimerCount()]).toEqual([1, 0])
  },
)

it('runs at once what was due before', () => {
  const seen = seenAt(-1_000)
  vi.advanceTimersByTime(1)
  expect(seen.times).toBe(1)
})

it('what never comes does not come at once, and can be cancelled at any time', () => {
  const seen = seenAt(Number.POSITIVE_INFINITY)
  vi.advanceTimersByTime(2.5 * LONGEST_MS)
  expect(seen.times).toBe(0)
  seen.cancel()
  expect(vi.getTimerCount()).toBe(0)
})
