import type { DealId, DealReference, Decimal, Direction, Epic } from '@scalpdesk/sdk'
import { toScaled } from '../scaled.ts'
import { Exact, plain } from './exact.ts'
import { type Excursion, folded, NO_EXCURSION, stretched, widenedBy } from './excursion.ts'
import type { Opened, Reduced } from './fact.ts'
import { exactMoney, type MarkScale, markScale } from './mark-scale.ts'
import { isUnexplained, type Part } from './part.ts'
import { closingUnits } from './price.ts'

/** One position of the day, from its opening until nothing of it is left. */
export interface Deal {
  readonly dealId: DealId
  readonly reference: DealReference | null
  readonly epic: Epic
  readonly direction: Direction
  /** When it was first seen. */
  readonly size: Decimal
  /** Still open. */
  readonly left: Decimal
  readonly level: Decimal | null
  readonly currency: string | null
  /** Null only of one that was never seen open. */
  readonly contractSize: Decimal | null
  readonly pointsPerUnit: number | null
  readonly stop: Decimal | null
  /** The first stop that was told: what was risked. */
  readonly firstStop: Decimal | null
  readonly openedAtMs: number
  readonly heldBeforeMs: number | null
  readonly endedAtMs: number | null
  /** What was closed of it today, and before today. */
  readonly parts: readonly Part[]
  readonly earlierParts: readonly Part[]
  readonly excursion: Excursion
  /** Its prices were told from its opening on, without a gap. */
  readonly hasAllMarks: boolean
  /** Of prices, as {@link excursion} and the scales hold them. */
  readonly decimals: number
  /** In the deal's currency and in the account's; null where it does not fit, or no rate is known. */
  readonly ownScale: MarkScale | null
  readonly accountScale: MarkScale | null
}

export function openedDeal(fact: Opened, perUnit: Decimal | null): Deal {
  const deal = rescaled(
    {
      dealId: fact.dealId,
      reference: fact.reference,
      epic: fact.epic,
      direction: fact.direction,
      size: fact.size,
      left: fact.size,
      level: fact.level,
      currency: fact.currency,
      contractSize: fact.contractSize,
      pointsPerUnit: fact.pointsPerUnit,
      stop: fact.stop,
      firstStop: fact.stop,
      openedAtMs: fact.atMs,
      heldBeforeMs: fact.heldBeforeMs,
      endedAtMs: null,
      parts: [],
      earlierParts: [],
      excursion: NO_EXCURSION,
      hasAllMarks: fact.heldBeforeMs === 0,
      decimals: fact.decimals,
      ownScale: null,
      accountScale: null,
    },
    perUnit,
  )
  const units = fact.price && closingUnits(deal.direction, fact.price)
  return fact.price && units !== null ? markedAt(deal, units, fact.price.decimals, perUnit) : deal
}

/** Closed without ever having been seen open. */
export function unseenDeal({ dealId, epic, direction, size, atMs }: Reduced): Deal {
  return {
    dealId,
    reference: null,
    epic,
    direction,
    size,
    left: size,
    level: null,
    currency: null,
    contractSize: null,
    pointsPerUnit: null,
    stop: null,
    firstStop: null,
    openedAtMs: atMs,
    heldBeforeMs: null,
    endedAtMs: null,
    parts: [],
    earlierParts: [],
    excursion: NO_EXCURSION,
    hasAllMarks: false,
    decimals: 0,
    ownScale: null,
    accountScale: null,
  }
}

/** What is told again fills in what was not known. */
export function completed(deal: Deal, fact: Opened, perUnit: Decimal | null): Deal {
  const level = deal.level ?? fact.level
  const currency = deal.currency ?? fact.currency
  const stop = deal.stop ?? (deal.firstStop ? null : fact.stop)
  const pointsPerUnit = deal.pointsPerUnit ?? fact.pointsPerUnit
  const contractSize = deal.contractSize ?? fact.contractSize
  if (
    level === deal.level &&
    currency === deal.currency &&
    stop === deal.stop &&
    pointsPerUnit === deal.pointsPerUnit &&
    contractSize === deal.contractSize
  )
    return deal
  const firstStop = deal.firstStop ?? stop
  return rescaled({ ...deal, level, currency, stop, firstStop, pointsPerUnit, contractSize }, perUnit)
}

/** More of it was there than had been seen: what is too much now, nobody has told a close of. */
export function openedAt(deal: Deal, size: Decimal, perUnit: Decimal | null): Deal {
  const more = new Exact(size).minus(deal.size)
  if (more.lte(0)) return deal
  return rescaled({ ...deal, size, left: plain(more.plus(deal.left)), endedAtMs: null }, perUnit)
}

