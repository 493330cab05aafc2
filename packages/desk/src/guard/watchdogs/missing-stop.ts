import { alarm, earliest, NOTHING_SEEN, type Sight } from './alarm.ts'
import type { WatchSettings } from './watch-settings.ts'
import type { WatchedPosition, WatchView } from './watch-view.ts'

/** Half a second for the reading that may still show it: the alarm is due within one (our choice). */
export const GRACE_MS = 500
/** A confirm does not always tell of the stop; the list of positions that follows does (our choice). */
export const UNKNOWN_GRACE_MS = 5_000

/** A position whose stop the broker does not show. */
export function seeMissingStops({ positions, nowMs }: WatchView, { missingStop }: WatchSettings): Sight {
  if (!missingStop) return NOTHING_SEEN
  const watched = positions.filter(
    ({ stop, isStopWanted }) => stop.kind !== 'at' && (missingStop.of === 'any' || isStopWanted),
  )
  const due = (position: WatchedPosition) =>
    position.firstSeenAtMs + (position.stop.kind === 'none' ? GRACE_MS : UNKNOWN_GRACE_MS)
  return {
    alarms: watched
      .filter(position => due(position) <= nowMs)
      .map(position =>
        alarm(position.stop.kind === 'none' ? 'no-stop' : 'stop-not-known', position.dealId, wordsOf(position)),
      ),
    dueMs: earliest(watched.map(due).filter(ms => ms > nowMs)),
  }
}

function wordsOf({ direction, size, marketName, stop, isStopWanted }: WatchedPosition): string {
  const what = `${direction} ${size.toFixed()} ${marketName}`
  if (stop.kind === 'unknown')
    return `STOP NOT KNOWN: the broker has not said whether ${what} has one; look at its platform`
  return isStopWanted
    ? `NO STOP at the broker: ${what} was sent with a stop, and is held without one; set one or close it`
    : `NO STOP at the broker: ${what} is held without one; set one or close it`
}
