import type { Order, Reason } from '../engine/index.ts'
import type { BrokerState } from './broker-state.ts'
import { type Clock, timerGroup } from './clock.ts'
import type { AskedReference, DealReferences, OrderDraft } from './deal-references.ts'

/** Holds accepted orders for as long as the broker takes to confirm them, then deals them. */
export interface DealQueue {
  /** @param refusal deals nothing and confirms this reason instead. */
  accept(draft: OrderDraft, refusal: Reason | null): void
  close(): void
}

export interface DealQueueOptions {
  readonly state: BrokerState
  readonly references: DealReferences
  readonly clock: Clock
  readonly confirmMs: number
  /** The time on a market's own clock: that of its tape, or the wall's. */
  readonly timeOf: (epic: string | undefined) => number
}

export function dealQueue({ state, references, clock, confirmMs, timeOf }: DealQueueOptions): DealQueue {
  const waiting = timerGroup(clock)

  function deal(draft: OrderDraft, refusal: Reason | null, asked: AskedReference): void {
    const order: Order = { ...draft, atMs: timeOf(epicOf(draft, state)) }
    if (asked.order === draft) asked.order = order
    state.process(refusal === null ? order : { kind: 'refuse', order, reason: refusal })
  }

  return {
    accept(draft, refusal) {
      const asked = references.ask(draft)
      const reason = refuseRepeat(draft, asked) ?? refusal
      waiting.after(confirmMs, () => deal(draft, reason, asked))
    },
    close: waiting.cancelAll,
  }
}

function epicOf(draft: OrderDraft, { engine }: BrokerState): string | undefined {
  if (draft.kind === 'open' || draft.kind === 'place-order') return draft.epic
  const target = draft.kind === 'close' ? draft.target : { by: 'deal' as const, dealId: draft.dealId }
  if (target.by === 'market') return target.epic
  return (engine.position(target.dealId) ?? engine.workingOrder(target.dealId))?.epic
}

/**
 * A reference that comes again within a minute deals nothing. IG names the two reasons but neither the window nor the answer:
 * both are our choice, unconfirmed.
 */
function refuseRepeat(draft: OrderDraft, { order }: AskedReference): Reason | null {
  if (order === draft) return null
  return isSame(order, draft) ? 'DUPLICATE_ORDER_ERROR' : 'CONFLICTING_ORDER'
}

/** Whenever they met the market. Both were read in the same order, so that equal orders are equal texts. */
function isSame(one: OrderDraft, other: OrderDraft): boolean {
  return JSON.stringify({ ...one, atMs: 0 }) === JSON.stringify({ ...other, atMs: 0 })
}
