import { deny } from '../denial.ts'
import { timeAt } from '../memory/day-clock.ts'
import { MINUTE_MS, ofLastMinute } from '../memory/remember.ts'
import { type PendingOrder, pressOf } from '../question.ts'
import { always, forEntries } from './check.ts'

export const isDeskArmed = always('the desk is armed', ({ known }) =>
  known.isArmed ? null : deny('not-armed', 'the desk is disarmed; arm it first'),
)

export const isBookKnown = always('what is open is known', ({ known }) =>
  known.isBookKnown ? null : deny('book-unknown', 'the broker has not said yet what is open'),
)

export const isNothingFlattened = always('nothing is being flattened', ({ known }) =>
  known.isFlattening ? deny('flattening', 'everything is being closed; wait for FLAT') : null,
)

export const isNoDuplicate = forEntries('no second identical press', ({ ask, memory }) => {
  const windowMs = memory.limits.inForce.duplicateWindowMs
  const before = memory.presses.get(pressOf(ask))
  if (before === undefined || windowMs <= 0) return null
  const agoMs = Math.max(0, ask.pressedAtMs - before)
  if (agoMs >= windowMs) return null
  const words = `pressed again ${Math.round(agoMs)} ms after the same order; within ${windowMs} ms only the first is sent`
  return deny('duplicate', words)
})

/** An amendment or a cancellation under way changes no size. */
const DEALS: readonly PendingOrder['purpose'][] = ['open', 'close', 'place']

export const isNothingInFlight = forEntries('one order of the market at a time', ({ ask, known }) => {
  const isFlying = known.pending.some(
    ({ epic, stage, purpose }) => epic === ask.epic && stage === 'in-flight' && DEALS.includes(purpose),
  )
  return isFlying ? deny('in-flight', 'the order before this one has no answer yet') : null
})

export const isNothingUnknown = always('no unknown outcome in the market', ({ ask, known }) => {
  const unknown = known.pending.filter(({ epic, stage }) => epic === ask.epic && stage !== 'in-flight')
  if (unknown.length === 0) return null
  const words = unknown.some(({ stage }) => stage === 'unresolved')
    ? 'an earlier order could not be settled; look at the broker’s platform, then accept it as it is'
    : 'the outcome of an earlier order is being checked'
  return deny('outcome-unknown', words)
})

export const isPaceKept = forEntries('not too many entries a minute', ({ memory, now }) => {
  const most = memory.limits.inForce.maxEntriesPerMinute
  if (most === null || !memory.clock) return null
  const nowMs = timeAt(memory.clock, now.atMs)
  const recent = ofLastMinute(memory.entriesMs, nowMs)
  if (recent.length < most) return null
  const freed = recent[recent.length - most]
  const wait = freed === undefined ? '' : `; the next in ${Math.ceil((freed + MINUTE_MS - nowMs) / 1_000)} s`
  return deny('pace', `${recent.length} entries in the last minute, ${most} allowed${wait}`)
})
