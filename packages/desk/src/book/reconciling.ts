import { type DealId, Decimal, type Position, type WorkingOrder } from '@scalpdesk/sdk'
import { areTradesHeard, type DeskState } from '../desk-state.ts'
import { isFurther } from '../guard/amend-risk.ts'
import type { TrackedOrder } from '../orders/order.ts'
import { areSameButForTrailing, type Holding } from './holding.ts'
import { holdingOf, type Known } from './holdings.ts'
import { LIST_LAG_MS } from './list-lag.ts'
import { type RestingOrder, restingOf } from './resting-order.ts'

// The broker's lists, corrected by what they may not show yet. IG's lists follow a confirm shortly, not atomically, and nothing says that
// each of them is from after the one before: where several servers answer, one may show again what was.

/** @property isLagging some of it has to be read again. */
export interface Reconciled<Value> {
  readonly known: ReadonlyMap<DealId, Value>
  readonly isLagging: boolean
}

/** The list as it came. Whose a position is, and since when it is known, does not change while it is held. */
export function listedHoldings(
  state: DeskState,
  positions: readonly Position[],
  atMs: number,
): ReadonlyMap<DealId, Holding> {
  return new Map(positions.map(position => [position.dealId, holdingOf(position, knownOf(state, position, atMs))]))
}

export function knownOf(
  state: DeskState,
  { dealId, dealReference }: Pick<Position, 'dealId' | 'dealReference'>,
  atMs: number,
): Known {
  const held = state.holdings.get(dealId)
  if (held) return held
  const order = [...state.orders.values()].find(({ reference }) => reference !== null && reference === dealReference)
  const isOurs = order !== undefined || (dealReference !== null && state.usedReferences.has(dealReference))
  const origin = state.ownDeals.get(dealId) ?? (isOurs ? 'ours' : 'elsewhere')
  const purpose = order?.purpose
  const isStopWanted = (purpose?.kind === 'open' || purpose?.kind === 'place') && purpose.stopPoints !== null
  return { origin, isStopWanted, firstSeenAtMs: atMs, toldAtMs: order ? atMs : null }
}

/** As {@link listedHoldings}; the list of working orders names no request. */
export function listedResting(
  { ownDeals, resting }: DeskState,
  orders: readonly WorkingOrder[],
): ReadonlyMap<DealId, RestingOrder> {
  const known = ({ dealId }: WorkingOrder): Pick<RestingOrder, 'origin' | 'toldAtMs'> => ({
    origin: ownDeals.get(dealId) ?? 'elsewhere',
    toldAtMs: resting.get(dealId)?.toldAtMs ?? null,
  })
  return new Map(orders.map(order => [order.dealId, restingOf(order, known(order))]))
}

/** All that was confirmed shortly before the list was asked for, or since, counts more than the list. */
export function reconcileHoldings(
  state: DeskState,
  listed: ReadonlyMap<DealId, Holding>,
  askedAtMs: number,
): Reconciled<Holding> {
  const known = new Map<DealId, Holding>()
  let isLagging = false
  for (const [dealId, holding] of listed) {
    if (isOverByNow(state, dealId, askedAtMs)) {
      isLagging = true
      continue
    }
    const before = state.holdings.get(dealId)
    const isBelieved = before && 'atMs' in before.seen && askedAtMs - before.seen.atMs < LIST_LAG_MS
    if (isBelieved && isBehind(holding, before)) {
      isLagging = true
      known.set(dealId, correctedBy(before, holding))
    } else known.set(dealId, isBelieved ? asChanged(before, asTrailed(before, holding)) : holding)
  }
  for (const [dealId, holding] of state.holdings) {
    if (listed.has(dealId)) continue
    if (mayBeBehind(newsOf(holding), askedAtMs)) known.set(dealId, holding)
    else if (isMissedFirst(state, holding)) known.set(dealId, { ...holding, seen: { kind: 'missed' } })
    else continue
    isLagging = true
  }
  return { known, isLagging }
}

/** @param listed null: their list could not be read, and what was known stays. */
export function reconcileResting(
  state: DeskState,
  listed: ReadonlyMap<DealId, RestingOrder> | null,
  askedAtMs: number,
): Reconciled<RestingOrder> {
  if (listed === null) return { known: state.resting, isLagging: false }
  const known = new Map<DealId, RestingOrder>()
  let isLagging = false
  for (const [dealId, order] of listed)
    if (isOverByNow(state, dealId, askedAtMs)) isLagging = true
    else known.set(dealId, order)
  for (const [dealId, order] of state.resting) {
    if (listed.has(dealId) || !mayBeBehind(order.toldAtMs, askedAtMs)) continue
    known.set(dealId, order)
    isLagging = true
  }
  return { known, isLagging }
}

/** Whether a list that does not show it may be from before it was new; one that has shown it since proves nothing about the next. */
function mayBeBehind(toldAtMs: number | null, askedAtMs: number): boolean {
  return toldAtMs !== null && askedAtMs - toldAtMs < LIST_LAG_MS
}

/** The stream would have told of its end, and no close of ours explains it: one list alone does not prove it. */
function isMissedFirst(state: DeskState, { dealId, seen }: Holding): boolean {
  const isCloseOfIt = ({ purpose }: TrackedOrder) => purpose.kind === 'close' && purpose.dealId === dealId
  return areTradesHeard(state) && seen.kind !== 'missed' && ![...state.orders.values()].some(isCloseOfIt)
}

const newsOf = ({ seen, toldAtMs }: Holding): number | null => (seen.kind === 'confirmed' ? seen.atMs : toldAtMs)

function isOverByNow({ closedDeals }: DeskState, dealId: DealId, askedAtMs: number): boolean {
  const closedAtMs = closedDeals.get(dealId)
  return closedAtMs !== undefined && askedAtMs - closedAtMs < LIST_LAG_MS
}

/** The list shows what was before a confirmed change. Of what was only opened it knows better: a confirm may name no leg. */
function isBehind(listed: Holding, { size, seen, ...legs }: Holding): boolean {
  if (listed.size.gt(size)) return true
  return seen.kind === 'changed' && !areSameButForTrailing(listed, legs)
}

/** A list that agrees with a change does not end the time in which another may not. */
function asChanged({ seen, size }: Holding, listed: Holding): Holding {
  return seen.kind === 'changed' && listed.size.equals(size) ? { ...listed, seen } : listed
}

/** A stop that trails never goes back by itself: a list that shows it further away has not followed yet. */
function asTrailed({ stopLevel, trailingStop, seen }: Holding, listed: Holding): Holding {
  if (stopLevel === null || listed.stopLevel === null || trailingStop === null || listed.trailingStop === null)
    return listed
  return isFurther(listed.direction, stopLevel, listed.stopLevel) ? { ...listed, stopLevel, seen } : listed
}

function correctedBy(
  { size, seen, stopLevel, limitLevel, isGuaranteed, trailingStop }: Holding,
  listed: Holding,
): Holding {
  // It never grows: the smaller one is the later one.
  const left = { size: Decimal.min(size, listed.size), seen }
  if (seen.kind !== 'changed') return { ...listed, ...left }
  return { ...listed, ...left, stopLevel, limitLevel, isGuaranteed, trailingStop }
}
