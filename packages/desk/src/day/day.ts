import { type DealId, Decimal } from '@scalpdesk/sdk'
import { unreachable } from '../unreachable.ts'
import {
  completed,
  type Deal,
  markedAt,
  missingMore,
  openedAt,
  openedDeal,
  positionOf,
  reduced,
  rescaled,
  stopMoved,
  unseenDeal,
  withoutUnexplained,
} from './deal.ts'
import { Exact, plain } from './exact.ts'
import type { Charged, DayFact, Opened, RateTold, Reduced } from './fact.ts'
import { bookedAs, isUnexplained, type Part, partOf, retold, type Terms, valued } from './part.ts'
import { closingUnits, type MarketPrice } from './price.ts'
import { isUntold } from './untold.ts'

/** The deals of the account's trading day. Plain and immutable: the same facts and prices give the same day. */
export interface Day {
  /** Of the account. */
  readonly currency: string
  /** Something of them is left. In the order in which they were told. */
  readonly open: readonly Deal[]
  /** Nothing of them is left. In the order in which they ended. */
  readonly ended: readonly Deal[]
  readonly charges: readonly Charged[]
  /** Units of a currency for one of the account's. */
  readonly rates: ReadonlyMap<string, Decimal>
}

export function emptyDay(currency: string): Day {
  return { currency, open: [], ended: [], charges: [], rates: new Map() }
}

/**
 * A price came.
 * @returns the same day unless it went further for or against an open deal than any price before: then, and only then,
 * something new is made. So nothing is changed in place, and the price in between costs two comparisons per deal.
 */
export function afterPrice(day: Day, price: MarketPrice): Day {
  const { open } = day
  let after: Deal[] | null = null
  for (let index = 0; index < open.length; index++) {
    const deal = open[index]!
    if (deal.epic !== price.epic) continue
    const units = closingUnits(deal.direction, price)
    if (units === null) continue
    const marked = markedAt(deal, units, price.decimals, perUnitOf(day, deal.currency))
    if (marked === deal) continue
    after ??= [...open]
    after[index] = marked
  }
  return after ? { ...day, open: after } : day
}

export function afterFact(day: Day, fact: DayFact): Day {
  switch (fact.kind) {
    case 'opened':
      return afterOpened(day, fact)
    case 'whole':
      return changed(day, fact.dealId, deal => openedAt(deal, fact.size, perUnitOf(day, deal.currency)))
    case 'reduced':
      return afterReduced(day, fact)
    case 'stop':
      return changed(day, fact.dealId, deal => stopMoved(deal, fact.stop))
    case 'booked':
      return withParts(day, (_, part) => (part.id === fact.id ? bookedAs(part, fact.amount) : part))
    case 'charge':
      return day.charges.some(({ id }) => id === fact.id) ? day : { ...day, charges: [...day.charges, fact] }
    case 'prices-missed': {
      const isConcerned = (deal: Deal): boolean => deal.hasAllMarks && (fact.epic === null || deal.epic === fact.epic)
      if (!day.open.some(isConcerned)) return day
      return { ...day, open: day.open.map(deal => (isConcerned(deal) ? { ...deal, hasAllMarks: false } : deal)) }
    }
    case 'rate':
      return afterRate(day, fact)
    default:
      return unreachable(fact)
  }
}

/** Midnight of the account: what is open stays, and what it brought before is not of the new day. */
export function nextDay(day: Day): Day {
  const open = day.open.map(deal => ({ ...deal, parts: [], earlierParts: [...deal.earlierParts, ...deal.parts] }))
  return { ...day, open, ended: [], charges: [] }
}

export function dealOf({ open, ended }: Day, dealId: DealId): Deal | undefined {
  return open.find(deal => deal.dealId === dealId) ?? ended.findLast(deal => deal.dealId === dealId)
}

/** Ended ones first, each group in its order. */
export function dealsOf({ open, ended }: Day): readonly Deal[] {
  return [...ended, ...open]
}

/** Units of a currency for one of the account's; null: nobody told. */
export function perUnitOf({ currency, rates }: Day, of: string | null): Decimal | null {
  if (of === null) return null
  return of === currency ? ONE : (rates.get(of) ?? null)
}

const ONE = new Decimal(1)

