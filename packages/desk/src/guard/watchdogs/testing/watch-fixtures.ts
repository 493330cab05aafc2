import { dealId } from '@scalpdesk/sdk'
import { d, NOON } from '../../testing/guard-fixtures.ts'
import { look, NOTHING_WATCHED, type Watch, type WatchEvent } from '../watch.ts'
import { DEFAULT_WATCH, type WatchSettings } from '../watch-settings.ts'
import type { WatchedFeed, WatchedPosition, WatchView } from '../watch-view.ts'

export const at = (level: string) => ({ kind: 'at', level: d(level) }) as const
export const NONE = { kind: 'none' } as const

export const aPosition = (change: Partial<WatchedPosition> = {}): WatchedPosition => ({
  dealId: dealId('DI1'),
  direction: 'BUY',
  size: d(2),
  marketName: 'EUR/USD Mini',
  stop: at('1.083'),
  isStopWanted: true,
  stopByUs: undefined,
  firstSeenAtMs: 0,
  isOurs: true,
  ...change,
})

export const aFeed = (change: Partial<WatchedFeed> = {}): WatchedFeed => ({
  isLive: true,
  liveSinceMs: 0,
  isDataExpected: true,
  lastTickAtMs: null,
  lastHeartbeatAtMs: null,
  ...change,
})

export const aView = (change: Partial<WatchView> = {}): WatchView => ({
  nowMs: 0,
  positions: [],
  workingOrders: [],
  isDayLocked: false,
  equity: null,
  margin: null,
  brokerTime: null,
  wallMs: NOON,
  feed: aFeed({ isLive: false }),
  ...change,
})

/** Looks at one view after another, and tells what happened at each. */
export function watching(views: readonly Partial<WatchView>[], change: Partial<WatchSettings> = {}) {
  let watch: Watch = NOTHING_WATCHED
  return views.map(view => {
    const looked = look(watch, aView(view), { ...DEFAULT_WATCH, ...change })
    watch = looked.watch
    return { told: looked.events.map(told), dueMs: looked.dueMs }
  })
}

const told = (event: WatchEvent): string =>
  event.kind === 'close' ? `close ${event.dealId}` : `${event.kind} ${event.alarm.kind}`

export const wordsOf = (view: Partial<WatchView>, change: Partial<WatchSettings> = {}) =>
  look(NOTHING_WATCHED, aView(view), { ...DEFAULT_WATCH, ...change }).events.flatMap(event =>
    event.kind === 'raised' ? event.alarm.words : [],
  )
