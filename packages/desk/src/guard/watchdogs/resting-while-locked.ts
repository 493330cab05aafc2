import { message } from '../../words/message.ts'
import { alarm, NOTHING_SEEN, type Sight } from './alarm.ts'
import type { WatchView } from './watch-view.ts'

/** Orders that wait at the broker open positions by themselves, also on a day on which no more are wanted. Nothing cancels them but a person. */
export function seeRestingWhileLocked({ workingOrders, isDayLocked }: WatchView): Sight {
  const { length: count } = workingOrders
  if (!isDayLocked || count === 0) return NOTHING_SEEN
  return { alarms: [alarm('resting-while-locked', null, message('resting-while-locked', { count }))], dueMs: null }
}
