import type { Decimal } from '@scalpdesk/sdk'
import { dealCharges } from './charge.ts'
import type { Day } from './day.ts'
import { type Deal, positionOf, valueAt } from './deal.ts'
import { Exact, gained, plain } from './exact.ts'
import { moneyRange, priceRange } from './excursion.ts'
import { moneyOf, openCents, ownCents } from './open-profit.ts'
import { closingUnits, type Price } from './price.ts'

/** Everything that one deal can be asked. Money is in the deal's currency unless it says so; null: not known. */
export interface DealFigures {
  /** What is left of it, at the closing side; null too when nothing is left. */
  readonly open: { readonly points: Decimal | null; readonly money: Decimal; readonly account: Decimal | null } | null
  /** Of today's parts. */
  readonly realised: Decimal | null
  /** In the account's currency, to the cent. */
  readonly booked: Decimal | null
  /** Realised before today, realised today and open, before charges. */
  readonly result: Decimal | null
  /** From the level to the first stop that was told, for its whole size; null too when that stop risked nothing. */
  readonly risk: Decimal | null
  /** The result in risks. */
  readonly r: Decimal | null
  /** Furthest against it and for it, of the prices that were seen, while it was held. */
  readonly against: ExcursionFigures
  readonly inFavour: ExcursionFigures
  /** False: prices were missed while it was held, and it may have gone further than these two say. */
  readonly hasAllMarks: boolean
  readonly toStop: StopDistance | null
  readonly heldMs: number | null
  readonly charges: ReadonlyMap<string, Decimal>
}

interface ExcursionFigures {
  /** Below zero: on the losing side of its level. */
  readonly points: Decimal | null
  /** What the whole deal stood at, with what was realised of it until then. */
  readonly money: Decimal | null
  readonly r: Decimal | null
}

/** How far the closing side is from the stop. */
interface StopDistance {
  readonly points: Decimal | null
  /** What would be lost on the way there. */
  readonly money: Decimal
  /** What the rest would bring at the stop itself. */
  readonly atStop: Decimal
}

/** @param price the last of its market */
export function dealFigures(day: Day, deal: Deal, price: Price | undefined, atMs: number): DealFigures {
  const realised = sumOf(deal.parts.map(({ profit }) => profit))
  const earlier = sumOf(deal.earlierParts.map(({ profit }) => profit))
  const open = price ? openOf(day, deal, price) : null
  const openMoney = deal.left.isZero() ? ZERO : (open?.money ?? null)
  const result = sumOf([realised, earlier, openMoney])
  const risk = riskOf(deal)
  return {
    open,
    realised,
    booked: sumOf(deal.parts.map(({ booked }) => booked)),
    result,
    risk,
    r: inRisks(result, risk),
    ...excursionsOf(deal, risk),
    hasAllMarks: deal.hasAllMarks,
    toStop: price ? stopDistance(deal, price) : null,
    heldMs: deal.heldBeforeMs === null ? null : deal.heldBeforeMs + (deal.endedAtMs ?? atMs) - deal.openedAtMs,
    charges: dealCharges(day, deal.dealId),
  }
}

/** Null: its level, its first stop or its contract is not known, or that stop risked nothing. */
export function riskOf({ direction, level, firstStop, size, contractSize }: Deal): Decimal | null {
  if (!level || !firstStop || !contractSize) return null
  const away = gained(direction, firstStop, level)
  return away.gt(0) ? plain(away.times(size).times(contractSize)) : null
}

/** To four decimals. */
export function inRisks(money: Decimal | null, risk: Decimal | null): Decimal | null {
  return money && risk && plain(new Exact(money).div(risk).toDecimalPlaces(4))
}

/** Null when one of them is; exact. */
export function sumOf(amounts: readonly (Decimal | null)[]): Decimal | null {
  let sum: Decimal = ZERO
  for (const amount of amounts) {
    if (!amount) return null
    sum = sum.plus(amount)
  }
  return plain(sum)
}

const ZERO = new Exact(0)

function openOf(day: Day, deal: Deal, price: Price): DealFigures['open'] {
  const own = deal.left.isZero() ? null : ownCents(deal, price)
  if (own === null) return null
  const account = openCents(day, deal, price)
  const points = pointsAt(deal, closingUnits(deal.direction, price), price.decimals)
  return { points, money: moneyOf(own), account: account === null ? null : moneyOf(account) }
}

function excursionsOf(deal: Deal, risk: Decimal | null): Pick<DealFigures, 'against' | 'inFavour'> {
  const prices = priceRange(deal.excursion, deal.direction)
  const range = moneyRange(deal.excursion, units => valueAt(deal, units))
  const money = range === 'unknown' ? null : range
  const figures = (units: number | null, worth: Decimal | null): ExcursionFigures => ({
    points: pointsAt(deal, units, deal.decimals),
    money: worth && plain(worth),
    r: inRisks(worth, risk),
  })
  return {
    against: figures(prices?.worstUnits ?? null, money?.worst ?? null),
    inFavour: figures(prices?.bestUnits ?? null, money?.best ?? null),
  }
}

function pointsAt({ direction, level, pointsPerUnit }: Deal, units: number | null, decimals: number): Decimal | null {
  if (units === null || !level || pointsPerUnit === null) return null
  return plain(gained(direction, level, new Exact(`${units}e-${decimals}`)).times(pointsPerUnit))
}

function stopDistance(deal: Deal, price: Price): StopDistance | null {
  const { direction, stop, pointsPerUnit } = deal
  const position = positionOf(deal)
  const units = closingUnits(direction, price)
  if (!stop || !position || units === null || deal.left.isZero()) return null
  const away = gained(direction, stop, new Exact(`${units}e-${price.decimals}`))
  const perUnit = new Exact(position.size).times(position.contractSize)
  const fromLevel = gained(direction, position.level, stop)
  return {
    points: pointsPerUnit === null ? null : plain(away.times(pointsPerUnit)),
    money: plain(away.times(perUnit)),
    atStop: plain(fromLevel.times(perUnit)),
  }
}
