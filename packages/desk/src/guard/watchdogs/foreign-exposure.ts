import { alarm, NOTHING_SEEN, type Sight } from './alarm.ts'
import type { WatchSettings } from './watch-settings.ts'
import type { WatchView } from './watch-view.ts'

/** What no order of ours explains: opened or placed elsewhere, and not adopted. */
export function seeForeignExposure({ positions, workingOrders }: WatchView, settings: WatchSettings): Sight {
  if (!settings.foreignExposure) return NOTHING_SEEN
  const held = positions
    .filter(({ isOurs }) => !isOurs)
    .map(({ dealId, direction, size, marketName }) => {
      const words = `NOT OURS: ${direction} ${size.toFixed()} ${marketName} was opened elsewhere; adopt it or close it`
      return alarm('not-ours', dealId, words)
    })
  const resting = workingOrders
    .filter(({ isOurs }) => !isOurs)
    .map(({ dealId, direction, size, marketName }) => {
      const what = [direction, size?.toFixed(), marketName].filter(Boolean).join(' ')
      return alarm('not-ours', dealId, `NOT OURS: a working order ${what} was placed elsewhere; adopt it or cancel it`)
    })
  return { alarms: [...held, ...resting], dueMs: null }
}
