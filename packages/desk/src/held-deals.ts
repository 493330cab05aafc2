import type { AcceptedOutcome, Confirm, DealId } from '@scalpdesk/sdk'
import type { DeskState, Holding } from './desk-state.ts'
import type { TrackedOrder } from './order.ts'
import { record, say, type Turn, update } from './turn.ts'
import { goneWords } from './words.ts'

/** Holds what a confirmed open made, until the broker's list of positions takes over. */
export function holdConfirmed(turn: Turn, order: TrackedOrder, dealId: DealId, outcome: AcceptedOutcome): void {
  const { purpose } = order
  // A deal whose end was told before its beginning is over.
  if (purpose.kind !== 'open' || turn.state.holdings.has(dealId) || turn.state.closedDeals.has(dealId)) return
  const { market } = turn.state.preset
  const holding: Holding = {
    dealId,
    reference: order.reference,
    epic: purpose.epic,
    marketName: market.name,
    direction: purpose.direction,
    size: outcome.size ?? purpose.size,
    // Without a level in the confirm it is the one that was seen until the list shows it: nearly right beats not held.
    level: outcome.level ?? purpose.seenLevel,
    stopLevel: outcome.stopLevel,
    limitLevel: outcome.limitLevel,
    currency: market.currency,
    contractSize: market.contractSize,
    pointsPerUnit: market.pointsPerUnit,
    seen: { kind: 'confirmed', atMs: turn.atMs },
  }
  update(turn, { holdings: new Map(turn.state.holdings).set(dealId, holding) })
}

/** The deal is over, held or not; lists and confirms that still show it are behind. */
export function dropHolding(turn: Turn, dealId: DealId): void {
  const holdings = new Map(turn.state.holdings)
  holdings.delete(dealId)
  update(turn, { holdings, closedDeals: new Map(turn.state.closedDeals).set(dealId, turn.atMs) })
}

/** The stream says a position is gone: by a close of ours whose confirm is on its way, or by its stop or limit. */
export function onPositionGone(turn: Turn, dealId: DealId): void {
  const holding = turn.state.holdings.get(dealId)
  dropHolding(turn, dealId)
  if (holding && !isClosedByUs(turn.state, dealId)) announceGone(turn, holding)
}

export function announceGone(turn: Turn, holding: Holding): void {
  record(turn, { kind: 'position-gone', atMs: turn.atMs, dealId: holding.dealId, epic: holding.epic })
  say(turn, { tone: 'info', text: goneWords(holding) })
}

/** Whether a close of ours may have ended it: sent, and not refused. */
export function isClosedByUs(state: DeskState, dealId: DealId): boolean {
  return [...state.orders.values()].some(
    order => order.purpose.kind === 'close' && order.purpose.dealId === dealId && !isRefused(order),
  )
}

/** Nothing came of it, as far as anybody said. */
export function isRefused({ stage }: TrackedOrder): boolean {
  return stage.kind === 'rejected' || stage.kind === 'denied'
}

/** The deals that an accepted confirm opened. */
export function openedDeals(confirm: Confirm, outcome: AcceptedOutcome): readonly DealId[] {
  const named = outcome.affected.filter(deal => deal.status === 'opened').map(deal => deal.dealId)
  return named.length > 0 || outcome.status !== 'open' ? named : [confirm.dealId]
}

/** The deals that an accepted confirm ended. */
export function endedDeals(confirm: Confirm, outcome: AcceptedOutcome): readonly DealId[] {
  const named = outcome.affected.filter(deal => deal.status === 'fully-closed').map(deal => deal.dealId)
  return named.length > 0 || outcome.status !== 'closed' ? named : [confirm.dealId]
}
