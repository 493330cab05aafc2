import { Decimal } from 'decimal.js'
import type { Activity } from '../activity.ts'
import type { AmendRequest, AmendWorkingOrderRequest, CloseRequest, DealRequest } from '../deal-request.ts'
import type { DealId } from '../ids.ts'
import type { Position } from '../position.ts'
import type { WorkingOrder } from '../working-order.ts'
import { endedBy } from './evidence.ts'
import type { SentRegister } from './sent-register.ts'

// What the lists of what is held and what rests say about a request that changes or ends it. Pure.

/**
 * How well it is shown that a request was not dealt. `surely`: by itself. `if-refused`: where the history has its refusal too.
 * `not-at-all`: it may have been.
 */
export type Undealt = 'surely' | 'if-refused' | 'not-at-all'

type Sizes = Pick<SentRegister, 'sizeBefore'>

export function undealtByPositions(request: DealRequest, positions: readonly Position[], sizes: Sizes): Undealt {
  if (request.kind === 'close') return undealtClose(request, positions, sizes)
  if (request.kind !== 'amend') return 'surely'
  const position = positions.find(({ dealId }) => dealId === request.dealId)
  if (position === undefined) return 'not-at-all'
  return differs(request, position) ? 'surely' : 'if-refused'
}

export function undealtByOrders(request: DealRequest, orders: readonly WorkingOrder[]): Undealt {
  if (request.kind !== 'amend-order' && request.kind !== 'cancel-order') return 'surely'
  const order = orders.find(({ dealId }) => dealId === request.dealId)
  // What rests no more may have been dealt, or cancelled, before or after.
  if (order === undefined) return 'not-at-all'
  if (request.kind === 'cancel-order') return 'surely'
  if (order.level === null || hasLevel(request, order)) return 'if-refused'
  return 'surely'
}

/**
 * Whether the lists agree with a row of the history that may be this request's: what it ended is gone, what it left is as large
 * as it then must be, what it changed is as it was asked for.
 */
export function isBorneOutByPositions(
  request: CloseRequest | AmendRequest,
  row: Activity,
  positions: readonly Position[],
  sizes: Sizes,
): boolean {
  if (request.kind === 'amend') {
    const position = positions.find(({ dealId }) => dealId === request.dealId)
    return position !== undefined && isEqual(position.stopLevel, request.stopLevel) && hasLimit(request, position)
  }
  const ended = endedBy(row)
  if (positions.some(({ dealId }) => ended.includes(dealId))) return false
  const reduced = reducedBy(row)
  const [only] = reduced
  if (only === undefined) return ended.length > 0
  // How much of each was taken is not told where there were several.
  if (reduced.length > 1 || ended.length > 0) return false
  const before = sizes.sizeBefore(only, request)
  const left = positions.find(({ dealId }) => dealId === only)?.size
  return before !== null && left !== undefined && before.minus(left).equals(request.size)
}

export function isBorneOutByOrders(request: DealRequest, row: Activity, orders: readonly WorkingOrder[]): boolean {
  if (request.kind !== 'amend-order') {
    const ended = endedBy(row)
    return !orders.some(({ dealId }) => ended.includes(dealId))
  }
  const order = orders.find(({ dealId }) => dealId === request.dealId)
  return order !== undefined && hasLevel(request, order)
}

/** That something is held proves nothing: a part of it may have been closed. */
function undealtClose(request: CloseRequest, positions: readonly Position[], sizes: Sizes): Undealt {
  const { dealId, epic } = request
  const held = positions.filter(position =>
    dealId === null ? position.epic === epic && position.direction !== request.direction : position.dealId === dealId,
  )
  if (held.length === 0) return 'not-at-all'
  if (dealId === null) return 'if-refused'
  const before = sizes.sizeBefore(dealId, request)
  if (before === null) return 'if-refused'
  return held.every(({ size }) => size.equals(before)) ? 'surely' : 'not-at-all'
}

function differs(request: AmendRequest, position: Position): boolean {
  if (!hasLimit(request, position)) return true
  // A stop that trails has moved on, perhaps.
  return position.trailingStop === null && !isEqual(position.stopLevel, request.stopLevel)
}

function hasLimit({ limitLevel }: AmendRequest, position: Position): boolean {
  return isEqual(position.limitLevel, limitLevel)
}

function hasLevel({ level }: AmendWorkingOrderRequest, order: WorkingOrder): boolean {
  return isEqual(order.level, level)
}

function reducedBy({ details }: Activity): readonly DealId[] {
  const actions = details?.actions ?? []
  return actions.flatMap(({ type, affectedDealId }) =>
    type === 'position-partially-closed' && affectedDealId !== null ? [affectedDealId] : [],
  )
}

export function isEqual(found: Decimal | null, digits: string | null): boolean {
  if (found === null || digits === null) return found === null && digits === null
  return found.equals(new Decimal(digits))
}
