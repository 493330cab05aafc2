import { message } from '../../words/message.ts'
import { deny } from '../denial.ts'
import { timeAt } from '../memory/day-clock.ts'
import { MINUTE_MS, ofLastMinute } from '../memory/remember.ts'
import { type PendingOrder, pressOf } from '../question.ts'
import { always, forEntries } from './check.ts'

export const isDeskArmed = always('the desk is armed', ({ known }) =>
  known.isArmed ? null : deny('not-armed', message('desk-disarmed')),
)

export const isBookKnown = always('what is open is known', ({ known }) =>
  known.isBookKnown ? null : deny('book-unknown', message('book-unknown')),
)

export const isNothingFlattened = always('nothing is being flattened', ({ known }) =>
  known.isFlattening ? deny('flattening', message('being-flattened')) : null,
)

export const isNoDuplicate = forEntries('no second identical press', ({ ask, memory }) => {
  const windowMs = memory.limits.inForce.duplicateWindowMs
  const before = memory.presses.get(pressOf(ask))
  if (before === undefined || windowMs <= 0) return null
  const agoMs = Math.max(0, ask.pressedAtMs - before)
  if (agoMs >= windowMs) return null
  return deny('duplicate', message('pressed-again', { agoMs: Math.round(agoMs), windowMs }))
})

/** An amendment or a cancellation under way changes no size. */
const DEALS: readonly PendingOrder['purpose'][] = ['open', 'close', 'place']

export const isNothingInFlight = forEntries('one order of the market at a time', ({ ask, known }) => {
  const isFlying = known.pending.some(
    ({ epic, stage, purpose }) => epic === ask.epic && stage === 'in-flight' && DEALS.includes(purpose),
  )
  return isFlying ? deny('in-flight', message('order-unanswered')) : null
})

export const isNothingUnknown = always('no unknown outcome in the market', ({ ask, known }) => {
  const unknown = known.pending.filter(({ epic, stage }) => epic === ask.epic && stage !== 'in-flight')
  if (unknown.length === 0) return null
  const isGivenUp = unknown.some(({ stage }) => stage === 'unresolved')
  return deny('outcome-unknown', message(isGivenUp ? 'earlier-unresolved' : 'earlier-checked'))
})

export const isPaceKept = forEntries('not too many entries a minute', ({ memory, now }) => {
  const most = memory.limits.inForce.maxEntriesPerMinute
  if (most === null || !memory.clock) return null
  const nowMs = timeAt(memory.clock, now.atMs)
  const recent = ofLastMinute(memory.entriesMs, nowMs)
  if (recent.length < most) return null
  const freed = recent[recent.length - most]
  const waitSeconds = freed === undefined ? null : Math.ceil((freed + MINUTE_MS - nowMs) / 1_000)
  return deny('pace', message('too-many-entries', { entries: recent.length, most, waitSeconds }))
})
