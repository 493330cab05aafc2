import { dayBounds } from '@scalpdesk/sdk'
import type { BookedMoney } from '../broker-port.ts'
import { afterFact, type Day, dealsOf } from '../day/day.ts'
import { Exact, plain } from '../day/exact.ts'
import type { BookedKnowledge, DeskState } from '../desk-state.ts'
import { learn, learnResult } from '../learning.ts'
import { isPending } from '../orders/order.ts'
import { type Turn, update } from '../turn.ts'
import { type Explained, explain } from './booked-results.ts'

/**
 * Our choices. An answer costs one or more of the non-trading calls that IG allows an account each minute (IG Labs, FAQ page),
 * of which readings leave eight.
 */
const SELDOM_MS = 900_000
const AFTER_DEALS_MS = 60_000
/** The broker books a deal a moment after it confirmed it. */
const BOOKED_IN_MS = 5_000
/** A stream that has lived for so long without telling the time will not tell it. */
const UNTIL_TIMELESS_MS = 60_000

export const NOTHING_BOOKED: BookedKnowledge = {
  asks: 0,
  asking: null,
  askedAtMs: Number.NEGATIVE_INFINITY,
  isWanted: true,
  elsewhere: null,
}

/** Asks for what the broker booked, when that is due. @param before the day as the event found it */
export function askBooked(turn: Turn, before: Day): void {
  const { booked, day } = turn.state
  if (!booked) return
  if (!booked.isWanted && before !== day && areDealsNew(before, day)) {
    const atLeastMs = turn.atMs + BOOKED_IN_MS - AFTER_DEALS_MS
    update(turn, { booked: { ...booked, isWanted: true, askedAtMs: Math.max(booked.askedAtMs, atLeastMs) } })
  }
  const dueMs = bookedDueMs(turn.state)
  if (dueMs === null || turn.atMs < dueMs) return
  learn(turn, { kind: 'time' })
  const sinceMs = dayStartMs(turn.state)
  const now = turn.state.booked
  if (sinceMs === null || !now) return
  const ask = now.asks + 1
  update(turn, { booked: { ...now, asks: ask, asking: { ask, sinceMs }, askedAtMs: turn.atMs, isWanted: false } })
  turn.effects.push({ kind: 'find-charges', ask, sinceMs })
}

function areDealsNew(before: Day, after: Day): boolean {
  return (
    before.open.length !== after.open.length ||
    before.ended.length !== after.ended.length ||
    partsOfOpen(before) !== partsOfOpen(after)
  )
}

const partsOfOpen = ({ open }: Day): number => open.reduce((count, { parts }) => count + parts.length, 0)

/** When to ask for what was booked (monotonic); null while that is under way, or trading comes first. */
export function bookedDueMs(state: DeskState): number | null {
  const { booked, book, flattens, orders } = state
  if (!booked || booked.asking || book.agreedAt === null || flattens.length > 0) return null
  for (const order of orders.values()) if (isPending(order)) return null
  if (dayStartMs(state) === null) return null
  const dueMs = booked.askedAtMs + (booked.isWanted ? AFTER_DEALS_MS : SELDOM_MS)
  if (state.brokerMs !== null) return dueMs
  // Until the broker has told its time, the day that was named before may be over.
  return state.stream.kind === 'live' ? Math.max(dueMs, state.liveSinceMs + UNTIL_TIMELESS_MS) : null
}

function dayStartMs({ memory: { day } }: DeskState): number | null {
  return day && dayBounds(day.name, day.zone).startMs
}

/** @param rows null: they could not be read */
export function onBooked(turn: Turn, ask: number, rows: readonly BookedMoney[] | null): void {
  const { booked } = turn.state
  if (booked?.asking?.ask !== ask) return
  const { sinceMs } = booked.asking
  // A midnight that no other fact has told of yet must not fall between two rows.
  learn(turn, { kind: 'time' })
  const isWanted = turn.state.booked?.isWanted === true || rows === null
  if (turn.state.booked) update(turn, { booked: { ...turn.state.booked, asking: null, isWanted } })
  // An answer about the day before, which a midnight has ended meanwhile.
  if (rows === null || dayStartMs(turn.state) !== sinceMs) return
  const ofDay = rows.filter(({ atMs }) => atMs === null || atMs >= sinceMs)
  for (const row of ofDay) tellCharge(turn, row)
  const { explained, others } = explain(turn.state, ofDay)
  for (const each of explained) tellBooked(turn, each)
  const elsewhere = others && plain(others.reduce((sum, { amount }) => sum.plus(amount), new Exact(0)))
  if (turn.state.booked) update(turn, { booked: { ...turn.state.booked, elsewhere } })
}

function tellCharge(turn: Turn, { id, amount, what }: BookedMoney): void {
  if (what.kind !== 'charge') return
  const { day, accountCurrency: currency } = turn.state
  const named = what.dealEnd === '' ? [] : dealsOf(day).filter(({ dealId }) => dealId.endsWith(what.dealEnd))
  const deal = named.length === 1 ? named[0] : undefined
  const about = { dealId: deal?.dealId ?? null, epic: deal?.epic ?? null, cause: what.cause }
  tell(turn, afterFact(day, { kind: 'charge', id, ...about, amount, currency, atMs: turn.atMs }))
  if (turn.state.memory.charges.some(charge => charge.id === id)) return
  learn(turn, { kind: 'charge-booked', id, ...about, amount })
}

/** The guard learns of a result that nobody had told; one that it knows stays as it was told. */
function tellBooked(turn: Turn, { deal, part, row, closeLevel }: Explained): void {
  const { accountCurrency, memory } = turn.state
  const { dealId, epic, direction } = deal
  const { id, size } = part
  const { amount } = row
  const told = { level: closeLevel, profit: null, profitCurrency: null, by: part.by }
  const known = afterFact(turn.state.day, {
    kind: 'reduced',
    id,
    dealId,
    epic,
    direction,
    size,
    ...told,
    atMs: turn.atMs,
  })
  tell(turn, afterFact(known, { kind: 'booked', id, amount, atMs: turn.atMs }))
  if (!memory.results.some(result => result.id === id && result.profit === null)) return
  learnResult(turn, { id, dealId, epic, profit: amount, currency: accountCurrency, isWhole: deal.left.isZero() })
}

function tell(turn: Turn, day: Day): void {
  if (day !== turn.state.day) update(turn, { day })
}
