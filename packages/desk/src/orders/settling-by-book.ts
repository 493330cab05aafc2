import { type DealId, Decimal } from '@scalpdesk/sdk'
import { areSameButForTrailing, areSameLegs, type Holding } from '../book/holding.ts'
import { dropDeal } from '../book/holdings.ts'
import type { RestingOrder } from '../book/resting-order.ts'
import { dealOf } from '../day/day.ts'
import { isUntold } from '../day/untold.ts'
import type { DeskState } from '../desk-state.ts'
import { say, type Turn } from '../turn.ts'
import { unreachable } from '../unreachable.ts'
import { message } from '../words/message.ts'
import {
  type AmendPurpose,
  type CancelPurpose,
  type ClosePurpose,
  isPending,
  isUnknown,
  type OpenPurpose,
  type TrackedOrder,
} from './order.ts'
import { endWithoutMatter, finish, giveUp, NOTHING_TOLD } from './order-ends.ts'
import { closedMessage, filledMessage, legsText, orderText } from './order-texts.ts'

/** A request whose answer was lost, and that the lists do not show after this long, was not dealt, or will never be told. */
const LOST_MS = 5_000

/**
 * The broker's lists as they came: they prove a presence. What the desk holds, those lists corrected by what they cannot
 * show yet, proves an absence.
 */
export interface Lists {
  readonly positions: ReadonlyMap<DealId, Holding>
  /** null: could not be read. */
  readonly orders: ReadonlyMap<DealId, RestingOrder> | null
  readonly askedAtMs: number
}

/** What the lists say about orders whose outcome is unknown. */
export function settleByBook(turn: Turn, lists: Lists): void {
  for (const order of [...turn.state.orders.values()]) {
    const { stage, purpose } = order
    if (stage.kind !== 'checking' && stage.kind !== 'unresolved') continue
    // It may be there although no list shows it yet: then nothing is proved.
    if ('dealId' in purpose && turn.state.unlisted.has(purpose.dealId)) continue
    const isOverdue = stage.kind === 'checking' && lists.askedAtMs - stage.sinceMs >= LOST_MS
    const doubt: Doubt = { turn, order, lists, isOverdue }
    switch (purpose.kind) {
      case 'open':
        settleOpen(doubt, purpose)
        break
      case 'close':
        settleClose(doubt, purpose)
        break
      case 'amend':
        settleAmend(doubt, purpose)
        break
      case 'place':
        settlePlace(doubt)
        break
      case 'cancel':
        settleCancel(doubt, purpose)
        break
      default:
        return unreachable(purpose)
    }
  }
}

interface Doubt {
  readonly turn: Turn
  readonly order: TrackedOrder
  readonly lists: Lists
  readonly isOverdue: boolean
}

function settleOpen({ turn, order, lists }: Doubt, purpose: OpenPurpose): void {
  const holding = positionOf(order, lists)
  if (!holding) return
  const { dealId, level, stopLevel } = holding
  // The list may show what somebody has left of it.
  const size = dealOf(turn.state.day, dealId)?.size ?? holding.size
  finish(turn, order, { ...NOTHING_TOLD, dealId, level, size }, 'book')
  say(turn, 'good', filledMessage(turn.state, purpose, level, stopLevel))
}

/** It filled already. While it rests the list of working orders does not name its request. */
function settlePlace({ turn, order, lists }: Doubt): void {
  const holding = positionOf(order, lists)
  if (!holding) return
  const { dealId, level, size } = holding
  finish(turn, order, { ...NOTHING_TOLD, dealId, level, size }, 'book')
  say(turn, 'good', message('filled-order', { order: orderText(turn.state, order) }))
}

function positionOf({ reference }: TrackedOrder, { positions }: Lists): Holding | undefined {
  return [...positions.values()].find(holding => reference !== null && holding.reference === reference)
}

