import { expect, it } from 'vitest'
import { d } from '../testing/guard-fixtures.ts'
import { aFeed, aPosition, at, aView, NONE, wordsOf } from './testing/watch-fixtures.ts'
import { look, NOTHING_WATCHED } from './watch.ts'
import { DEFAULT_WATCH } from './watch-settings.ts'
import type { WatchedPosition, WatchView } from './watch-view.ts'

it.each<[string, Partial<WatchView>]>([
  [
    'NO STOP at the broker: BUY 2 EUR/USD Mini was sent with a stop, and is held without one; set one or close it',
    { positions: [aPosition({ stop: NONE })] },
  ],
  [
    'NO STOP at the broker: BUY 2 EUR/USD Mini is held without one; set one or close it',
    { positions: [aPosition({ stop: NONE, isStopWanted: false })] },
  ],
  [
    'STOP NOT KNOWN: the broker has not said whether BUY 2 EUR/USD Mini has one; look at its platform',
    { positions: [aPosition({ stop: { kind: 'unknown' } })] },
  ],
  [
    'NOT OURS: BUY 2 EUR/USD Mini was opened elsewhere; adopt it or close it',
    { positions: [aPosition({ isOurs: false })] },
  ],
  [
    'MARGIN LOW: the equity is 99 % of the margin in use, at least 120 % are wanted; close something',
    { equity: d('99.9'), margin: d(100) },
  ],
  [
    'SILENT: the stream is live, but no price and no heartbeat has come for 5 s; prices may be old, closing still works',
    { feed: aFeed() },
  ],
])('says: %s', (words, view) => {
  expect(wordsOf({ nowMs: 9_000, ...view })).toEqual([words])
})

it('says where a stop was and is', () => {
  const { watch } = look(NOTHING_WATCHED, aView({ positions: [aPosition()] }), DEFAULT_WATCH)
  const words = (stop: WatchedPosition['stop']) =>
    look(watch, aView({ positions: [aPosition({ stop })] }), DEFAULT_WATCH).events.flatMap(event =>
      event.kind === 'raised' ? event.alarm.words : [],
    )
  expect(words(at('1.08'))).toEqual([
    'STOP MOVED AWAY: the stop of BUY 2 EUR/USD Mini is at 1.08 now (was 1.083), moved elsewhere; move it back or close it',
  ])
  expect(words(NONE)).toEqual([
    'STOP REMOVED: the stop of BUY 2 EUR/USD Mini (was 1.083) was taken away elsewhere; set it again or close it',
  ])
})
