import { positionText } from '../../orders/order-texts.ts'
import { message } from '../../words/message.ts'
import { alarm, earliest, NOTHING_SEEN, type Sight } from './alarm.ts'
import type { WatchSettings } from './watch-settings.ts'
import type { WatchedPosition, WatchView } from './watch-view.ts'

/** Half a second for the reading that may still show it: the alarm is due within one (our choice). */
const GRACE_MS = 500
/** A confirm does not always tell of the stop; the list of positions that follows does (our choice). */
const UNKNOWN_GRACE_MS = 5_000

/** A position whose stop the broker does not show. */
export function seeMissingStops({ positions, nowMs }: WatchView, { missingStop }: WatchSettings): Sight {
  if (!missingStop) return NOTHING_SEEN
  const watched = positions.filter(
    ({ stop, isStopWanted }) => stop.kind !== 'at' && (missingStop.of === 'any' || isStopWanted),
  )
  const due = (position: WatchedPosition) =>
    position.firstSeenAtMs + (position.stop.kind === 'none' ? GRACE_MS : UNKNOWN_GRACE_MS)
  return {
    alarms: watched.filter(position => due(position) <= nowMs).map(alarmOf),
    dueMs: earliest(watched.map(due).filter(ms => ms > nowMs)),
  }
}

function alarmOf(seen: WatchedPosition) {
  const { dealId, stop, isStopWanted: isWanted } = seen
  const position = positionText(seen)
  return stop.kind === 'unknown'
    ? alarm('stop-not-known', dealId, message('stop-not-known', { position }))
    : alarm('no-stop', dealId, message('no-stop', { position, isWanted }))
}
