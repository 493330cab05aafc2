import type { BookedRow } from '../bridge/balance-bridge.ts'
import type { BrokerTransaction } from '../day-facts.ts'
import { shortId } from '../join/broker-rows.ts'
import { beganAtMs } from '../join/position.ts'
import { SAME_MOMENT_MS } from '../join/result-matching.ts'
import type { BalanceCause } from '../report.ts'
import type { TradeCharge } from '../trade.ts'
import { heldUntilMs, type RoundTrip } from './round-trips.ts'

export interface AssignedCharges {
  readonly of: ReadonlyMap<RoundTrip, readonly TradeCharge[]>
  /** Ids of rows that were put to a trade by its market and time alone. */
  readonly guessed: readonly string[]
}

/**
 * Charges and the trades that they belong to. A reference that is the end of one of its deal ids names the trade; else the row has to print
 * the name of a market in which a single trade was held at that time, which is a guess. The rest stays a charge of the day.
 */
export function assignedCharges(
  booked: readonly BookedRow[],
  rowOf: (id: string) => BrokerTransaction | undefined,
  trips: readonly RoundTrip[],
): AssignedCharges {
  const byDeal = new Map<string, RoundTrip>()
  const byMarket = new Map<string, Held[]>()
  for (const trip of trips) {
    for (const { dealId, closes } of trip)
      for (const id of [dealId, ...closes.map(close => close.dealId)]) if (id !== null) byDeal.set(shortId(id), trip)
    const name = trip[0].marketName
    const fromMs = beganAtMs(trip[0])
    if (name === null || fromMs === null) continue
    const held = byMarket.get(name) ?? []
    held.push({ trip, fromMs, toMs: Math.max(...trip.map(heldUntilMs)) + SAME_MOMENT_MS })
    byMarket.set(name, held)
  }
  const of = new Map<RoundTrip, TradeCharge[]>()
  const guessed: string[] = []
  for (const { id, atMs, amount, cause } of booked) {
    const row = rowOf(id)
    const name = CAUSES.get(cause)
    if (!row || name === undefined) continue
    const named = byDeal.get(row.reference)
    const trip = named ?? heldAt(byMarket, row.instrumentName ?? '', atMs)
    if (!trip) continue
    if (!named) guessed.push(id)
    const known = of.get(trip) ?? []
    known.push({ cause: name, amount, reference: row.reference })
    of.set(trip, known)
  }
  return { of, guessed }
}

const CAUSES: ReadonlyMap<BalanceCause, TradeCharge['cause']> = new Map([
  ['commission', 'commission'],
  ['funding', 'funding'],
  ['guaranteed-stop', 'guaranteed-stop'],
  ['dividend', 'dividend'],
])

interface Held {
  readonly trip: RoundTrip
  readonly fromMs: number
  readonly toMs: number
}

function heldAt(byMarket: ReadonlyMap<string, readonly Held[]>, text: string, atMs: number): RoundTrip | null {
  const held = [...byMarket].flatMap(([name, each]) =>
    text.includes(name) ? each.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs <= toMs) : [],
  )
  return held.length === 1 ? held[0]!.trip : null
}
