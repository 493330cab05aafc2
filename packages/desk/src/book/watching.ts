import type { DealId } from '@scalpdesk/sdk'
import type { DeskState } from '../desk-state.ts'
import type { Effect } from '../effect.ts'
import type { Alarm } from '../guard/watchdogs/alarm.ts'
import { look, type WatchEvent } from '../guard/watchdogs/watch.ts'
import type { SeenStop, WatchedFeed, WatchedPosition, WatchView } from '../guard/watchdogs/watch-view.ts'
import { isBeingClosed, sendClose } from '../intents/closing.ts'
import { isRefused } from '../orders/order.ts'
import { positionText } from '../orders/order-texts.ts'
import { record, say, type Turn, update, wallMs } from '../turn.ts'
import { unreachable } from '../unreachable.ts'
import { message } from '../words/message.ts'
import { brokerTime } from './brokers-time.ts'
import type { Holding } from './holding.ts'

/**
 * Lets the watchdogs look at what is held, at the account, the clock and the feed, and says what they see. Where an order
 * leaves with this event, they look right after it.
 */
export function watchAll(turn: Turn): void {
  if (turn.effects.some(isOrder)) return update(turn, { watchDueMs: turn.atMs })
  const { watch, events, dueMs } = look(turn.state.watch, viewOf(turn), turn.state.watchSettings)
  update(turn, { watch, watchDueMs: dueMs })
  for (const event of events) tell(turn, event)
}

const ORDERS: ReadonlySet<Effect['kind']> = new Set(['open', 'close', 'amend', 'place', 'cancel'])
const isOrder = ({ kind }: Effect): boolean => ORDERS.has(kind)

function tell(turn: Turn, event: WatchEvent): void {
  switch (event.kind) {
    case 'raised':
      note(turn, event.alarm, 'began')
      return say(turn, 'bad', event.alarm.message)
    case 'ended':
      note(turn, event.alarm, 'ended')
      // What is said of a deal ends with the deal, which is news by itself.
      if (event.alarm.dealId === null) say(turn, 'info', message('alarm-over', { alarm: event.alarm.kind }))
      return
    case 'close':
      return closeByItself(turn, event.dealId)
    default:
      return unreachable(event)
  }
}

function note(turn: Turn, { kind, dealId, words }: Alarm, state: 'began' | 'ended'): void {
  const epic = dealId === null ? null : (turn.state.holdings.get(dealId)?.epic ?? turn.state.resting.get(dealId)?.epic)
  record(turn, { kind: 'alarm', atMs: turn.atMs, code: kind, state, dealId, epic: epic ?? null, words })
}

/** The trader has set that a position without a stop is closed. */
function closeByItself(turn: Turn, dealId: DealId): void {
  const holding = turn.state.holdings.get(dealId)
  if (!holding || isBeingClosed(turn.state, dealId, turn.atMs)) return
  sendClose(turn, holding, 'all', `${dealId}-${Math.round(wallMs(turn))}`, turn.atMs)
  say(turn, 'bad', message('closing-without-stop', { position: positionText(holding) }))
}

function viewOf(turn: Turn): WatchView {
  const { state, atMs } = turn
  return {
    nowMs: atMs,
    positions: [...state.holdings.values()].map(holding => watched(state, holding)),
    workingOrders: [...state.resting.values()].map(({ dealId, direction, size, marketName, origin }) => {
      return { dealId, direction, size, marketName, isOurs: origin !== 'elsewhere' }
    }),
    isDayLocked: state.memory.lock !== null,
    equity: state.account?.equity ?? null,
    margin: state.account?.margin ?? state.account?.deposit ?? null,
    brokerTime: brokerTime(state),
    wallMs: wallMs(turn),
    feed: feedOf(state),
  }
}

function watched(state: DeskState, holding: Holding): WatchedPosition {
  const { dealId, direction, size, marketName, isStopWanted, firstSeenAtMs, origin } = holding
  const stopByUs = stopSetByUs(state, dealId)
  const isOurs = origin !== 'elsewhere'
  return { dealId, direction, size, marketName, stop: stopOf(holding), isStopWanted, stopByUs, firstSeenAtMs, isOurs }
}

function stopOf({ stopLevel, seen }: Holding): SeenStop {
  if (stopLevel) return { kind: 'at', level: stopLevel }
  return { kind: seen.kind === 'confirmed' ? 'unknown' : 'none' }
}

/** By the last amendment that was not refused. */
function stopSetByUs({ orders }: DeskState, dealId: DealId): WatchedPosition['stopByUs'] {
  const last = [...orders.values()].findLast(
    order => order.purpose.kind === 'amend' && order.purpose.dealId === dealId && !isRefused(order),
  )
  return last?.purpose.kind === 'amend' ? last.purpose.after.stopLevel : undefined
}

function feedOf({ stream, liveSinceMs, quotes, heartbeat }: DeskState): WatchedFeed {
  const all = quotes.values()
  const deals = all.some(({ state, gap }) => gap === null && (state === 'tradeable' || state === 'deal-no-edit'))
  return {
    isLive: stream.kind === 'live',
    liveSinceMs,
    isDataExpected: deals || heartbeat !== null,
    lastTickAtMs: all.length > 0 ? Math.max(...all.map(({ receivedAtMs }) => receivedAtMs)) : null,
    lastHeartbeatAtMs: heartbeat?.receivedAtMs ?? null,
  }
}