function afterOpened(day: Day, fact: Opened): Day {
  const known = dealOf(day, fact.dealId)
  if (!known) return { ...day, open: [...day.open, openedDeal(fact, perUnitOf(day, fact.currency))] }
  const perUnit = perUnitOf(day, known.currency ?? fact.currency)
  const told = completed(known, fact, perUnit)
  const filled = told === known ? known : revalued(told, day)
  // It was believed to be smaller, or gone, and is not.
  const missing = new Exact(fact.size).minus(filled.left)
  const { deal, found } = withoutUnexplained(filled, missing)
  return placed(day, known, found.isZero() ? filled : rescaled(deal, perUnit))
}

function afterReduced(day: Day, fact: Reduced): Day {
  const known = dealOf(day, fact.dealId)
  if (known?.earlierParts.some(({ id }) => id === fact.id)) return day
  const told = known?.parts.find(({ id }) => id === fact.id)
  if (known && told && isMissingMore(known, told, fact))
    return placed(day, known, missingMore(known, told, fact.size, perUnitOf(day, known.currency)))
  if (known && told)
    return placed(
      day,
      known,
      withPartsOf(known, part => (part.id === fact.id ? retold(part, fact, termsOf(known, day)) : part)),
    )
  const held = known ? stillHeld(known, fact) : unseenDeal(fact)
  if (held.left.isZero() || fact.size.isZero()) return day
  const currency = held.currency ?? fact.profitCurrency
  const deal = { ...held, currency }
  const size = Decimal.min(fact.size, deal.left)
  const part = partOf({ ...fact, size }, termsOf(deal, day))
  return placed(day, known, reduced(deal, part, perUnitOf(day, currency)))
}

/** It was seen again after it was missing, and is missing again, still without a word. */
function isMissingMore({ dealId, left }: Deal, part: Part, { size, profit, level }: Reduced): boolean {
  return isUntold(part.id, dealId) && isUnexplained(part) && !profit && !level && size.gt(0) && left.gt(0)
}

/**
 * A deal from which the fact may take: more than is open only where nobody told of a close so far. How much there was of
 * one never seen open, only its closes tell.
 */
function stillHeld(deal: Deal, { size }: Reduced): Deal {
  const missing = new Exact(size).minus(deal.left)
  if (missing.lte(0)) return deal
  if (deal.contractSize !== null) return withoutUnexplained(deal, missing).deal
  return { ...deal, endedAtMs: null, size: plain(new Exact(deal.size).plus(missing)), left: size }
}

/** In the place of the deal that was known before; at the end of the others where it is new, has ended or is open again. */
function placed(day: Day, before: Deal | undefined, after: Deal): Day {
  if (after === before) return day
  const open = day.open.filter(deal => deal !== before)
  const ended = day.ended.filter(deal => deal !== before)
  if (before && (before.endedAtMs === null) === (after.endedAtMs === null)) {
    const swap = (deal: Deal): Deal => (deal === before ? after : deal)
    return { ...day, open: day.open.map(swap), ended: day.ended.map(swap) }
  }
  return after.endedAtMs === null
    ? { ...day, open: [...open, after], ended }
    : { ...day, open, ended: [...ended, after] }
}

function afterRate(day: Day, { currency, perBase }: RateTold): Day {
  if (!perBase?.isFinite() || !perBase.gt(0) || currency === day.currency) return day
  if (day.rates.get(currency)?.equals(perBase)) return day
  const told = { ...day, rates: new Map(day.rates).set(currency, perBase) }
  const open = told.open.map(deal => (deal.currency === currency ? rescaled(deal, perBase) : deal))
  // What was converted already was so at the rate of its time.
  return withParts({ ...told, open }, (deal, part) =>
    part.bookedBy === 'unknown' && deal.currency === currency ? valued(part, termsOf(deal, told)) : part,
  )
}

function termsOf(deal: Deal, day: Day): Terms {
  const { currency } = deal
  return { position: positionOf(deal), currency, accountCurrency: day.currency, perUnit: perUnitOf(day, currency) }
}

function revalued(deal: Deal, day: Day): Deal {
  return withPartsOf(deal, part => valued(part, termsOf(deal, day)))
}

function changed(day: Day, dealId: DealId, change: (deal: Deal) => Deal): Day {
  const deal = dealOf(day, dealId)
  return deal ? placed(day, deal, change(deal)) : day
}

function withParts(day: Day, change: (deal: Deal, part: Part) => Part): Day {
  const each = (deal: Deal): Deal => withPartsOf(deal, part => change(deal, part))
  return { ...day, open: day.open.map(each), ended: day.ended.map(each) }
}

function withPartsOf(deal: Deal, change: (part: Part) => Part): Deal {
  const parts = deal.parts.map(change)
  return parts.every((part, index) => part === deal.parts[index]) ? deal : { ...deal, parts }
}
