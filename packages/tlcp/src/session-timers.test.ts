import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import type { Clock } from './ports.ts'
import type { SessionState } from './session-state.ts'
import { SessionTimers } from './session-timers.ts'

const PATIENCE = { connectMs: 4_000, silenceMs: 3_000, graceMs: 2_000 }

function live(keepaliveMs: number): SessionState {
  const session = { id: 'S1', url: 'wss://server', requestLimit: 50_000, keepaliveMs }
  const retry = {
    attempt: 0,
    refusal: null,
    version: '2.4.0',
    transport: 'websocket-streaming',
    isCombining: false,
  } as const
  return { kind: 'live', session, pulse: 'beating', sinceMs: 0, retry, poll: null, isLeaving: false }
}

/** Timers of a live session; `log` has what they told, and when. */
function start(keepaliveMs: number, clock: Clock = manualClock()) {
  const log: string[] = []
  const note = (what: string) => () => void log.push(`${what} ${clock.monotonicMs()}`)
  const timers = new SessionTimers(clock, PATIENCE, {
    overdue: note('overdue'),
    quiet: note('quiet'),
    dead: note('dead'),
    beat: note('beat'),
    ping: note('ping'),
  })
  timers.follow(live(keepaliveMs))
  return { log, timers }
}

const without = (log: readonly string[], ...kinds: string[]) =>
  log.filter(line => !kinds.some(kind => line.startsWith(kind)))

it('pings every second, whatever comes', () => {
  const clock = manualClock()
  const { log, timers } = start(60_000, clock)
  for (let second = 0; second < 4; second++) {
    clock.advance(900)
    timers.heard(clock.monotonicMs())
    clock.advance(100)
  }
  expect(without(log, 'beat')).toEqual(['ping 1000', 'ping 2000', 'ping 3000', 'ping 4000'])
})

it.each([10, 300, 900])('is not worried by answers that take %i ms, nor by where lines fall between pings', rttMs => {
  const clock = manualClock()
  const { log, timers } = start(5_000, clock)
  for (let atMs = 0; atMs < 30_000; atMs += 10) {
    // A keepalive now and then, at a place that moves through the second.
    if (atMs % 4_990 === 0) timers.heard(clock.monotonicMs())
    if (atMs >= 1_000 + rttMs && (atMs - rttMs) % 1_000 === 0) timers.answered(clock.monotonicMs())
    clock.advance(10)
  }
  expect(without(log, 'beat', 'ping')).toEqual([])
})

it('finds a half-open connection in 3 s where pings are answered, however long the keepalive', () => {
  const clock = manualClock()
  const { log, timers } = start(60_000, clock)
  clock.advance(1_000)
  timers.answered(clock.monotonicMs())
  clock.advance(30_000)
  expect(without(log, 'beat', 'ping').slice(0, 2)).toEqual(['quiet 3000', 'dead 4000'])
})

it('does not take a far end that answers pings for a server that keeps its word', () => {
  const clock = manualClock()
  const { log, timers } = start(5_000, clock)
  for (let second = 1; second <= 10; second++) {
    clock.advance(1_000)
    timers.answered(clock.monotonicMs())
  }
  expect(without(log, 'beat', 'ping').slice(0, 2)).toEqual(['quiet 6000', 'dead 7000'])
})

it('beats every two seconds, whatever comes', () => {
  const clock = manualClock()
  const { log, timers } = start(60_000, clock)
  for (let second = 1; second <= 8; second++) {
    timers.heard(clock.monotonicMs())
    clock.advance(1_000)
  }
  expect(without(log, 'ping')).toEqual(['beat 2000', 'beat 4000', 'beat 6000', 'beat 8000'])
})

it('after a time in which this program did not run, reads first and judges then', () => {
  // A clock whose timers fire late, all at once, as after a blocked event loop.
  let nowMs = 0
  let waiting: { dueMs: number; run: () => void }[] = []
  const clock: Clock = {
    monotonicMs: () => nowMs,
    at(dueMs, run) {
      const timer = { dueMs, run }
      waiting.push(timer)
      const cancel = () => {
        waiting = waiting.filter(each => each !== timer)
      }
      return { cancel }
    },
  }
  const wake = (atMs: number) => {
    nowMs = atMs
    const due = waiting.filter(each => each.dueMs <= atMs)
    waiting = waiting.filter(each => each.dueMs > atMs)
    for (const each of due) each.run()
  }
  const { log, timers } = start(1_000, clock)
  wake(10_000)
  expect(without(log, 'beat', 'ping')).toEqual(['quiet 10000'])
  expect(timers.worstLatenessMs).toBeGreaterThanOrEqual(8_000)
  // What had waited in the socket.
  timers.heard(10_001)
  wake(10_250)
  wake(12_500)
  expect(without(log, 'beat', 'ping').filter(line => line.startsWith('dead'))).toEqual([])
  wake(13_001)
  expect(log.some(line => line.startsWith('dead'))).toBe(true)
})
