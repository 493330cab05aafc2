import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import { type Cents, decimalToCents } from './cents.ts'
import { type CurrencyCode, convert, convertParts } from './currency.ts'
import { hundredthsOf } from './deal-size.ts'
import { Exact, ZERO } from './exact-decimal.ts'
import { contractUnits, type Market } from './market.ts'
import type { Position } from './position.ts'
import { unitsToDecimal } from './scaled-number.ts'

/** (exit - entry) x direction x size x contract size: in the position's currency, exact. */
export function profitOf(position: Position, market: Market, exitUnits: number, size: Decimal): Decimal {
  return notionalOf(market, size, gainedUnits(position, exitUnits))
}

function gainedUnits({ direction, levelUnits }: Position, exitUnits: number): number {
  return direction === 'BUY' ? exitUnits - levelUnits : levelUnits - exitUnits
}

/** `profitOf` in another currency, to the cent. */
export function profitInCents(
  position: Position,
  market: Market,
  exitUnits: number,
  size: Decimal,
  to: CurrencyCode,
): Cents {
  const gained = gainedUnits(position, exitUnits)
  const hundredths = hundredthsOf(size)
  const cents = hundredths === null ? null : valueInCents(market, hundredths, gained, 1, position.currency, to)
  return cents ?? decimalToCents(convert(notionalOf(market, size, gained), position.currency, to))
}

/** `marginOf` in another currency, to the cent. */
export function marginInCents(
  market: Market,
  size: Decimal,
  levelUnits: number,
  before: Decimal,
  from: CurrencyCode,
  to: CurrencyCode,
): Cents {
  const parts = lowestBandParts(market, size, before)
  const cents = parts === null ? null : valueInCents(market, parts, levelUnits, 10_000, from, to)
  return cents ?? decimalToCents(convert(marginOf(market, size, levelUnits, before), from, to))
}

/** Hundredths of the size times hundredths of a percent; null unless all of it falls into the lowest band. */
function lowestBandParts({ marginBands }: Market, size: Decimal, before: Decimal): number | null {
  const [lowest, second] = marginBands
  const percent = lowest ? hundredthsOf(lowest.percent) : null
  const sizeNow = hundredthsOf(size)
  const sizeBefore = hundredthsOf(before)
  if (percent === null || sizeNow === null || sizeBefore === null) return null
  return !second || sizeBefore + sizeNow <= second.from * 100 ? sizeNow * percent : null
}

/**
 * size x contract size x price in whole arithmetic. Every step is checked: what leaves the safe integers is null.
 * @param sizeParts whole; so many hundredths, each divided by `divisor`.
 */
function valueInCents(
  market: Market,
  sizeParts: number,
  levelUnits: number,
  divisor: number,
  from: CurrencyCode,
  to: CurrencyCode,
): number | null {
  let contract = contractUnits(market)
  let perUnit = divisor
  // Most of a contract of 100,000 and of five decimals cancel each other: the figures stay small.
  for (let decimals = market.decimals; decimals > 0; decimals--) {
    if (contract % 10 === 0) contract /= 10
    else perUnit *= 10
  }
  const parts = sizeParts * contract * levelUnits
  // Hundredths of a unit of currency are cents.
  return Number.isSafeInteger(parts) && Number.isInteger(contract) ? convertParts(parts, perUnit, from, to) : null
}

/** size x contract size x price, exact. */
export function notionalOf(market: Market, size: Decimal, levelUnits: number): Decimal {
  return valueOfOne(market, levelUnits).times(size)
}

/** What a size of 1 is worth at this price, exact. */
function valueOfOne(market: Market, levelUnits: number): Decimal {
  const contract = contractUnits(market)
  const units = levelUnits * contract
  // Whole numbers as long as they are exact.
  if (!Number.isSafeInteger(units)) return unitsToDecimal(levelUnits, market.decimals).times(contract)
  return new Exact(units).times(ONE_UNIT[market.decimals] ?? new Exact(10).pow(-market.decimals))
}

/**
 * Margin of one deal at its opening level, exact: each part of its size at the percentage of the band that it falls in
 * (IG Labs, REST API reference, "Markets": `marginDepositBands`; that the level is the opening one is our choice).
 * @param before the size that is open in the market already and fills the lower bands.
 */
export function marginOf(market: Market, size: Decimal, levelUnits: number, before: Decimal): Decimal {
  return valueOfOne(market, levelUnits)
    .times(percentTimesSize(market, size, before))
    .times(ONE_PERCENT)
}

function percentTimesSize({ marginBands }: Market, size: Decimal, before: Decimal): Decimal {
  const end = before.plus(size)
  const [lowest, second] = marginBands
  if (lowest && (!second || end.lte(second.from))) return size.times(lowest.percent)
  return marginBands.reduce<Decimal>((sum, { from, percent }, index) => {
    const upper = marginBands[index + 1]?.from
    const low = Exact.max(from, before)
    const high = upper === undefined ? end : Exact.min(upper, end)
    return high.gt(low) ? sum.plus(high.minus(low).times(percent)) : sum
  }, ZERO)
}

/** The price at which this direction would be closed. */
export function closingUnits(direction: DirectionJson, quote: { bidUnits: number; offerUnits: number }): number {
  return direction === 'BUY' ? quote.bidUnits : quote.offerUnits
}

const ONE_PERCENT = new Exact('0.01')
/** 10^-decimals. */
const ONE_UNIT = [0, 1, 2, 3, 4, 5, 6].map(decimals => new Exact(10).pow(-decimals))
