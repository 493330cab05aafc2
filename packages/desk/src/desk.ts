import { type Decimal, dayAt, type Quote } from '@scalpdesk/sdk'
import { onBookFailed, onBookRead, readBook, readDueMs } from './book/book-reading.ts'
import { askBooked, bookedDueMs, onBooked } from './book/booked-money.ts'
import { hearTheTime } from './book/brokers-time.ts'
import { keepDay } from './book/day-keeping.ts'
import { exposure } from './book/exposure.ts'
import { onStream, onTimeLost } from './book/stream-watch.ts'
import { onTrade } from './book/trade-feed.ts'
import { tradeMarket } from './book/traded-markets.ts'
import { watchAll } from './book/watching.ts'
import { afterFact, afterPrice, type Day } from './day/day.ts'
import { moneyOf, openAccountCents, openProfit } from './day/open-profit.ts'
import type { DeskEvent, IntentEvent } from './desk-event.ts'
import type { DeskState } from './desk-state.ts'
import type { Effect } from './effect.ts'
import { wouldLock } from './guard/memory/day-result.ts'
import { GUARD_RECORD, onGuardUnwritten, unwrittenDueMs, writeAgain } from './guard-records.ts'
import { cancel } from './intents/cancelling.ts'
import { advanceLegChanges, changeLegs, legChangeDueMs } from './intents/changing-legs.ts'
import { close } from './intents/closing.ts'
import { acceptUnknown, adopt, choosePreset, lockDay, setArmed } from './intents/deciding.ts'
import { enter, onEntered } from './intents/entering.ts'
import { advanceFlattens, flatten, flattenDueMs } from './intents/flattening.ts'
import { enterNetting } from './intents/netting.ts'
import { join, place } from './intents/placing.ts'
import { advanceReversals, reversalDueMs, reverse } from './intents/reversing.ts'
import { learn } from './learning.ts'
import { noteCaller } from './orders/caller.ts'
import { pollConfirms } from './orders/confirm-polling.ts'
import { isPending } from './orders/order.ts'
import { onConfirmFound, onJournalFailed, onSubmitted } from './orders/settling.ts'
import { askHistory, historyDueMs, onDealsFound } from './orders/settling-by-history.ts'
import { onPainted, stamp } from './orders/timing.ts'
import { record, type Turn, update, wallMs } from './turn.ts'
import { unreachable } from './unreachable.ts'

/**
 * The order desk: what happened in, what to do out. Pure: the same state and event give the same answer, so a session
 * replays from its events. Everything that can trade goes through here.
 */
export function process(state: DeskState, event: DeskEvent): Processed {
  if (event.kind === 'quote') return onQuote(state, event.quote)
  const turn: Turn = { state, effects: [], atMs: event.atMs }
  if ('wallMs' in event && event.wallMs !== undefined) update(turn, { wallOffsetMs: event.wallMs - event.atMs })
  hearTheTime(turn)
  handle(turn, event)
  turnTheDay(turn)
  pollConfirms(turn)
  advanceReversals(turn)
  advanceLegChanges(turn)
  advanceFlattens(turn)
  keepDay(turn, state.holdings)
  watchAll(turn)
  // A record carries the broker's time: what belongs to a day that is over must not be written into the next.
  if (turn.state.unwritten) learn(turn, { kind: 'time' })
  writeAgain(turn)
  askHistory(turn)
  readBook(turn)
  askBooked(turn, state.day)
  return { state: turn.state, effects: turn.effects }
}

export interface Processed {
  readonly state: DeskState
  readonly effects: readonly Effect[]
}

function handle(turn: Turn, event: Exclude<DeskEvent, { kind: 'quote' }>): void {
  switch (event.kind) {
    case 'intent':
      return want(turn, event)
    case 'entered':
      return onEntered(turn, event)
    case 'on-wire':
      return stamp(turn, event.id, { wireAtMs: event.atMs })
    case 'journalled':
      return stamp(turn, event.id, { decidedAtMs: event.decidedAtMs, journalledAtMs: event.atMs })
    case 'painted':
      return onPainted(turn, event.ids)
    case 'submitted':
      return onSubmitted(turn, event.id, event.submission)
    case 'journal-failed':
      if (event.id === GUARD_RECORD) return onGuardUnwritten(turn)
      return onJournalFailed(turn, event.id, event.cause)
    case 'trade':
      return onTrade(turn, event.trade)
    case 'confirm-found':
      return onConfirmFound(turn, event.id, event.confirm)
    case 'book-read':
      return onBookRead(turn, event.ask, event.book)
    case 'book-failed':
      return onBookFailed(turn, event.ask, event.cause)
    case 'deals-found':
      return onDealsFound(turn, event.ask, event.deals)
    case 'charges-found':
      return onBooked(turn, event.ask, event.booked)
    case 'stream':
      return onStream(turn, event.status)
    case 'heartbeat':
      return update(turn, { heartbeat: { brokerMs: event.brokerTimeMs, receivedAtMs: event.atMs } })
    case 'trade-market':
      return tradeMarket(turn, event.contract)
    case 'limits':
      return learn(turn, { kind: 'limits', limits: event.limits })
    case 'account':
      return onAccount(turn, event)
    case 'time-lost':
      return onTimeLost(turn, event.lostMs)
    case 'clock':
      return
    default:
      return unreachable(event)
  }
}

