import type { DealId } from '@scalpdesk/sdk'
import { seeClockSkew, seeMargin, seeSilence } from './account-watch.ts'
import { type Alarm, earliest } from './alarm.ts'
import { seeForeignExposure } from './foreign-exposure.ts'
import { seeMissingStops } from './missing-stop.ts'
import { type KnownStops, seeMovedStops } from './moved-stop.ts'
import { seeRestingWhileLocked } from './resting-while-locked.ts'
import type { WatchSettings } from './watch-settings.ts'
import type { WatchView } from './watch-view.ts'

/** What the watchdogs remember from one look to the next. */
export interface Watch {
  /** By their ids, the oldest first. */
  readonly alarms: ReadonlyMap<string, Alarm>
  readonly knownStops: KnownStops
  /** When a close was last asked for, of deals without a stop. */
  readonly closesAskedMs: ReadonlyMap<DealId, number>
}

export const NOTHING_WATCHED: Watch = { alarms: new Map(), knownStops: new Map(), closesAskedMs: new Map() }

export type WatchEvent =
  | { readonly kind: 'raised'; readonly alarm: Alarm }
  | { readonly kind: 'ended'; readonly alarm: Alarm }
  /** The trader wanted a position without a stop to be closed by itself. */
  | { readonly kind: 'close'; readonly dealId: DealId; readonly words: string }

export interface Looked {
  readonly watch: Watch
  readonly events: readonly WatchEvent[]
  /** When to look again though nothing changes (monotonic); null: not needed. */
  readonly dueMs: number | null
}

/** One look of all the watchdogs. Pure: the driver looks after each event that changes the view, and at `dueMs`. */
export function look(watch: Watch, view: WatchView, settings: WatchSettings): Looked {
  const moved = seeMovedStops(view, settings, watch.knownStops)
  const sights = [
    seeMissingStops(view, settings),
    seeForeignExposure(view, settings),
    moved.sight,
    seeRestingWhileLocked(view),
    seeMargin(view, settings, watch.alarms.has('margin-low')),
    seeClockSkew(view, settings),
    seeSilence(view, settings),
  ]
  const seen = sights.flatMap(({ alarms }) => alarms)
  const alarms = new Map(
    seen.map(alarm => [alarm.id, { ...alarm, sinceMs: watch.alarms.get(alarm.id)?.sinceMs ?? view.nowMs }]),
  )
  const raised = [...alarms.values()].filter(({ id }) => !watch.alarms.has(id))
  const ended = [...watch.alarms.values()].filter(({ id }) => !alarms.has(id))
  const closing = closesDue(alarms, watch, view, settings)
  return {
    watch: { alarms, knownStops: moved.known, closesAskedMs: closing.asked },
    events: [
      ...ended.map(alarm => ({ kind: 'ended', alarm }) as const),
      ...raised.map(alarm => ({ kind: 'raised', alarm }) as const),
      ...closing.events,
    ],
    dueMs: earliest([...sights.map(({ dueMs }) => dueMs), closing.dueMs]),
  }
}

/** A close that did not help is asked for again, but not at once: it may be under way (our choice). */
const CLOSE_AGAIN_MS = 5_000

function closesDue(
  alarms: ReadonlyMap<string, Alarm>,
  watch: Watch,
  { nowMs }: WatchView,
  { missingStop }: WatchSettings,
): { events: readonly WatchEvent[]; asked: ReadonlyMap<DealId, number>; dueMs: number | null } {
  const asked = new Map<DealId, number>()
  const events: WatchEvent[] = []
  const due: number[] = []
  const afterMs = missingStop?.closeAfterMs ?? null
  for (const { kind, dealId, sinceMs, words } of alarms.values()) {
    if (afterMs === null || kind !== 'no-stop' || dealId === null) continue
    const before = watch.closesAskedMs.get(dealId)
    const dueMs = before === undefined ? sinceMs + afterMs : before + Math.max(afterMs, CLOSE_AGAIN_MS)
    if (dueMs <= nowMs) events.push({ kind: 'close', dealId, words })
    const askedMs = dueMs <= nowMs ? nowMs : before
    if (askedMs !== undefined) asked.set(dealId, askedMs)
    due.push(dueMs <= nowMs ? nowMs + Math.max(afterMs, CLOSE_AGAIN_MS) : dueMs)
  }
  return { events, asked, dueMs: earliest(due) }
}
