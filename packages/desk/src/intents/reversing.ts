import type { Epic } from '@scalpdesk/sdk'
import type { IntentEvent } from '../desk-event.ts'
import type { DeskState, Reversal } from '../desk-state.ts'
import { opposite } from '../direction.ts'
import { marketWords } from '../orders/order-words.ts'
import { say, type Turn, update } from '../turn.ts'
import { isBeingClosed, sendClose } from './closing.ts'
import { type Denied, denied, enter } from './entering.ts'

/** The entry is not sent later than this after the key: it would deal at a moment that nobody chose (our choice). */
const REVERSE_WITHIN_MS = 5_000

/**
 * Closes what is held in a market, and enters once the other way, with the chosen preset, when every one of those closes is
 * confirmed. Where one is refused, or its outcome is unknown, nothing is entered.
 */
export function reverse(turn: Turn, epic: Epic, { reference, atMs, pressedAtMs }: IntentEvent): void {
  const { state } = turn
  const held = [...state.holdings.values()].filter(holding => holding.epic === epic)
  const [first] = held
  const refuse = (code: Denied['code'], words: string) => denied(turn, 'reverse', { code, words })
  if (!first) return refuse('nothing-held', 'nothing is held in this market')
  if (held.some(({ direction }) => direction !== first.direction))
    return refuse('both-ways', 'both directions are held; close one of them first')
  if (held.some(({ dealId }) => isBeingClosed(state, dealId, atMs)))
    return refuse('in-flight', 'it is being closed already')
  const closes = held.map((_, i) => `${reference}.${i + 1}`)
  held.forEach((holding, i) => {
    sendClose(turn, holding, 'all', closes[i] ?? `${reference}.${i + 1}`, pressedAtMs)
  })
  const direction = opposite(first.direction)
  const reversal: Reversal = { epic, reference, pressedAtMs, sentAtMs: atMs, direction, closes }
  update(turn, { reversals: [...turn.state.reversals, reversal] })
  say(turn, { tone: 'wait', text: `REVERSING ${marketWords(state, epic)}: closing, then ${direction}` })
}

export function advanceReversals(turn: Turn): void {
  for (const reversal of turn.state.reversals) {
    const stages = reversal.closes.map(id => turn.state.orders.get(id)?.stage.kind)
    const areUnderWay = stages.some(stage => stage === 'sending' || stage === 'acknowledged')
    const areAllDone = stages.every(stage => stage === 'done')
    const isLate = turn.atMs >= reversal.sentAtMs + REVERSE_WITHIN_MS
    if (areUnderWay && !isLate && stages.every(isHopeful)) continue
    update(turn, { reversals: turn.state.reversals.filter(other => other !== reversal) })
    if (areAllDone && !isLate) enter(turn, { ...reversal, size: undefined })
    else say(turn, { tone: 'bad', text: `NOT REVERSED: ${whyNot(stages, isLate)}; nothing was entered` })
  }
}

type StageKind = string | undefined

const isHopeful = (stage: StageKind): boolean => stage === 'sending' || stage === 'acknowledged' || stage === 'done'

function whyNot(stages: readonly StageKind[], isLate: boolean): string {
  if (stages.some(stage => stage === 'rejected' || stage === 'denied')) return 'a close was refused'
  if (stages.every(isHopeful) && isLate) return 'the closes were not confirmed in time'
  return 'the outcome of a close is not known'
}

/** When one that waits is given up. */
export function reversalDueMs({ reversals }: DeskState): number | null {
  return reversals.length > 0 ? Math.min(...reversals.map(({ sentAtMs }) => sentAtMs + REVERSE_WITHIN_MS)) : null
}
