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
  const told = booked.flatMap(({ id, atMs, amount, cause }) => {
    const name = CAUSES.get(cause)
    const row = name && rowOf(id)
    return row ? [{ id, atMs, amount, name, row }] : []
  })
  const references = new Set(told.map(({ row }) => row.reference))
  const byDeal = new Map<string, RoundTrip>()
  const byMarket = new Map<string, MarketTrips>()
  for (const trip of trips) {
    for (const { dealId, closes } of trip)
      for (const id of [dealId, ...closes.map(close => close.dealId)])
        if (id !== null && references.has(shortId(id))) byDeal.set(shortId(id), trip)
    const name = trip[0].marketName
    const fromMs = beganAtMs(trip[0])
    if (name === null || fromMs === null) continue
    const known = byMarket.get(name) ?? { over: [], open: [] }
    const toMs = Math.max(...trip.map(heldUntilMs)) + SAME_MOMENT_MS
    const latestMs = Math.max(toMs, known.over.at(-1)?.latestMs ?? toMs)
    if (Number.isFinite(toMs)) known.over.push({ trip, fromMs, toMs, latestMs })
    else known.open.push({ trip, fromMs })
    byMarket.set(name, known)
  }
  const of = new Map<RoundTrip, TradeCharge[]>()
  const guessed: string[] = []
  for (const { id, atMs, amount, name, row } of told) {
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

/** In the order in which they began. */
interface MarketTrips {
  readonly over: Held[]
  readonly open: { readonly trip: RoundTrip; readonly fromMs: number }[]
}

interface Held {
  readonly trip: RoundTrip
  readonly fromMs: number
  readonly toMs: number
  /** The latest end of those before it and of itself. */
  readonly latestMs: number
}

function heldAt(byMarket: ReadonlyMap<string, MarketTrips>, text: string, atMs: number): RoundTrip | null {
  const held = [...byMarket].flatMap(([name, each]) => (text.includes(name) ? heldThen(each, atMs) : []))
  return held.length === 1 ? held[0]! : null
}

/** A year has thousands of trips, and hardly any of them is held when a charge is booked. */
function heldThen({ over, open }: MarketTrips, atMs: number): readonly RoundTrip[] {
  let [low, high] = [0, over.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (over[middle]!.fromMs <= atMs) low = middle + 1
    else high = middle
  }
  const held = open.flatMap(({ trip, fromMs }) => (fromMs <= atMs ? [trip] : []))
  for (let at = low - 1; at >= 0 && over[at]!.latestMs >= atMs; at--)
    if (over[at]!.toMs >= atMs) held.push(over[at]!.trip)
  return held
}
