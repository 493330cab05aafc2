import { type AcceptedOutcome, type Confirm, type DealId, Decimal, type Position } from '@scalpdesk/sdk'
import { type DeskState, marketOf } from '../desk-state.ts'
import { type ClosePurpose, isRefused, type TrackedOrder } from '../orders/order.ts'
import { positionText } from '../orders/order-texts.ts'
import { record, say, type Turn, update, wallMs } from '../turn.ts'
import { message } from '../words/message.ts'
import { tellDay, tellHolding } from './day-keeping.ts'
import type { Holding, Legs, Origin } from './holding.ts'
import { endDoubt } from './unlisted.ts'

/** Holds what a confirmed open made, until the broker's list of positions takes over. */
export function holdConfirmed(turn: Turn, order: TrackedOrder, dealId: DealId, outcome: AcceptedOutcome): void {
  const { purpose } = order
  const { state } = turn
  if (purpose.kind !== 'open') return
  const size = outcome.size ?? purpose.size
  tellDay(turn, { kind: 'whole', dealId, size, atMs: turn.atMs })
  // The stream or the list was faster.
  if (state.holdings.has(dealId)) return claim(turn, dealId)
  const market = marketOf(state, purpose.epic)
  const holding: Holding = {
    dealId,
    reference: order.reference,
    epic: purpose.epic,
    marketName: market?.name ?? purpose.epic,
    direction: purpose.direction,
    size,
    // Without a level in the confirm it is the one that was seen until the list shows it: nearly right beats not held.
    level: outcome.level ?? purpose.seenLevel,
    stopLevel: outcome.stopLevel,
    limitLevel: outcome.limitLevel,
    isGuaranteed: outcome.isGuaranteed,
    trailingStop: null,
    currency: market?.currency ?? null,
    contractSize: market?.contractSize ?? new Decimal(1),
    pointsPerUnit: market?.pointsPerUnit ?? null,
    openedWallMs: wallMs(turn),
    origin: 'ours',
    isStopWanted: purpose.stopPoints !== null,
    firstSeenAtMs: turn.atMs,
    toldAtMs: turn.atMs,
    seen: { kind: 'confirmed', atMs: turn.atMs },
  }
  // A deal whose end was told before its beginning is over; what it brought belongs to the day all the same.
  if (state.closedDeals.has(dealId)) return tellHolding(turn, holding)
  own(turn, dealId, 'ours')
  hold(turn, holding)
}

/** A confirmed close of a part leaves the rest; the list, which may have shown that already, is told apart from it. */
export function reduceHolding(turn: Turn, { dealId, size, heldSize }: ClosePurpose): void {
  const holding = turn.state.holdings.get(dealId)
  const left = heldSize.minus(size)
  if (!holding || !left.gt(0) || !left.lt(holding.size)) return
  hold(turn, { ...holding, size: left, seen: changedNow(turn, holding) })
}

export function changeLegs(turn: Turn, dealId: DealId, legs: Legs): void {
  const holding = turn.state.holdings.get(dealId)
  if (holding) hold(turn, { ...holding, ...legs, seen: changedNow(turn, holding) })
}

function changedNow({ atMs }: Turn, { seen }: Holding): Holding['seen'] {
  return { kind: seen.kind === 'confirmed' ? 'confirmed' : 'changed', atMs }
}

export function hold(turn: Turn, holding: Holding): void {
  update(turn, { holdings: new Map(turn.state.holdings).set(holding.dealId, holding) })
}

/** It counts as ours while it is open, whatever the lists say of its request. */
export function own(turn: Turn, dealId: DealId, origin: Origin): void {
  update(turn, { ownDeals: new Map(turn.state.ownDeals).set(dealId, origin) })
}

/** It turns out to be ours: what is held or rests already says so from now on. */
export function claim(turn: Turn, dealId: DealId): void {
  own(turn, dealId, 'ours')
  const holding = turn.state.holdings.get(dealId)
  const order = turn.state.resting.get(dealId)
  const ours = (toldAtMs: number | null) => ({ origin: 'ours', toldAtMs: toldAtMs ?? turn.atMs }) as const
  if (holding) hold(turn, { ...holding, ...ours(holding.toldAtMs) })
  if (order) update(turn, { resting: new Map(turn.state.resting).set(dealId, { ...order, ...ours(order.toldAtMs) }) })
}

/** The position or working order is over, known or not; lists and confirms that still show it are behind. */
export function dropDeal(turn: Turn, dealId: DealId): void {
  const { holdings, resting, ownDeals } = turn.state
  update(turn, {
    ownDeals: without(ownDeals, dealId),
    holdings: without(holdings, dealId),
    resting: without(resting, dealId),
    closedDeals: new Map(turn.state.closedDeals).set(dealId, turn.atMs),
  })
}

function without<Value>(known: ReadonlyMap<DealId, Value>, dealId: DealId): ReadonlyMap<DealId, Value> {
  if (!known.has(dealId)) return known
  const left = new Map(known)
  left.delete(dealId)
  return left
}

/** The stream says a position is gone: by a close of ours whose confirm is on its way, or by its stop or limit. */
export function onPositionGone(turn: Turn, dealId: DealId): void {
  const holding = turn.state.holdings.get(dealId)
  dropDeal(turn, dealId)
  endDoubt(turn, other => other === dealId)
  if (holding && !isClosedByUs(turn.state, dealId)) announceGone(turn, holding)
}

export function announceGone(turn: Turn, holding: Holding): void {
  const { dealId, epic } = holding
  record(turn, { kind: 'position-gone', atMs: turn.atMs, dealId, epic, profit: null, profitCurrency: null })
  say(turn, 'info', message('closed-by-broker', { position: positionText(holding) }))
}

/** Whether a close of ours may have ended it: sent, of its whole, and not refused. */
export function isClosedByUs(state: DeskState, dealId: DealId): boolean {
  return [...state.orders.values()].some(
    order =>
      order.purpose.kind === 'close' &&
      order.purpose.dealId === dealId &&
      !order.purpose.size.lt(order.purpose.heldSize) &&
      !isRefused(order),
  )
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

/** What the list does not tell of a position. */
export type Known = Pick<Holding, 'origin' | 'isStopWanted' | 'firstSeenAtMs' | 'toldAtMs'>

export function holdingOf(position: Position, known: Known): Holding {
  const { dealId, dealReference, epic, marketName, direction, size, level, stopLevel, limitLevel } = position
  const { currency, contractSize, pointsPerUnit, isGuaranteed, trailingStop, createdAtMs } = position
  return {
    dealId,
    reference: dealReference,
    epic,
    marketName,
    direction,
    size,
    level,
    stopLevel,
    limitLevel,
    isGuaranteed,
    trailingStop,
    currency,
    contractSize,
    pointsPerUnit,
    openedWallMs: createdAtMs,
    origin: known.origin,
    isStopWanted: known.isStopWanted,
    firstSeenAtMs: known.firstSeenAtMs,
    toldAtMs: known.toldAtMs,
    seen: { kind: 'listed' },
  }
}
