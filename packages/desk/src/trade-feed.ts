import type { PositionUpdate, TradeEvent } from '@scalpdesk/sdk'
import type { DeskState } from './desk-state.ts'
import { onPositionGone } from './held-deals.ts'
import type { TrackedOrder } from './order.ts'
import { AFTER_UPDATE_MS, bookChanged, record, say, type Turn, update } from './turn.ts'

type FeedState = Extract<TradeEvent, { kind: 'feed' }>['state']

/**
 * Follows the account's own events. While they are not heard, nothing would tell of a stop that was hit or of an order
 * from elsewhere; when they are heard again, only a reading tells what came in between.
 */
export function onFeed(turn: Turn, feed: FeedState): void {
  const before = turn.state.tradeFeed
  if (feed === 'listening') {
    update(turn, { tradeFeed: 'listening' })
    if (before !== 'listening') record(turn, { kind: 'trade-feed', atMs: turn.atMs, state: feed })
    if (before === 'lost') say(turn, { tone: 'info', text: 'trade updates are back' })
    return bookChanged(turn, 0)
  }
  // Of a stream that is down the trader knows already.
  if (turn.state.stream.kind !== 'live') return update(turn, { tradeFeed: before === 'lost' ? 'lost' : 'awaited' })
  if (before === 'lost') return
  update(turn, { tradeFeed: 'lost' })
  record(turn, { kind: 'trade-feed', atMs: turn.atMs, state: feed })
  say(turn, { tone: 'bad', text: LOST_WORDS })
}

const LOST_WORDS =
  'TRADE UPDATES LOST: stops that are hit and orders from elsewhere show only when the broker is asked; FLAT is withheld'

/** What an order of ours in flight does to a position asks for nothing: its confirm will. */
export function onPositionUpdate(turn: Turn, change: PositionUpdate): void {
  const isExpected = isKnown(turn.state, change) || belongsToFlight(turn.state, change)
  if (change.status === 'deleted') onPositionGone(turn, change.dealId)
  if (!isExpected) bookChanged(turn, AFTER_UPDATE_MS)
}

/** A confirm was faster. */
function isKnown({ holdings, closedDeals }: DeskState, { dealId, status }: PositionUpdate): boolean {
  return status === 'open' ? holdings.has(dealId) : status === 'deleted' && closedDeals.has(dealId)
}

function belongsToFlight(state: DeskState, { dealId, reference }: PositionUpdate): boolean {
  return [...state.orders.values()].some(
    order =>
      isInFlight(order) &&
      ((reference !== null && order.reference === reference) ||
        (order.purpose.kind === 'close' && order.purpose.dealId === dealId)),
  )
}

const isInFlight = ({ stage }: TrackedOrder): boolean => stage.kind === 'sending' || stage.kind === 'acknowledged'
