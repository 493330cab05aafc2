import { areTradesHeard } from '../desk-state.ts'
import { patchOrder, readBookIn, type Turn } from '../turn.ts'
import { message } from '../words/message.ts'
import type { Polls } from './order.ts'
import { check, giveUp } from './order-ends.ts'

/** Where trade events are heard its confirm is expected first; the poll is the fallback (our choice). */
const FIRST_POLL_MS = 250
const SLOWEST_POLL_MS = 5_000
/** An acknowledged order without a confirm for this long is shown as being checked. */
const CONFIRM_LATE_MS = 3_000
/** IG keeps a confirm for about a minute (IG Labs, REST API reference, "Positions", GET /confirms). */
const CONFIRM_KEPT_MS = 60_000

export function firstPoll(turn: Turn): Polls {
  return { asked: 0, nextAtMs: turn.atMs + (areTradesHeard(turn.state) ? FIRST_POLL_MS : 0) }
}

/** Asks for the confirms that are due, and gives up on what no longer can be found. */
export function pollConfirms(turn: Turn): void {
  for (const order of turn.state.orders.values()) {
    const { stage } = order
    if (stage.kind !== 'acknowledged' && stage.kind !== 'checking') continue
    if (turn.atMs < stage.polls.nextAtMs) continue
    const waitedMs = turn.atMs - stage.sinceMs
    if (waitedMs >= CONFIRM_KEPT_MS) {
      giveUp(turn, order, message('no-answer-in-a-minute'))
      continue
    }
    const { asked } = stage.polls
    const polls = { asked: asked + 1, nextAtMs: turn.atMs + Math.min(FIRST_POLL_MS * 2 ** asked, SLOWEST_POLL_MS) }
    if (stage.kind === 'acknowledged' && waitedMs >= CONFIRM_LATE_MS) {
      check(turn, order, message('confirm-did-not-come'), { sinceMs: stage.sinceMs, polls })
    } else {
      patchOrder(turn, order.id, { stage: { ...stage, polls } })
    }
    if (order.reference) turn.effects.push({ kind: 'find-confirm', id: order.id, reference: order.reference })
    if (stage.kind === 'checking') readBookIn(turn, 0)
  }
}
