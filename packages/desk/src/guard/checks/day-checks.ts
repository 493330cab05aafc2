import { deny } from '../denial.ts'
import { timeAt } from '../memory/day-clock.ts'
import { dayResult, lossWords } from '../memory/day-result.ts'
import type { Question } from '../question.ts'
import { clockText, hoursText, isWithin } from '../trading-hours.ts'
import { always, forEntries } from './check.ts'

const UNTIL_THEN = 'entries are refused until the broker’s next trading day, exits work'

/** Without the journal's facts nobody knows what was lost or locked. */
export const isDayKnown = always('the day is known', ({ memory: { clock, day } }) =>
  clock && day ? null : deny('day-unknown', 'the day has not begun for the guard; start the desk from its journal'),
)

export const isDayOpen = always('the day is not locked', ({ memory: { lock } }) =>
  lock ? deny('day-locked', `the day is locked (${lock.words}); ${UNTIL_THEN}`) : null,
)

export const isLossBearable = always('the loss of the day is below its limit', ({ memory, known }) => {
  const { maxDayLoss } = memory.limits.inForce
  if (maxDayLoss === null) return null
  // The open result of this very moment: the last one that was remembered may be older.
  const isSomethingOpen = known.positions.length > 0
  const result = dayResult({ ...memory, openProfit: isSomethingOpen ? known.openProfit : null }, isSomethingOpen)
  if (result.kind === 'unknown')
    return deny(
      'day-loss-unknown',
      `the day’s loss must stay below ${maxDayLoss.toFixed(2)} ${known.accountCurrency}, but ${result.why}; wait until it is`,
    )
  if (result.money.gt(maxDayLoss.neg())) return null
  return deny('day-loss', `${lossWords(result.money, maxDayLoss, ` ${known.accountCurrency}`)}; ${UNTIL_THEN}`)
})

export const isCooledDown = always('no cool-down after losses', ({ memory: { coolDown, clock }, now }) => {
  if (!coolDown || !clock) return null
  const leftMs = coolDown.untilMs - timeAt(clock, now.atMs)
  if (leftMs <= 0) return null
  return deny('cool-down', `${coolDown.losses} losses in a row: cooling down, ${durationText(leftMs)} left`)
})

export const areHoursKept = forEntries('within the trading hours', ({ memory, now }) => {
  const nowMs = timeNow({ memory, now })
  const { tradingHours } = memory.limits.inForce
  const zone = memory.day?.zone
  if (tradingHours.length === 0) return null
  if (nowMs === null || zone === undefined)
    return deny('hours', 'trading hours are set, but the time is not known yet; wait for the broker')
  const broken = tradingHours.find(hours => !isWithin(hours, nowMs, zone))
  return broken ? deny('hours', `it is ${clockText(nowMs, zone)}, and entries are allowed ${hoursText(broken)}`) : null
})

function timeNow({ memory: { clock }, now }: Pick<Question, 'memory' | 'now'>): number | null {
  return clock && timeAt(clock, now.atMs)
}

function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
}
