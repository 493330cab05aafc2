import type { DealId, Decimal } from '@scalpdesk/sdk'
import { positionText } from '../../orders/order-texts.ts'
import { message } from '../../words/message.ts'
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
      alarms.push(alarmOf(position, before))
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

function alarmOf(seen: WatchedPosition, before: Decimal | null) {
  const { dealId, stop } = seen
  const told = { position: positionText(seen), was: before?.toFixed() ?? null }
  return stop.kind === 'at'
    ? alarm('stop-moved-away', dealId, message('stop-moved-away', { ...told, level: stop.level.toFixed() }))
    : alarm('stop-removed', dealId, message('stop-removed', told))
}