function settleClose(doubt: Doubt, purpose: ClosePurpose): void {
  const { turn, order, lists, isOverdue } = doubt
  const { dealId, size, heldSize } = purpose
  const isPart = size.lt(heldSize)
  const held = turn.state.holdings.get(dealId)
  const listed = lists.positions.get(dealId)
  const left = leftAsTold(turn.state, dealId) ?? heldSize
  if (!held) {
    // Of a part nobody knows whether it was closed before the rest was gone, nor of a whole that another close took; nothing is left of either.
    if (isPart || left.isZero()) return endWithoutMatter(turn, order, dealId)
    dropDeal(turn, dealId)
    const isTold = hasEnded(turn, order, dealId)
    finish(turn, order, { ...NOTHING_TOLD, dealId, size }, 'book')
    if (!isTold) say(turn, 'good', closedMessage(turn.state, purpose, null, null))
  } else if (listed && isPart && listed.size.equals(left.minus(size).minus(othersInDoubt(turn.state, order, dealId)))) {
    finish(turn, order, { ...NOTHING_TOLD, dealId, size }, 'book')
    say(turn, 'good', closedMessage(turn.state, purpose, null, null))
  } else if (isOverdue && listed) {
    giveUp(turn, order, message('position-still-listed', { isWhole: isPart && listed.size.equals(left) }))
  }
}

/** What should be left of a position by the closes that were told of; null: this day does not know the position. */
function leftAsTold({ day }: DeskState, dealId: DealId): Decimal | null {
  const deal = dealOf(day, dealId)
  if (!deal) return null
  return deal.parts.filter(({ id }) => isUntold(id, dealId)).reduce((left, { size }) => left.plus(size), deal.left)
}

/** How much other closes of ours may have taken of a position: as long as they are in doubt, a smaller one does not prove which of them did. */
function othersInDoubt({ orders }: DeskState, { id }: TrackedOrder, dealId: DealId): Decimal {
  let sum = new Decimal(0)
  for (const other of orders.values())
    if (other.id !== id && other.purpose.kind === 'close' && other.purpose.dealId === dealId)
      if (isPending(other) || isUnknown(other)) sum = sum.plus(other.purpose.size)
  return sum
}

/** By another close of ours, which has said so. */
function hasEnded({ state }: Turn, { id }: TrackedOrder, dealId: DealId): boolean {
  return [...state.orders.values()].some(
    ({ id: otherId, stage, purpose }) =>
      otherId !== id && stage.kind === 'done' && purpose.kind === 'close' && purpose.dealId === dealId,
  )
}

function settleAmend({ turn, order, lists, isOverdue }: Doubt, { dealId, before, after }: AmendPurpose): void {
  const listed = lists.positions.get(dealId)
  if (!turn.state.holdings.has(dealId)) {
    finish(turn, order, { ...NOTHING_TOLD, dealId }, 'book')
    return say(turn, 'info', message('no-matter', { order: orderText(turn.state, order) }))
  }
  if (!listed) return
  // A stop that trails in both is told apart by its level only; otherwise it may have followed the price since.
  const isMoved = before === null || areSameButForTrailing(before, after)
  const isSame = isMoved ? areSameLegs : areSameButForTrailing
  if (isSame(listed, after)) {
    finish(turn, order, { ...NOTHING_TOLD, dealId }, 'book')
    say(turn, 'good', message('amended', { legs: legsText(turn.state, order.purpose.epic, listed) }))
  } else if (isOverdue) giveUp(turn, order, message('listed-without-it'))
}

function settleCancel({ turn, order, lists, isOverdue }: Doubt, { dealId }: CancelPurpose): void {
  if (lists.orders === null) return
  if (!turn.state.resting.has(dealId)) {
    // The market may have been faster than the cancellation: then it is a position now.
    finish(turn, order, { ...NOTHING_TOLD, dealId }, 'book')
    say(turn, 'info', message('order-gone'))
  } else if (isOverdue && lists.orders.has(dealId)) giveUp(turn, order, message('order-still-listed'))
}
