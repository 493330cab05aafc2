import type { DealId } from '@scalpdesk/sdk'
import { brokersNow } from '../book/brokers-time.ts'
import { tellDay } from '../book/day-keeping.ts'
import { claim } from '../book/holdings.ts'
import { doubt } from '../book/unlisted.ts'
import type { PastDeal } from '../broker-port.ts'
import { dealOf } from '../day/day.ts'
import { type DeskState, marketOf } from '../desk-state.ts'
import { bookChanged, say, type Turn, update, wallMs } from '../turn.ts'
import { message } from '../words/message.ts'
import { isEntering, isUnknown, type OpenPurpose, type TrackedOrder } from './order.ts'
import { finish, NOTHING_TOLD, reject } from './order-ends.ts'
import { orderText } from './order-texts.ts'

/** An order is looked for in the account's history when its confirm and the lists have not told for this long (our choice). */
const HISTORY_AFTER_MS = 10_000
/** Our choices: how soon again, doubled with each answer that settled nothing. */
const ASK_AGAIN_MS = 20_000
const SLOWEST_ASK_MS = 600_000
/** The broker's clock may be so much behind ours (our choice). */
const CLOCK_DIFFERENCE_MS = 5_000

/**
 * The last place in which a request leaves a trace: the account's history names it by its reference. IG Labs, REST API
 * reference, "Accounts", GET /history/activity, `details.dealReference`.
 */
export function askHistory(turn: Turn): void {
  const dueMs = historyDueMs(turn.state)
  if (dueMs === null || turn.atMs < dueMs) return
  const { history } = turn.state
  const ask = history.asks + 1
  update(turn, { history: { ...history, asks: ask, isAsking: true, askedAtMs: turn.atMs } })
  const sentMs = wantedInHistory(turn.state).map(order => sentAt(turn, order))
  turn.effects.push({ kind: 'find-deals', ask, sinceMs: Math.min(...sentMs) - CLOCK_DIFFERENCE_MS })
}

/** The earliest that it may have been by the broker's clock, which the history goes by: this machine's may be hours ahead. */
function sentAt(turn: Turn, { sentWallMs, sentBrokerMs }: TrackedOrder): number {
  const now = brokersNow(turn)
  const aheadMs = now === null ? 0 : Math.max(0, wallMs(turn) - now)
  return Math.min(sentWallMs - aheadMs, sentBrokerMs ?? sentWallMs)
}

/** When the history is to be asked for (monotonic); null while that is under way, or when nothing is looked for. */
export function historyDueMs(state: DeskState): number | null {
  const { isAsking, askedAtMs, vain } = state.history
  const wanted = wantedInHistory(state)
  if (isAsking || wanted.length === 0) return null
  const sinceMs = Math.min(
    ...wanted.map(({ stage }) => ('sinceMs' in stage ? stage.sinceMs : Number.POSITIVE_INFINITY)),
  )
  const isAnyNew = wanted.some(({ stage }) => stage.kind === 'checking')
  const gapMs = isAnyNew ? ASK_AGAIN_MS : Math.min(ASK_AGAIN_MS * 2 ** vain, SLOWEST_ASK_MS)
  return Math.max(sinceMs + HISTORY_AFTER_MS, askedAtMs + gapMs)
}

function wantedInHistory({ orders }: DeskState): readonly TrackedOrder[] {
  return [...orders.values()].filter(order => order.reference !== null && isUnknown(order))
}

/** @param deals null: the history could not be read. That nothing is there proves nothing. */
export function onDealsFound(turn: Turn, ask: number, deals: readonly PastDeal[] | null): void {
  const { history } = turn.state
  if (!history.isAsking || history.asks !== ask) return
  const wanted = wantedInHistory(turn.state)
  let settled = 0
  for (const order of wanted) {
    const named = deals?.filter(deal => deal.reference === order.reference) ?? []
    // An acceptance counts more than a rejection: that may be of a repetition on its way.
    const deal = named.find(({ status }) => status === 'accepted') ?? named[0]
    if (!deal) continue
    settled += 1
    if (deal.status === 'rejected') reject(turn, order, deal.description ?? 'UNKNOWN')
    else settleAccepted(turn, order, deal)
  }
  update(turn, { history: { ...history, isAsking: false, vain: settled > 0 ? 0 : history.vain + 1 } })
}

/** What is open now only the lists tell: it may have been closed since. */
function settleAccepted(turn: Turn, order: TrackedOrder, { dealId, affected }: PastDeal): void {
  const deal = affected[0] ?? dealId
  finish(turn, order, { ...NOTHING_TOLD, dealId: deal }, 'activity')
  if (deal && isEntering(order)) claim(turn, deal)
  if (deal && order.purpose.kind === 'open') tellDealt(turn, order, order.purpose, deal)
  say(turn, 'good', message('dealt-by-history', { order: orderText(turn.state, order) }))
  bookChanged(turn, 0)
}

/** It may be over already: then no list will ever show it, and the day knows of it by this alone. */
function tellDealt(turn: Turn, { reference }: TrackedOrder, purpose: OpenPurpose, dealId: DealId): void {
  const { state, atMs } = turn
  const { epic, direction, size } = purpose
  const market = marketOf(state, epic)
  if (!market || state.holdings.has(dealId) || dealOf(state.day, dealId)) return
  const { currency, contractSize, pointsPerUnit, decimals } = market
  const held = { dealId, reference, epic, direction, size, currency, contractSize, pointsPerUnit, decimals }
  const unknown = { level: null, stop: null, price: null, heldBeforeMs: null }
  tellDay(turn, { kind: 'opened', ...held, ...unknown, atMs })
  if (!state.closedDeals.has(dealId)) doubt(turn, dealId, { epic, size, reference })
}
