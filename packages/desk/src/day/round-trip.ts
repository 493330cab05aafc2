import type { Decimal, Direction, Epic } from '@scalpdesk/sdk'
import { type Day, dealsOf } from './day.ts'
import type { Deal } from './deal.ts'
import { inRisks, riskOf, sumOf } from './deal-figures.ts'
import { Exact, plain } from './exact.ts'

/** One way in and out of a market on one side: all deals that were held together, until none of them was. */
export interface RoundTrip {
  readonly epic: Epic
  readonly direction: Direction
  readonly deals: readonly Deal[]
  /** How many closes it took. */
  readonly closes: number
  readonly size: Decimal
  /** Weighted by size, to ten decimals; null when a level is not known. For reading: no money is computed from them. */
  readonly entryLevel: Decimal | null
  readonly exitLevel: Decimal | null
  /** In the deals' currency; null when a result is not known, or the currencies differ. */
  readonly realised: Decimal | null
  /** In the account's currency, to the cent, as it was booked today. */
  readonly booked: Decimal | null
  readonly risk: Decimal | null
  readonly r: Decimal | null
  readonly openedAtMs: number
  /** Null: something is still open. */
  readonly endedAtMs: number | null
  readonly heldMs: number | null
}

/** Of today, in the order in which they began. */
export function roundTrips(day: Day): readonly RoundTrip[] {
  const sides = Map.groupBy(dealsOf(day), ({ epic, direction }) => `${direction} ${epic}`)
  return [...sides.values()]
    .flatMap(deals => together(deals).map(tripOf))
    .sort((one, other) => one.openedAtMs - other.openedAtMs)
}

/** Deals whose times touch stay together. */
function together(deals: readonly Deal[]): readonly (readonly Deal[])[] {
  const groups: Deal[][] = []
  let heldUntil = Number.NEGATIVE_INFINITY
  for (const deal of [...deals].sort((one, other) => one.openedAtMs - other.openedAtMs)) {
    const group = groups.at(-1)
    if (group && deal.openedAtMs < heldUntil) group.push(deal)
    else groups.push([deal])
    heldUntil = Math.max(heldUntil, deal.endedAtMs ?? Number.POSITIVE_INFINITY)
  }
  return groups
}

function tripOf(deals: readonly Deal[]): RoundTrip {
  const first = deals[0]!
  const parts = deals.flatMap(deal => [...deal.earlierParts, ...deal.parts])
  const today = deals.flatMap(deal => deal.parts)
  const isOneCurrency = deals.every(({ currency }) => currency === first.currency)
  const realised = isOneCurrency ? sumOf(parts.map(({ profit }) => profit)) : null
  const risk = isOneCurrency ? sumOf(deals.map(riskOf)) : null
  const ends = deals.map(({ endedAtMs }) => endedAtMs)
  const endedAtMs = ends.includes(null) ? null : Math.max(...ends.map(Number))
  const heldBefore = deals.map(({ heldBeforeMs, openedAtMs }) =>
    heldBeforeMs === null ? null : heldBeforeMs - (openedAtMs - first.openedAtMs),
  )
  const isHeldKnown = endedAtMs !== null && !heldBefore.includes(null)
  return {
    epic: first.epic,
    direction: first.direction,
    deals,
    closes: parts.length,
    size: plain(deals.reduce<Decimal>((sum, { size }) => sum.plus(size), new Exact(0))),
    entryLevel: averageOf(deals),
    exitLevel: averageOf(parts),
    realised,
    booked: sumOf(today.map(({ booked }) => booked)),
    risk,
    r: endedAtMs === null ? null : inRisks(realised, risk),
    openedAtMs: first.openedAtMs,
    endedAtMs,
    heldMs: isHeldKnown ? endedAtMs - first.openedAtMs + Math.max(...heldBefore.map(Number)) : null,
  }
}

function averageOf(dealt: readonly { readonly size: Decimal; readonly level: Decimal | null }[]): Decimal | null {
  let size: Decimal = new Exact(0)
  let sum: Decimal = new Exact(0)
  for (const one of dealt) {
    if (!one.level) return null
    size = size.plus(one.size)
    sum = sum.plus(new Exact(one.level).times(one.size))
  }
  return size.isZero() ? null : plain(sum.div(size).toDecimalPlaces(10))
}
