import type { DealId, Decimal } from '@scalpdesk/sdk'
import { isFurther } from '../amend-risk.ts'
import { alarm, NOTHING_SEEN, type Sight } from './alarm.ts'
import type { WatchSettings } from './watch-settings.ts'
import type { WatchedPosition, WatchView } from './watch-view.ts'

/** The nearest stop of each deal that the trader may rely on: as seen, or as set by an amendment of ours. */
export type KnownStops = ReadonlyMap<DealId, Decimal>

/** A stop that somebody else removed or moved away. It ends when the stop is back, or where an amendment of ours puts it. */
export function seeMovedStops(
  { positions }: WatchView,
  settings: WatchSettings,
  known: KnownStops,
): { readonly sight: Sight; readonly known: KnownStops } {
  if (!settings.movedStop) return { sight: NOTHING_SEEN, known }
  const next = new Map<DealId, Decimal>()
  const alarms: ReturnType<typeof alarm>[] = []
  for (const position of positions) {
    const { dealId } = position
    const before = known.get(dealId) ?? null
    const after = stopNow(position, before)
    if (after === 'worse') {
      if (before) next.set(dealId, before)
      alarms.push(
        alarm(position.stop.kind === 'none' ? 'stop-removed' : 'stop-moved-away', dealId, wordsOf(position, before)),
      )
    } else if (after) next.set(dealId, after)
  }
  return { sight: { alarms, dueMs: null }, known: next }
}

/** What may be relied on from now on; `worse` when it is less than before and not by us. */
function stopNow({ stop, stopByUs, direction }: WatchedPosition, before: Decimal | null): Decimal | null | 'worse' {
  if (stop.kind === 'unknown') return before
  const level = stop.kind === 'at' ? stop.level : null
  if (before === null) return level
  if (stopByUs !== undefined && isSame(stopByUs, level)) return level
  if (level === null) return 'worse'
  return isFurther(direction, before, level) ? 'worse' : level
}

const isSame = (one: Decimal | null, other: Decimal | null): boolean =>
  one === null || other === null ? one === other : one.eq(other)

function wordsOf({ direction, size, marketName, stop }: WatchedPosition, before: Decimal | null): string {
  const what = `the stop of ${direction} ${size.toFixed()} ${marketName}`
  const was = before ? ` (was ${before.toFixed()})` : ''
  if (stop.kind !== 'at') return `STOP REMOVED: ${what}${was} was taken away elsewhere; set it again or close it`
  return `STOP MOVED AWAY: ${what} is at ${stop.level.toFixed()} now${was}, moved elsewhere; move it back or close it`
}
