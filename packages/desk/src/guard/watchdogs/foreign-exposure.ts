import { heldText, positionText } from '../../orders/order-texts.ts'
import { message } from '../../words/message.ts'
import { alarm, NOTHING_SEEN, type Sight } from './alarm.ts'
import type { WatchSettings } from './watch-settings.ts'
import type { WatchView } from './watch-view.ts'

/** What no order of ours explains: opened or placed elsewhere, and not adopted. */
export function seeForeignExposure({ positions, workingOrders }: WatchView, settings: WatchSettings): Sight {
  if (!settings.foreignExposure) return NOTHING_SEEN
  const held = positions
    .filter(({ isOurs }) => !isOurs)
    .map(position => alarm('not-ours', position.dealId, message('not-ours', { position: positionText(position) })))
  const resting = workingOrders
    .filter(({ isOurs }) => !isOurs)
    .map(order => alarm('not-ours', order.dealId, message('order-not-ours', { held: heldText(order) })))
  return { alarms: [...held, ...resting], dueMs: null }
}
