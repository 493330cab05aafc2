import type { Quote } from '@scalpdesk/sdk'
import type { DealtBetween } from '../day/fact.ts'
import type { DeskState } from '../desk-state.ts'
import { timeAt } from '../guard/memory/day-clock.ts'
import type { TrackedOrder } from '../orders/order.ts'
import { type Turn, update } from '../turn.ts'

/** What the broker said about the time last, and when we heard it (monotonic). */
export interface BrokerTime {
  /** Milliseconds since 1970. */
  readonly brokerMs: number
  readonly receivedAtMs: number
}

const A_DAY_MS = 86_400_000
/** What no calendar has is no time: 31 December 9999, two days before which every zone can still name its next day. */
const LAST_TIME_MS = Date.UTC(9999, 11, 30)
/** So much further than expected nobody is taken at his first word (our choice): a weekend's sleep is, with the second. */
const LEAP_MS = 2 * A_DAY_MS

/** By the newest price or heartbeat. What came with a subscription tells of the past. */
export function brokerTime({ quotes, heartbeat }: Pick<DeskState, 'quotes' | 'heartbeat'>): BrokerTime | null {
  const told = heartbeat?.brokerMs ?? null
  let newest = heartbeat && isTime(told) ? { brokerMs: told, receivedAtMs: heartbeat.receivedAtMs } : null
  for (const { brokerTimeMs, receivedAtMs, isSnapshot } of quotes.values()) {
    if (!isTime(brokerTimeMs) || isSnapshot || (newest && receivedAtMs < newest.receivedAtMs)) continue
    newest = { brokerMs: brokerTimeMs, receivedAtMs }
  }
  return newest
}

function isTime(ms: number | null): ms is number {
  return ms !== null && ms >= 0 && ms <= LAST_TIME_MS
}

/**
 * The broker's time never goes back, and a leap of it ends the account's day with its lock and its losses: one timestamp that is wrong,
 * such as in another unit, must not do that. What comes next says whether it was.
 */
export function hearTheTime(turn: Turn): void {
  const { state } = turn
  const told = brokerTime(state)
  if (told === null) return
  const { brokerMs, timeLeap, memory } = state
  if (brokerMs !== null && told.brokerMs <= brokerMs) {
    if (timeLeap && told.receivedAtMs > timeLeap.receivedAtMs) update(turn, { timeLeap: null })
    return
  }
  // What only the machine's clock has said the broker's first word replaces, however far away it is.
  const isExpected = memory.clock?.by !== 'broker' || told.brokerMs - timeAt(memory.clock, turn.atMs) <= LEAP_MS
  if (isExpected || goesOn(timeLeap, told)) update(turn, { brokerMs: told.brokerMs, timeLeap: null })
  else update(turn, { timeLeap: told })
}

function goesOn(leap: BrokerTime | null, { brokerMs, receivedAtMs }: BrokerTime): boolean {
  if (leap === null || receivedAtMs <= leap.receivedAtMs) return false
  return brokerMs >= leap.brokerMs && brokerMs - leap.brokerMs <= A_DAY_MS
}

/**
 * How much older than its arrival a price is: what comes with a subscription is the market's last word, from whenever that was (IG Labs,
 * Streaming API reference, "MARKET", `UPDATE_TIME`). 0 for every other one, where the broker has told no time, and where the two are more than a
 * day apart: then they do not go by one clock, as on a tape of another day.
 */
export function ageAtArrivalMs(
  { isSnapshot, brokerTimeMs }: Pick<Quote, 'isSnapshot' | 'brokerTimeMs'>,
  brokerMs: number | null,
): number {
  if (!isSnapshot || brokerTimeMs === null || brokerMs === null) return 0
  const ageMs = brokerMs - brokerTimeMs
  return ageMs > 0 && ageMs <= A_DAY_MS ? ageMs : 0
}

/** The broker's own time at this moment, milliseconds since 1970; null: it never told one. */
export function brokersNow({ state, atMs }: Turn): number | null {
  const told = brokerTime(state)
  return told && told.brokerMs + Math.max(0, atMs - told.receivedAtMs)
}

/**
 * When something was dealt that is told of now. A clock that was set in between makes it longer, never shorter.
 * @param order that it was dealt for; null: nobody knows since when
 */
export function dealtBy(turn: Turn, order: Pick<TrackedOrder, 'sentBrokerMs' | 'timing'> | null): DealtBetween {
  const nowMs = brokersNow(turn)
  if (nowMs === null) return { fromMs: order?.sentBrokerMs ?? null, untilMs: null }
  const untilMs = Math.max(nowMs, turn.state.brokerMs ?? nowMs)
  const sentMs = order?.sentBrokerMs ?? null
  if (!order || sentMs === null) return { fromMs: null, untilMs }
  return { fromMs: Math.min(sentMs, nowMs - (turn.atMs - order.timing.pressedAtMs)), untilMs }
}
