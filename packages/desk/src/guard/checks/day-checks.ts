import { message } from '../../words/message.ts'
import { deny } from '../denial.ts'
import { timeAt } from '../memory/day-clock.ts'
import { lockMessage } from '../memory/day-lock.ts'
import { cents, dayResult } from '../memory/day-result.ts'
import type { Question } from '../question.ts'
import { clockTime, isWithin } from '../trading-hours.ts'
import { always, forEntries } from './check.ts'

/** Without the journal's facts nobody knows what was lost or locked. */
export const isDayKnown = always('the day is known', ({ memory: { clock, day } }) =>
  clock && day ? null : deny('day-unknown', message('day-not-begun')),
)

export const isDayOpen = always('the day is not locked', ({ memory: { lock } }) =>
  lock ? deny('day-locked', message('day-is-locked', { lock: lockMessage(lock) })) : null,
)

export const isLossBearable = always('the loss of the day is below its limit', ({ memory, known }) => {
  const { maxDayLoss } = memory.limits.inForce
  if (maxDayLoss === null) return null
  // The open result of this very moment: the last one that was remembered may be older.
  const isSomethingOpen = known.positions.length > 0
  const result = dayResult({ ...memory, openProfit: isSomethingOpen ? known.openProfit : null }, isSomethingOpen)
  const unit = known.accountCurrency
  if (result.kind === 'unknown') {
    const told = { most: maxDayLoss.toFixed(2), unit, unknown: result.unknown }
    return deny('day-loss-unknown', message('day-loss-unknown', told))
  }
  if (result.money.gt(maxDayLoss.neg())) return null
  return deny('day-loss', message('day-loss', { lost: cents(result.money.neg()), most: cents(maxDayLoss), unit }))
})

export const isCooledDown = always('no cool-down after losses', ({ memory: { coolDown, clock }, now }) => {
  if (!coolDown || !clock) return null
  const leftMs = coolDown.untilMs - timeAt(clock, now.atMs)
  if (leftMs <= 0) return null
  return deny('cool-down', message('cooling-down', { losses: coolDown.losses, seconds: Math.ceil(leftMs / 1_000) }))
})

export const areHoursKept = forEntries('within the trading hours', ({ memory, now }) => {
  const nowMs = timeNow({ memory, now })
  const { tradingHours } = memory.limits.inForce
  const zone = memory.day?.zone
  if (tradingHours.length === 0) return null
  if (nowMs === null || zone === undefined) return deny('hours', message('hours-without-time'))
  const broken = tradingHours.find(hours => !isWithin(hours, nowMs, zone))
  return broken ? deny('hours', message('outside-hours', { ...clockTime(nowMs, zone), hours: broken })) : null
})

function timeNow({ memory: { clock }, now }: Pick<Question, 'memory' | 'now'>): number | null {
  return clock && timeAt(clock, now.atMs)
}
