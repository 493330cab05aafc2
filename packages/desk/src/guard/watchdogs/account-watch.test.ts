import { expect, it } from 'vitest'
import { d, NOON } from '../testing/guard-fixtures.ts'
import { aFeed, watching, wordsOf } from './testing/watch-fixtures.ts'

it('warns of little margin, and lets the warning end a little above where it began', () => {
  const equity = (figure: number) => ({ equity: d(figure), margin: d(100) })
  const steps = watching([120, 119.99, 124.99, 125].map(equity))
  expect(steps.map(step => step.told)).toEqual([[], ['raised margin-low'], [], ['ended margin-low']])
  expect(wordsOf({ equity: d(50), margin: d(0) })).toEqual([])
  expect(wordsOf({ equity: d(-1), margin: d(100) })).toHaveLength(1)
})

it.each([
  [5_000, []],
  [5_001, ['CLOCK: this machine is 5 s ahead of the broker, or prices come late; set its clock']],
  [-5_000, []],
  [-61_500, ['CLOCK: this machine is 61.5 s behind the broker; set its clock']],
])('compares the machine’s clock with the broker’s: %i ms', (skewMs, words) => {
  const view = { nowMs: 900, wallMs: NOON + 800 + skewMs, brokerTime: { brokerMs: NOON, receivedAtMs: 100 } }
  expect(wordsOf(view)).toEqual(words)
})

it('tells of a live stream on which nothing comes, and wakes up for it', () => {
  const feed = aFeed({ liveSinceMs: 1_000, lastTickAtMs: 3_000, lastHeartbeatAtMs: 2_000 })
  expect(
    watching([
      { feed, nowMs: 7_999 },
      { feed, nowMs: 8_000 },
      { feed: { ...feed, lastHeartbeatAtMs: 8_001 }, nowMs: 8_001 },
    ]),
  ).toEqual([
    { told: [], dueMs: 8_000 },
    { told: ['raised silent-feed'], dueMs: null },
    { told: ['ended silent-feed'], dueMs: 13_001 },
  ])
})

it.each([
  ['a stream that is down', { isLive: false }],
  ['markets that are closed, without a heartbeat', { isDataExpected: false }],
  ['a quiet market with a heartbeat', { lastHeartbeatAtMs: 60_000 }],
  ['a stream that came back a moment ago', { liveSinceMs: 59_000 }],
])('raises no alarm for the silence of %s', (_, change) => {
  expect(wordsOf({ feed: aFeed(change), nowMs: 60_000 })).toEqual([])
})
