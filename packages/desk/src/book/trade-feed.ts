import type { PositionUpdate, TradeEvent } from '@scalpdesk/sdk'
import type { DeskState } from '../desk-state.ts'
import { onStreamedConfirm } from '../orders/confirm-settling.ts'
import { isInFlight } from '../orders/order.ts'
import { AFTER_UPDATE_MS, bookChanged, record, say, type Turn, update } from '../turn.ts'
import { unreachable } from '../unreachable.ts'
import { message } from '../words/message.ts'
import { areSameLegs } from './holding.ts'
import { onPositionGone } from './holdings.ts'
import { onWorkingOrderUpdate } from './resting-orders.ts'
import { followLegs, holdStreamed, tellUnseen } from './streamed-deals.ts'

/** The account's own events: confirms, positions, working orders, and whether they are heard. */
export function onTrade(turn: Turn, trade: TradeEvent): void {
  switch (trade.kind) {
    case 'confirm':
      return onStreamedConfirm(turn, trade.confirm)
    case 'position':
      return onPositionUpdate(turn, trade.update)
    case 'working-order':
      return onWorkingOrderUpdate(turn, trade.update)
    case 'feed':
      return onFeed(turn, trade.state)
    case 'unreadable':
      askUntilSure(turn)
      return bookChanged(turn, 0)
    default:
      return unreachable(trade)
  }
}

type FeedState = Extract<TradeEvent, { kind: 'feed' }>['state']

/**
 * While they are not heard, nothing would tell of a stop that was hit or of an order from elsewhere; when they are heard
 * again, only a reading tells what came in between.
 */
function onFeed(turn: Turn, feed: FeedState): void {
  const before = turn.state.tradeFeed
  if (feed === 'listening') {
    update(turn, { tradeFeed: 'listening' })
    if (before !== 'listening') record(turn, { kind: 'trade-feed', atMs: turn.atMs, state: feed })
    if (before === 'lost') say(turn, 'info', message('trades-back'))
    return bookChanged(turn, 0)
  }
  // Of a stream that is down the trader knows already.
  if (turn.state.stream.kind !== 'live') return update(turn, { tradeFeed: before === 'lost' ? 'lost' : 'awaited' })
  if (before === 'lost') return
  update(turn, { tradeFeed: 'lost' })
  record(turn, { kind: 'trade-feed', atMs: turn.atMs, state: feed })
  say(turn, 'bad', message('trades-lost'))
}

/** What an order of ours in flight does to a position asks for nothing: its confirm will. */
function onPositionUpdate(turn: Turn, change: PositionUpdate): void {
  const isFlying = belongsToFlight(turn.state, change)
  const isExpected = isFlying || isKnown(turn.state, change)
  const held = turn.state.holdings.get(change.dealId)
  // How much of it is left, only the list says.
  if (!isExpected && change.status === 'updated' && held && !held.size.equals(change.size)) askUntilSure(turn)
  if (change.status === 'deleted') {
    tellUnseen(turn, change)
    onPositionGone(turn, change.dealId)
  } else if (!isFlying || change.status === 'open') {
    holdStreamed(turn, change)
    if (change.status === 'updated') followLegs(turn, change)
  }
  if (!isExpected) bookChanged(turn, AFTER_UPDATE_MS)
}

/** A list that is asked for now may be from before what only a list can tell. */
function askUntilSure(turn: Turn): void {
  update(turn, { book: { ...turn.state.book, missedAtMs: turn.atMs } })
}

/** A confirm was faster. */
function isKnown({ holdings, closedDeals }: DeskState, change: PositionUpdate): boolean {
  const { dealId, status } = change
  if (status === 'deleted') return closedDeals.has(dealId)
  const holding = holdings.get(dealId)
  if (!holding || status === 'open') return holding !== undefined && status === 'open'
  return (
    status === 'updated' &&
    holding.seen.kind === 'changed' &&
    holding.size.equals(change.size) &&
    areSameLegs(holding, change)
  )
}

function belongsToFlight(state: DeskState, { dealId, reference }: PositionUpdate): boolean {
  return [...state.orders.values()].some(
    order =>
      isInFlight(order) &&
      ((reference !== null && order.reference === reference) ||
        ((order.purpose.kind === 'close' || order.purpose.kind === 'amend') && order.purpose.dealId === dealId)),
  )
}