function want(turn: Turn, event: IntentEvent): void {
  const { intent, reference, pressedAtMs } = event
  noteCaller(turn, reference, event.by)
  switch (intent.kind) {
    case 'enter': {
      const { epic, direction, size, stop, limitPoints } = intent
      const entry = { epic, direction, size, stop, limitPoints, reference, pressedAtMs }
      return turn.state.mode === 'net' ? enterNetting(turn, entry) : enter(turn, entry)
    }
    case 'close':
      return close(turn, intent.dealId, intent.part, event)
    case 'flatten':
      return flatten(turn, intent.scope, event)
    case 'reverse':
      return reverse(turn, intent.epic, intent.as, event)
    case 'breakeven':
    case 'move-leg':
    case 'set-leg':
    case 'tighten':
    case 'remove-limit':
    case 'trail':
      return changeLegs(turn, intent, event)
    case 'join':
      return join(turn, intent, event)
    case 'place':
      return place(turn, intent, event)
    case 'cancel':
      return cancel(turn, intent.orders, event)
    case 'adopt':
      return adopt(turn, intent.dealId)
    case 'accept-unknown':
      return acceptUnknown(turn, intent.id)
    case 'arm':
    case 'disarm':
      return setArmed(turn, intent.kind === 'arm')
    case 'choose-preset':
      return choosePreset(turn, intent.epic, intent.name, intent.sizeKey)
    case 'lock-day':
      return lockDay(turn)
    default:
      return unreachable(intent)
  }
}

/** Cheap: thousands come a second. Only a market that opens or closes, a loss that ends the day, and midnight make more of it. */
function onQuote(before: DeskState, quote: Quote): Processed {
  const quotes = before.quotes.with(quote)
  const state = { ...before, quotes, day: afterQuote(before.day, quote) }
  const open = lockingProfit(state)
  const isAsBefore = before.quotes.get(quote.epic)?.state === quote.state
  const isTimeTold = isPastMidnight(state, quote) || state.timeLeap !== null
  if (isAsBefore && open === null && !isTimeTold) return { state, effects: NOTHING_TO_DO }
  const turn: Turn = { state, effects: [], atMs: quote.receivedAtMs }
  turnTheDay(turn)
  if (open) learn(turn, { kind: 'open-profit', money: open })
  watchAll(turn)
  return { state: turn.state, effects: turn.effects }
}

/** A market without a price goes somewhere that nobody sees. */
function afterQuote(day: Day, quote: Quote): Day {
  if (quote.bidUnits !== null && quote.offerUnits !== null) return afterPrice(day, quote)
  const missed = { kind: 'prices-missed', epic: quote.epic, atMs: quote.receivedAtMs } as const
  return afterPrice(afterFact(day, missed), quote)
}

const NOTHING_TO_DO: readonly Effect[] = []

/** The open result, where telling it to the guard would lock the day. */
function lockingProfit(state: DeskState): Decimal | null {
  const { memory, holdings } = state
  if (memory.limits.inForce.maxDayLoss === null || memory.lock || holdings.size === 0) return null
  const cents = openAccountCents(state.day, state.quotes)
  const open = cents === null ? openProfit(state.day, state.quotes).account : moneyOf(cents)
  return open && wouldLock(memory, open) ? open : null
}

function isPastMidnight({ memory: { day } }: DeskState, { brokerTimeMs, isSnapshot }: Quote): boolean {
  return day !== null && brokerTimeMs !== null && brokerTimeMs >= day.endMs && !isSnapshot
}

/** The account's day ends by the first word of the broker's time after its midnight, whatever brings it. */
function turnTheDay(turn: Turn): void {
  hearTheTime(turn)
  const { brokerMs, memory } = turn.state
  if (brokerMs !== null && memory.day && brokerMs >= memory.day.endMs) learn(turn, { kind: 'time' })
}

function onAccount(turn: Turn, { figures }: Extract<DeskEvent, { kind: 'account' }>): void {
  update(turn, { account: figures })
  if (!figures.equity) return
  learn(turn, { kind: 'equity', money: figures.equity })
  openDay(turn, figures.equity)
}

/** Writes down with which equity the account's day began: that of its first figures, or of the end of the day before. */
function openDay(turn: Turn, equity: Decimal): void {
  const { openedDay, openingEquity, accountCurrency: currency, zone, memory } = turn.state
  const day = memory.day?.name ?? dayAt(wallMs(turn), zone)
  if (openedDay === day) return
  // A day that only the machine's clock had named goes on under the broker's name for it.
  const isSameDay = openingEquity !== null && memory.openingEquity?.equals(openingEquity)
  const opening = isSameDay ? openingEquity : (memory.openingEquity ?? equity)
  update(turn, { openingEquity: opening, openedDay: day })
  record(turn, { kind: 'day-opened', atMs: turn.atMs, day, equity: opening.toFixed(), currency })
}

/** When the desk next wants a `clock` event (monotonic); null when nothing waits. */
export function nextDueMs(state: DeskState): number | null {
  const due = [
    readDueMs(state),
    historyDueMs(state),
    bookedDueMs(state),
    flattenDueMs(state),
    reversalDueMs(state),
    legChangeDueMs(state),
    unwrittenDueMs(state),
    state.watchDueMs,
  ].filter(dueMs => dueMs !== null)
  for (const { stage } of state.orders.values())
    if (stage.kind === 'acknowledged' || stage.kind === 'checking') due.push(stage.polls.nextAtMs)
  return due.length > 0 ? Math.min(...due) : null
}

/** Whether leaving now may leave something at the broker. */
export function leavesExposure(state: DeskState): boolean {
  return exposure(state) !== 'flat' || [...state.orders.values()].some(isPending)
}
