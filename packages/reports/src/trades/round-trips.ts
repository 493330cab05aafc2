import { isLess, sumOf } from '../exact.ts'
import { beganAtMs, endedAtMs, type Position } from '../join/position.ts'

/** Positions of one market and side that were held together. */
export type RoundTrip = readonly [Position, ...Position[]]

/** One way in and out: positions stay together while their times overlap. In the order in which they began. */
export function roundTrips(positions: readonly Position[]): readonly RoundTrip[] {
  const sides = Map.groupBy(positions, ({ direction, epic, marketName }) => `${direction} ${epic ?? marketName ?? ''}`)
  return [...sides.values()]
    .flatMap(together)
    .sort(([one], [other]) => startOf(one) - startOf(other) || (one.key < other.key ? -1 : 1))
}

const startOf = (position: Position): number => beganAtMs(position) ?? Number.NEGATIVE_INFINITY

/** Infinity: something of it is open. */
export function heldUntilMs(position: Position): number {
  const known = ends.get(position)
  if (known !== undefined) return known
  const closed = sumOf(position.closes.map(({ size }) => size))
  const endMs = isLess(closed, position.size) ? null : endedAtMs(position.closes)
  ends.set(position, endMs ?? Number.POSITIVE_INFINITY)
  return endMs ?? Number.POSITIVE_INFINITY
}

/** It is asked for often, and a position never changes. */
const ends = new WeakMap<Position, number>()

function together(positions: readonly Position[]): readonly RoundTrip[] {
  const trips: [Position, ...Position[]][] = []
  let heldMs = Number.NEGATIVE_INFINITY
  const inOrder = [...positions].sort((one, other) => startOf(one) - startOf(other) || (one.key < other.key ? -1 : 1))
  for (const position of inOrder) {
    const trip = trips.at(-1)
    if (trip && startOf(position) < heldMs) trip.push(position)
    else trips.push([position])
    heldMs = Math.max(heldMs, heldUntilMs(position))
  }
  return trips
}
