import { Decimal, type Epic } from '@scalpdesk/sdk'
import type { IntentEvent } from '../desk-event.ts'
import type { DeskState, Reversal } from '../desk-state.ts'
import { opposite } from '../direction.ts'
import { type DenialCode, deny } from '../guard/denial.ts'
import { marketName } from '../orders/order-texts.ts'
import { say, type Turn, update } from '../turn.ts'
import { type Message, type MessageOf, message } from '../words/message.ts'
import { isBeingClosed, sendClose } from './closing.ts'
import { denied, type Entry, enter } from './entering.ts'
import type { ReversedAs } from './intent.ts'

/** The entry is not sent later than this after the key: it would deal at a moment that nobody chose (our choice). */
const REVERSE_WITHIN_MS = 5_000

/**
 * Closes what is held in a market, and enters once the other way when every one of those closes is confirmed. Where one is refused, or
 * its outcome is unknown, nothing is entered.
 * @param as the chosen preset's unless told
 */
export function reverse(
  turn: Turn,
  epic: Epic,
  as: ReversedAs | undefined,
  { reference, atMs, pressedAtMs }: IntentEvent,
): void {
  const { state } = turn
  const held = [...state.holdings.values()].filter(holding => holding.epic === epic)
  const [first] = held
  const refuse = (code: DenialCode, why: Message) => denied(turn, { kind: 'reverse' }, deny(code, why))
  if (!first) return refuse('nothing-held', message('nothing-held'))
  if (held.some(({ direction }) => direction !== first.direction))
    return refuse('both-ways', message('both-directions-held'))
  if (held.some(({ dealId }) => isBeingClosed(state, dealId, atMs)))
    return refuse('in-flight', message('closed-already'))
  const closes = held.map((_, i) => `${reference}.${i + 1}`)
  held.forEach((holding, i) => {
    sendClose(turn, holding, 'all', closes[i] ?? `${reference}.${i + 1}`, pressedAtMs)
  })
  const direction = opposite(first.direction)
  const deal: Reversal['deal'] = as
    ? { size: Decimal.sum(...held.map(({ size }) => size)), stop: as.stop, limitPoints: as.limitPoints }
    : { size: undefined }
  const reversal: Reversal = { epic, reference, pressedAtMs, sentAtMs: atMs, direction, deal, closes }
  update(turn, { reversals: [...turn.state.reversals, reversal] })
  say(turn, 'wait', message('reversing', { market: marketName(state, epic), direction }))
}

export function advanceReversals(turn: Turn): void {
  for (const reversal of turn.state.reversals) {
    const stages = reversal.closes.map(id => turn.state.orders.get(id)?.stage.kind)
    const areUnderWay = stages.some(stage => stage === 'sending' || stage === 'acknowledged')
    const areAllDone = stages.every(stage => stage === 'done')
    const isLate = turn.atMs >= reversal.sentAtMs + REVERSE_WITHIN_MS
    if (areUnderWay && !isLate && stages.every(isHopeful)) continue
    update(turn, { reversals: turn.state.reversals.filter(other => other !== reversal) })
    if (areAllDone && !isLate) enter(turn, entryOf(reversal))
    else say(turn, 'bad', message('not-reversed', { why: whyNot(stages, isLate) }))
  }
}

const entryOf = ({ epic, direction, reference, pressedAtMs, deal }: Reversal): Entry => ({
  epic,
  direction,
  reference,
  pressedAtMs,
  ...deal,
})

type StageKind = string | undefined

const isHopeful = (stage: StageKind): boolean => stage === 'sending' || stage === 'acknowledged' || stage === 'done'

function whyNot(stages: readonly StageKind[], isLate: boolean): MessageOf<'not-reversed'>['values']['why'] {
  if (stages.some(stage => stage === 'rejected' || stage === 'denied')) return 'close-refused'
  if (stages.every(isHopeful) && isLate) return 'not-in-time'
  return 'close-unknown'
}

/** When one that waits is given up. */
export function reversalDueMs({ reversals }: DeskState): number | null {
  return reversals.length > 0 ? Math.min(...reversals.map(({ sentAtMs }) => sentAtMs + REVERSE_WITHIN_MS)) : null
}
