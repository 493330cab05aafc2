import type { Order, Reason } from '../engine/index.ts'
import type { BrokerState } from './broker-state.ts'
import { type Clock, timerGroup } from './clock.ts'
import { fadingMap } from './fading-map.ts'

/** An order that has not met the market yet: the time comes when it does. */
export type OrderDraft = WithoutTime<Order>
type WithoutTime<T> = T extends unknown ? Omit<T, 'atMs'> : never

/** Holds accepted orders for as long as the broker takes to confirm them, then deals them. */
export interface DealQueue {
  /** @param refusal deals nothing and confirms this reason instead. */
  accept(draft: OrderDraft, refusal: Reason | null): void
  close(): void
}

export interface DealQueueOptions {
  readonly state: BrokerState
  readonly clock: Clock
  readonly confirmMs: number
  /** The time on a market's own clock: that of its tape, or the wall's. */
  readonly timeOf: (epic: string | undefined) => number
}

export function dealQueue({ state, clock, confirmMs, timeOf }: DealQueueOptions): DealQueue {
  const waiting = timerGroup(clock)
  const repeats = repeatedReferences(clock)

  function deal(draft: OrderDraft, refusal: Reason | null): void {
    const order: Order = { ...draft, atMs: timeOf(epicOf(draft, state)) }
    state.process(refusal === null ? order : { kind: 'refuse', order, reason: refusal })
  }

  return {
    accept(draft, refusal) {
      const reason = repeats.judge(draft) ?? refusal
      waiting.after(confirmMs, () => deal(draft, reason))
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
function repeatedReferences(clock: Clock): { judge(draft: OrderDraft): Reason | null } {
  const seen = fadingMap<OrderDraft>(clock, REMEMBERED_MS)
  return {
    judge(draft) {
      // References are their account's own, as its confirms are.
      const key = `${draft.account} ${draft.reference}`
      const earlier = seen.put(key, draft)
      if (!earlier) return null
      return isSame(earlier, draft) ? 'DUPLICATE_ORDER_ERROR' : 'CONFLICTING_ORDER'
    },
  }
}

/** Both were read in the same order, so that equal drafts are equal texts. */
function isSame(one: OrderDraft, other: OrderDraft): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

const REMEMBERED_MS = 60_000