export function stopMoved(deal: Deal, stop: Decimal | null): Deal {
  const isSame = stop === null || deal.stop === null ? stop === deal.stop : stop.equals(deal.stop)
  return isSame ? deal : { ...deal, stop, firstStop: deal.firstStop ?? stop }
}

/**
 * The price of the closing side is here now.
 * @returns the same deal unless the price went further than before
 */
export function markedAt(deal: Deal, units: number, decimals: number, perUnit: Decimal | null): Deal {
  const { excursion } = deal
  if (decimals === deal.decimals) {
    const after = stretched(excursion, units)
    return after === excursion ? deal : { ...deal, excursion: after }
  }
  const finer = widened(deal, decimals, perUnit)
  const fitting = units * 10 ** (finer.decimals - decimals)
  const after = stretched(finer.excursion, fitting)
  return after === finer.excursion ? finer : { ...finer, excursion: after }
}

/** A part was closed, the last one or not. `perUnit`: of the rate. */
export function reduced(deal: Deal, part: Part, perUnit: Decimal | null): Deal {
  const level = part.level && toScaled(part.level)
  const marked = level ? markedAt(deal, level.units, level.decimals, perUnit) : deal
  const excursion = folded(marked.excursion, units => valueAt(marked, units))
  const left = plain(Exact.max(0, new Exact(deal.left).minus(part.size)))
  const endedAtMs = left.isZero() ? part.atMs : null
  return rescaled({ ...marked, excursion, left, endedAtMs, parts: [...deal.parts, part] }, perUnit)
}

/**
 * Part of what nobody has told a close of goes: to a close that is told now, or back to what is open because the broker
 * shows it after all.
 */
export function withoutUnexplained(deal: Deal, size: Decimal): { readonly deal: Deal; readonly found: Decimal } {
  let missing: Decimal = new Exact(size)
  const parts = deal.parts.flatMap(part => {
    if (!isUnexplained(part) || missing.lte(0)) return [part]
    const taken = Exact.min(missing, part.size)
    missing = missing.minus(taken)
    const rest = new Exact(part.size).minus(taken)
    return rest.isZero() ? [] : [{ ...part, size: plain(rest) }]
  })
  const found = plain(new Exact(size).minus(missing))
  const left = plain(new Exact(deal.left).plus(found))
  return { deal: found.isZero() ? deal : { ...deal, parts, left, endedAtMs: null }, found }
}

/** Of what nobody has told a close of there is more. */
export function missingMore(deal: Deal, known: Part, size: Decimal, perUnit: Decimal | null): Deal {
  const more = Exact.min(size, deal.left)
  const grown = { ...known, size: plain(more.plus(known.size)) }
  const left = plain(new Exact(deal.left).minus(more))
  const parts = deal.parts.map(part => (part === known ? grown : part))
  return rescaled({ ...deal, parts, left, endedAtMs: left.isZero() ? known.atMs : null }, perUnit)
}

/** What the whole deal stands at with the closing side at a price of its own decimals, in its currency; exact. */
export function valueAt(deal: Deal, units: number): Decimal | null {
  const position = positionOf(deal)
  if (!position) return null
  let sum: Decimal = deal.left.isZero() ? new Exact(0) : exactMoney(position, units, deal.decimals)
  for (const { profit } of [...deal.earlierParts, ...deal.parts]) {
    if (!profit) return null
    sum = sum.plus(profit)
  }
  return sum
}

/** What is left of it; null when its level or its contract is not known. */
export function positionOf({ direction, left, level, contractSize }: Deal) {
  return level && contractSize ? { direction, size: left, level, contractSize } : null
}

/** Its scales made anew, for its size, level and rate. */
export function rescaled(deal: Deal, perUnit: Decimal | null): Deal {
  const position = positionOf(deal)
  if (!position || deal.left.isZero()) return { ...deal, ownScale: null, accountScale: null }
  const ownScale = markScale(position, deal.decimals)
  const isOwn = perUnit?.equals(1) ?? false
  return { ...deal, ownScale, accountScale: isOwn ? ownScale : perUnit && markScale(position, deal.decimals, perUnit) }
}

function widened(deal: Deal, decimals: number, perUnit: Decimal | null): Deal {
  if (decimals <= deal.decimals) return deal
  const excursion = widenedBy(10 ** (decimals - deal.decimals), deal.excursion)
  return rescaled({ ...deal, decimals, excursion }, perUnit)
}
