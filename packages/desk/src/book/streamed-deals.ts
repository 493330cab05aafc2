import type { PositionUpdate, WorkingOrderUpdate } from '@scalpdesk/sdk'
import { dealOf } from '../day/day.ts'
import { type DeskState, marketOf } from '../desk-state.ts'
import { isRefused, type TrackedOrder } from '../orders/order.ts'
import { orderText } from '../orders/order-texts.ts'
import { say, type Turn, update } from '../turn.ts'
import { message } from '../words/message.ts'
import { appeared, recordAppeared } from './appearing.ts'
import { tellDay } from './day-keeping.ts'
import { type Holding, isSameLevel } from './holding.ts'
import { hold } from './holdings.ts'
import { knownOf } from './reconciling.ts'
import { doubt, endDoubt } from './unlisted.ts'

// The stream tells sooner than the lists, which may not show for seconds what it told.

/**
 * Holds a position that the stream tells of and no confirm of ours will: somebody opened it, or the market reached a working
 * order. What it is, the list takes over as soon as it shows it.
 */
export function holdStreamed(turn: Turn, change: PositionUpdate): void {
  const { state, atMs } = turn
  const { dealId, reference, epic, direction, size, level, stopLevel, limitLevel, isGuaranteed, trailingStop } = change
  if (state.holdings.has(dealId) || state.closedDeals.has(dealId) || change.dealStatus === 'rejected') return
  endDoubt(turn, (other, what) => other === dealId || (reference !== null && what.reference === reference))
  const market = marketOf(state, epic)
  // How large its contracts are only the list tells.
  if (!market) return doubt(turn, dealId, { reference })
  const holding: Holding = {
    ...knownOf(state, { dealId, dealReference: reference }, atMs),
    toldAtMs: atMs,
    dealId,
    reference,
    epic,
    marketName: market.name,
    direction,
    size,
    level,
    stopLevel,
    limitLevel,
    isGuaranteed,
    trailingStop,
    currency: change.currency,
    contractSize: market.contractSize,
    pointsPerUnit: market.pointsPerUnit,
    openedWallMs: change.atMs,
    seen: { kind: 'confirmed', atMs },
  }
  hold(turn, holding)
  announce(turn, holding)
}

/**
 * Where the legs of a position that the list shows went without us: a stop that trails, or other hands. An amendment replaces both
 * legs, so one that was worked out from what the list showed a while ago would take the stop back. What the stream leaves out stays.
 */
export function followLegs(turn: Turn, change: PositionUpdate): void {
  const { dealId, dealStatus } = change
  const holding = turn.state.holdings.get(dealId)
  if (!holding || holding.seen.kind === 'confirmed' || dealStatus === 'rejected') return
  const stopLevel = change.stopLevel ?? holding.stopLevel
  const limitLevel = change.limitLevel ?? holding.limitLevel
  if (isSameLevel(stopLevel, holding.stopLevel) && isSameLevel(limitLevel, holding.limitLevel)) return
  hold(turn, { ...holding, stopLevel, limitLevel, seen: { kind: 'changed', atMs: turn.atMs } })
}

/** A position that is over before anybody showed it belongs to the day all the same: what it was, its end tells. */
export function tellUnseen(turn: Turn, change: PositionUpdate): void {
  const { dealId, reference, epic, direction, size, currency, dealStatus } = change
  const { state, atMs } = turn
  const market = marketOf(state, epic)
  const isKnown = state.holdings.has(dealId) || state.closedDeals.has(dealId) || dealOf(state.day, dealId)
  if (isKnown || !market || dealStatus === 'rejected' || !size.gt(0)) return
  const { contractSize, pointsPerUnit, decimals } = market
  // Its end may name the level of the end.
  const unknown = { level: null, stop: null, price: null, heldBeforeMs: null }
  const held = { dealId, reference, epic, direction, size, currency, contractSize, pointsPerUnit, decimals }
  tellDay(turn, { kind: 'opened', ...held, ...unknown, atMs })
  recordAppeared(turn, { dealId, epic, direction, size, level: null, stopLevel: null })
}

function announce(turn: Turn, holding: Holding): void {
  const order = orderOf(turn.state, holding)
  if (order?.purpose.kind === 'place' && !isRefused(order))
    return say(turn, 'good', message('filled-order', { order: orderText(turn.state, order) }))
  // An open whose outcome is being checked is settled by the list, which says so.
  if (!order || isRefused(order)) appeared(turn, holding, order !== undefined, false)
}

function orderOf({ orders }: DeskState, { reference }: Holding): TrackedOrder | undefined {
  return [...orders.values()].find(order => reference !== null && order.reference === reference)
}

/** Knows a working order from elsewhere, until the broker's list takes over. */
export function restStreamed(turn: Turn, change: WorkingOrderUpdate): void {
  const { state, atMs } = turn
  const { dealId, epic, direction, size, level, orderKind, reference } = change
  if (state.resting.has(dealId) || state.closedDeals.has(dealId) || change.dealStatus === 'rejected') return
  endDoubt(turn, other => other === dealId)
  const isOurs = reference !== null && (state.orders.has(reference) || state.usedReferences.has(reference))
  const resting = new Map(state.resting).set(dealId, {
    dealId,
    epic,
    marketName: marketOf(state, epic)?.name ?? epic,
    direction,
    size,
    level,
    orderKind: typeof orderKind === 'string' ? orderKind : null,
    stopDistancePoints: change.stopDistancePoints,
    limitDistancePoints: change.limitDistancePoints,
    origin: state.ownDeals.get(dealId) ?? (isOurs ? 'ours' : 'elsewhere'),
    toldAtMs: atMs,
  })
  update(turn, { resting })
}
