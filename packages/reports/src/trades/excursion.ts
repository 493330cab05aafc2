import type { Decimal } from '@scalpdesk/sdk'
import { Exact, plain, sumOfKnown, toCents } from '../exact.ts'
import type { Close } from '../join/position.ts'
import type { Excursion } from '../trade.ts'
import { gain, type PriceLine } from './price-line.ts'
import { heldUntilMs, type RoundTrip } from './round-trips.ts'

export interface Excursions {
  readonly against: Excursion
  readonly inFavour: Excursion
}

/** What the extremes are told in. */
export interface Measures {
  readonly entryLevel: Decimal | null
  readonly pointsPerUnit: number | null
  readonly worthOf: (position: RoundTrip[number]) => Decimal | null
  readonly risk: Decimal | null
}

const UNKNOWN: Excursion = { points: null, money: null, r: null, isWhole: false }

/**
 * Furthest against a trade and for it. Between two deals of it nothing changes but the price, so the lowest and the highest price of the
 * closing side between each two say it all. The levels of the deals themselves count as prices.
 */
export function excursions(trip: RoundTrip, line: PriceLine | null, measures: Measures): Excursions {
  if (!line || trip.some(each => each.openedAtMs === null)) return { against: UNKNOWN, inFavour: UNKNOWN }
  const { direction } = trip[0]
  const times = momentsOf(trip)
  const [fromMs, toMs] = [times[0], times.at(-1)]
  if (fromMs === undefined || toMs === undefined) return { against: UNKNOWN, inFavour: UNKNOWN }
  const worths = new Map(trip.map(each => [each, measures.worthOf(each)]))
  const prices: Decimal[] = []
  const stands: (Decimal | null)[] = []
  const mark = (price: Decimal, atMs: number, done: ReadonlySet<Close> | null): void => {
    prices.push(price)
    stands.push(standAt(trip, price, atMs, done, worths))
  }
  for (const [index, beginMs] of times.entries()) {
    const endMs = times[index + 1]
    if (endMs === undefined || endMs <= beginMs) continue
    // A deal at the very end of the stretch has its own level below.
    const reach = line.reach(direction, beginMs, endMs - 1)
    if (!reach) continue
    mark(reach.low, beginMs, null)
    mark(reach.high, beginMs, null)
  }
  const done = new Set<Close>()
  for (const close of trip.flatMap(each => each.closes).sort((one, other) => (one.atMs ?? 0) - (other.atMs ?? 0))) {
    if (close.level && close.atMs !== null) mark(close.level, close.atMs, done)
    done.add(close)
  }
  const result = isOver(trip) ? sumOfKnown([...done].map(({ booked }) => booked)) : null
  if (result) stands.push(result)
  if (prices.length === 0) return { against: UNKNOWN, inFavour: UNKNOWN }
  const isWhole = line.isWhole(fromMs, toMs) && isOver(trip)
  const [low, high] = [Exact.min(...prices), Exact.max(...prices)]
  const [worst, best] = direction === 'BUY' ? [low, high] : [high, low]
  const known = stands.every(stand => stand !== null) ? (stands as readonly Decimal[]) : null
  const figures = (price: Decimal, money: Decimal | null): Excursion => ({
    points: pointsOf(direction, price, measures),
    money: money && toCents(money),
    r: money && measures.risk && plain(new Exact(toCents(money)).div(measures.risk).toDecimalPlaces(4)),
    isWhole,
  })
  return {
    against: figures(worst, known && Exact.min(...known)),
    inFavour: figures(best, known && Exact.max(...known)),
  }
}

const isOver = (trip: RoundTrip): boolean => trip.every(each => Number.isFinite(heldUntilMs(each)))

/** When its size changed. */
function momentsOf(trip: RoundTrip): readonly number[] {
  const times = trip.flatMap(({ openedAtMs, closes }) => [openedAtMs, ...closes.map(({ atMs }) => atMs)])
  return [...new Set(times.flatMap(atMs => atMs ?? []))].sort((one, other) => one - other)
}

/** What the whole trade stands at; `done`: the closes that are over, null: those of before that moment. */
function standAt(
  trip: RoundTrip,
  price: Decimal,
  atMs: number,
  done: ReadonlySet<Close> | null,
  worths: ReadonlyMap<RoundTrip[number], Decimal | null>,
): Decimal | null {
  let stand: Decimal = new Exact(0)
  for (const position of trip) {
    if (position.openedAtMs === null || position.openedAtMs > atMs) continue
    let left: Decimal = new Exact(position.size)
    for (const close of position.closes) {
      const isClosed = done ? done.has(close) : close.atMs !== null && close.atMs <= atMs
      if (!isClosed) continue
      if (!close.booked) return null
      stand = stand.plus(close.booked)
      left = left.minus(close.size)
    }
    if (left.lte(0)) continue
    const worth = worths.get(position)
    if (!worth || !position.level) return null
    stand = stand.plus(gain(position.direction, position.level, price).times(left).times(worth))
  }
  return stand
}

function pointsOf(direction: 'BUY' | 'SELL', price: Decimal, { entryLevel, pointsPerUnit }: Measures): Decimal | null {
  if (!entryLevel || pointsPerUnit === null) return null
  return plain(gain(direction, entryLevel, price).times(pointsPerUnit).toDecimalPlaces(10))
}
