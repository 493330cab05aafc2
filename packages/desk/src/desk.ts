import { onBookFailed, onBookRead, readBook, readDueMs } from './book-reading.ts'
import { pollConfirms } from './confirm-polling.ts'
import type { DeskEvent } from './desk-event.ts'
import type { DeskState } from './desk-state.ts'
import type { Effect } from './effect.ts'
import { enter } from './entering.ts'
import { exposure } from './exposure.ts'
import { advanceFlatten, flatten, flattenDueMs } from './flattening.ts'
import { isPending, unreachable } from './order.ts'
import { onConfirmFound, onJournalFailed, onSubmitted, onTrade, onWire } from './settling.ts'
import { onStream, onTimeLost } from './stream-watch.ts'
import { record, type Turn, update } from './turn.ts'

/**
 * The order desk: what happened in, what to do out. Pure: the same state and event give the same answer, so a session
 * replays from its events. Everything that can trade goes through here.
 */
export function process(
  state: DeskState,
  event: DeskEvent,
): { readonly state: DeskState; readonly effects: readonly Effect[] } {
  if (event.kind === 'quote') return { state: withQuote(state, event), effects: [] }
  const turn: Turn = { state, effects: [], atMs: event.atMs }
  handle(turn, event)
  pollConfirms(turn)
  advanceFlatten(turn)
  readBook(turn)
  return { state: turn.state, effects: turn.effects }
}

function handle(turn: Turn, event: Exclude<DeskEvent, { kind: 'quote' }>): void {
  switch (event.kind) {
    case 'intent':
      if (event.intent.kind === 'enter') enter(turn, event.intent.direction, event)
      else flatten(turn, event)
      return
    case 'on-wire':
      return onWire(turn, event.id)
    case 'submitted':
      return onSubmitted(turn, event.id, event.submission)
    case 'journal-failed':
      return onJournalFailed(turn, event.id, event.cause)
    case 'trade':
      return onTrade(turn, event.trade)
    case 'confirm-found':
      return onConfirmFound(turn, event.id, event.confirm)
    case 'book-read':
      return onBookRead(turn, event.ask, event.book)
    case 'book-failed':
      return onBookFailed(turn, event.ask, event.cause)
    case 'stream':
      return onStream(turn, event.status)
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

function withQuote(state: DeskState, event: Extract<DeskEvent, { kind: 'quote' }>): DeskState {
  return { ...state, quotes: new Map(state.quotes).set(event.quote.epic, event.quote) }
}

function onAccount(turn: Turn, { figures }: Extract<DeskEvent, { kind: 'account' }>): void {
  update(turn, { account: figures })
  if (turn.state.openingEquity || !figures.equity) return
  update(turn, { openingEquity: figures.equity })
  const { accountCurrency: currency } = turn.state
  record(turn, { kind: 'day-opened', atMs: turn.atMs, equity: figures.equity.toFixed(), currency })
}

/** When the desk next wants a `clock` event (monotonic); null when nothing waits. */
export function nextDueMs(state: DeskState): number | null {
  const due: number[] = []
  const reading = readDueMs(state)
  if (reading !== null) due.push(reading)
  for (const { stage } of state.orders.values())
    if (stage.kind === 'acknowledged' || stage.kind === 'checking') due.push(stage.polls.nextAtMs)
  const flattening = flattenDueMs(state)
  if (flattening !== null) due.push(flattening)
  return due.length > 0 ? Math.min(...due) : null
}

/** Whether leaving now may leave something at the broker. */
export function leavesExposure(state: DeskState): boolean {
  return exposure(state) !== 'flat' || [...state.orders.values()].some(isPending)
}
