import type { Decimal } from '@scalpdesk/sdk'
import { resultParts, type Surroundings } from '../bridge/result-parts.ts'
import type { DealRemarks } from '../day-facts.ts'
import { Exact, plain, sumOf, sumOfKnown, toCents, ZERO } from '../exact.ts'
import { beganAtMs, type Close, type Position } from '../join/position.ts'
import type { Money } from '../money.ts'
import { remarksOn } from '../remarks/remarks-of.ts'
import type { Trade, TradeCharge, TradeDeal } from '../trade.ts'
import { excursions } from './excursion.ts'
import { gain } from './price-line.ts'
import { heldUntilMs, type RoundTrip } from './round-trips.ts'
import { entrySlippage, exitSlippage } from './slippage.ts'
import { ownProfit, worthOf } from './worth.ts'

/** What a trade is made of beside its deals. */
export interface TradeContext extends Surroundings {
  /** By what a position may be called. */
  readonly remarks: ReadonlyMap<string, DealRemarks>
  /** From the key to each step, of one of our orders. */
  readonly latencyOf: (orderId: string) => Trade['latency']
}

export function tradeOf(trip: RoundTrip, charges: readonly TradeCharge[], context: TradeContext): Trade {
  const { markets, accountCurrency, priceLineOf } = context
  const [first] = trip
  const { epic, direction } = first
  const pointsPerUnit = markets.of(epic)?.pointsPerUnit ?? null
  const closes = closesOf(trip)
  const worth = (position: Position): Decimal | null => worthOf(position, markets, accountCurrency)
  const untilMs = Math.max(...trip.map(heldUntilMs))
  const closedAtMs = Number.isFinite(untilMs) ? untilMs : null
  const openedAtMs = first.openedAtMs
  const [entryLevel, exitLevel] = [averageOf(trip), averageOf(closes)]
  const result = closes.length === 0 ? null : sumOfKnown(closes.map(({ booked }) => booked))
  const risk = riskOf(trip, worth)
  const line = priceLineOf(epic)
  const reached = excursions(trip, line, { entryLevel, pointsPerUnit, worthOf: worth, risk })
  const isOver = closedAtMs !== null
  const moved = isOver && entryLevel && exitLevel && gain(direction, entryLevel, exitLevel)
  const remarks = remarksOn(trip, context.remarks)
  return {
    id: first.dealId ?? first.key,
    epic,
    marketName: first.marketName ?? markets.of(epic)?.name ?? epic ?? '',
    direction,
    openedAtMs,
    closedAtMs,
    heldMs: isOver && openedAtMs !== null ? closedAtMs - openedAtMs : null,
    entries: trip.map(entryOf),
    exits: closes.map(exitOf),
    size: mostHeld(trip),
    entryLevel,
    exitLevel,
    stopLevel: first.stop,
    limitLevel: first.limit,
    points: moved && pointsPerUnit !== null ? plain(moved.times(pointsPerUnit)) : null,
    result,
    ownResult: ownResultOf(trip, context),
    charges,
    net: result && (charges.length === 0 ? result : sumOf([result, ...charges.map(({ amount }) => amount)])),
    risk,
    r: isOver && result && risk ? plain(new Exact(result).div(risk).toDecimalPlaces(4)) : null,
    ...reached,
    left: isOver && result && reached.inFavour.money ? leftOf(reached.inFavour.money, result) : null,
    entrySlippage: pointsPerUnit === null ? null : entrySlippage(trip, pointsPerUnit),
    exitSlippage: pointsPerUnit === null ? null : exitSlippage(trip, line, pointsPerUnit),
    spread: spreadOf(trip, context),
    latency: first.press ? context.latencyOf(first.press.id) : [],
    by: first.by,
    preset: first.preset,
    tags: [...new Set(remarks.flatMap(({ tags }) => tags))],
    notes: remarks.flatMap(({ notes }) => notes),
  }
}

/** In the order in which they happened. */
const closesOf = (trip: RoundTrip): readonly Close[] =>
  trip.length === 1 && trip[0].closes.length < 2 ? trip[0].closes : inTime(trip)

const inTime = (trip: RoundTrip): readonly Close[] =>
  trip.flatMap(({ closes }) => closes).sort((one, other) => (one.atMs ?? 0) - (other.atMs ?? 0))

function entryOf({ openedAtMs, dealId, reference, size, level, how }: Position): TradeDeal {
  return { atMs: openedAtMs, dealId, reference, size, level, result: null, how }
}

function exitOf({ atMs, dealId, reference, transaction, size, level, booked, how }: Close): TradeDeal {
  return { atMs, dealId, reference: reference ?? transaction?.reference ?? null, size, level, result: booked, how }
}

/** Weighted by size, to ten decimals. */
function averageOf(dealt: readonly { readonly size: Decimal; readonly level: Decimal | null }[]): Decimal | null {
  if (dealt.length === 1) return dealt[0]!.level
  let size: Decimal = new Exact(0)
  let sum: Decimal = new Exact(0)
  for (const one of dealt) {
    if (!one.level) return null
    size = size.plus(one.size)
    sum = sum.plus(new Exact(one.level).times(one.size))
  }
  return size.isZero() ? null : plain(sum.div(size).toDecimalPlaces(10))
}

function mostHeld(trip: RoundTrip): Decimal {
  if (trip.length === 1) return trip[0].size
  const changes = trip.flatMap(position => [
    { atMs: beganAtMs(position) ?? 0, by: position.size },
    ...position.closes.map(({ atMs, size }) => ({ atMs: atMs ?? 0, by: size.negated() })),
  ])
  let held: Decimal = new Exact(0)
  let most: Decimal = held
  // What was closed at the moment of an opening had gone before.
  for (const { by } of changes.sort((one, other) => one.atMs - other.atMs || one.by.comparedTo(other.by))) {
    held = held.plus(by)
    most = Exact.max(most, held)
  }
  return plain(most)
}

/** From the levels to the first stops; null when one of them is not known, or none risked anything. */
function riskOf(trip: RoundTrip, worth: (position: Position) => Decimal | null): Decimal | null {
  let risk: Decimal = new Exact(0)
  for (const position of trip) {
    const { level, stop, size, direction } = position
    const money = level && stop && worth(position)
    if (!money) return null
    const away = gain(direction, stop, level)
    if (away.gt(0)) risk = risk.plus(away.times(size).times(money))
  }
  const cents = toCents(risk)
  return cents.gt(0) ? cents : null
}

function ownResultOf(trip: RoundTrip, { markets }: TradeContext): Money | null {
  const currency = trip[0].currency
  if (currency === null || trip.some(position => position.currency !== currency)) return null
  const profits = trip.flatMap(position =>
    position.closes.map(
      close => ownProfit(position, close, markets) ?? (close.own?.currency === currency ? close.own.amount : null),
    ),
  )
  const amount = profits.length === 0 ? null : sumOfKnown(profits)
  return amount && { amount, currency }
}

function spreadOf(trip: RoundTrip, context: TradeContext): Decimal | null {
  if (!context.priceLineOf(trip[0].epic)) return null
  const paid = trip.flatMap(position =>
    position.closes.map(close => resultParts(position, close, context).spread ?? null),
  )
  return paid.length === 0 ? null : sumOfKnown(paid)
}

function leftOf(best: Decimal, result: Decimal): Decimal {
  const left = new Exact(best).minus(result)
  return left.gt(0) ? plain(left) : ZERO
}
