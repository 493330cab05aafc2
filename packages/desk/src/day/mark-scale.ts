import { Decimal, type Direction } from '@scalpdesk/sdk'
import { toScaled } from '../scaled.ts'
import { Exact, gained } from './exact.ts'
import type { Price } from './price.ts'

/** What a position is worth for each price, as whole numbers made once: a tick then costs a few multiplications. */
export interface MarkScale {
  /** Of the prices that it takes. */
  readonly decimals: number
  /** Units of {@link levelUnits} in one unit of a price: 1 unless the level has more decimals. */
  readonly lift: number
  readonly levelUnits: number
  /** Cents for each unit above the level are `factor / divisor`, which have no common factor; below zero of a short. */
  readonly factor: number
  readonly divisor: number
  /** Further away from the level than this many units, a product could leave the whole numbers that a double holds. */
  readonly reach: number
}

export interface Position {
  readonly direction: Direction
  readonly size: Decimal
  readonly level: Decimal
  readonly contractSize: Decimal
}

/**
 * @param decimals of the prices
 * @param perUnit for money in another currency: units of the deal's currency for one of that; 1 for its own
 * @returns null when a figure does not fit: {@link exactCents} works it out then
 */
export function markScale(position: Position, decimals: number, perUnit: Decimal = ONE): MarkScale | null {
  const level = toScaled(position.level)
  const value = toScaled(new Decimal(new Exact(position.size).times(position.contractSize).toFixed()))
  const rate = toScaled(perUnit)
  if (!level || !value || !rate || value.units <= 0 || rate.units <= 0) return null
  const fine = Math.max(decimals, level.decimals)
  const levelUnits = BigInt(level.units) * 10n ** BigInt(fine - level.decimals)
  // cents = units × 10^-fine × value × 10^-value.decimals × 100 / (rate × 10^-rate.decimals)
  const above = BigInt(value.units) * 10n ** BigInt(rate.decimals + 2)
  const below = BigInt(rate.units) * 10n ** BigInt(fine + value.decimals)
  const common = greatestCommonDivisor(above, below)
  const factor = above / common
  const divisor = below / common
  const lift = 10n ** BigInt(fine - decimals)
  const reach = least((MOST - 3n * divisor) / (2n * factor), MOST - absolute(levelUnits))
  if (reach < 1n || lift > MOST) return null
  const sign = position.direction === 'BUY' ? 1 : -1
  return {
    decimals,
    lift: Number(lift),
    levelUnits: Number(levelUnits),
    factor: sign * Number(factor),
    divisor: Number(divisor),
    reach: Number(reach),
  }
}

/**
 * The result at a price in whole cents, halves away from zero as the broker rounds. Exact: within the reach the product P and
 * the divisor D are whole numbers with 2|P| + 3D < 2^53. The quotient q = (2|P| + D) / 2D, when it lies below a whole number
 * n, lies at least 1/2D below it; 2Dn <= 2|P| + 3D makes that n × 2^-53 or more, and half the distance of doubles below n is
 * less. So the division never rounds up to n, and the floor is the true one.
 * @returns NaN beyond the reach
 */
export function profitCents(scale: MarkScale, units: number): number {
  const moved = units * scale.lift - scale.levelUnits
  const reach = scale.reach
  if (!(moved <= reach && moved >= -reach)) return Number.NaN
  const cents = moved * scale.factor
  const divisor = scale.divisor
  // Of most positions each step of the price is whole cents. Adding zero leaves no minus zero.
  if (divisor === 1) return cents + 0
  return cents >= 0
    ? Math.floor((2 * cents + divisor) / (2 * divisor))
    : 0 - Math.floor((divisor - 2 * cents) / (2 * divisor))
}

/** The same at any size, with decimal.js. */
export function exactCents(position: Position, units: number, decimals: number, perUnit: Decimal = ONE): Decimal {
  return new Decimal(exactMoney(position, units, decimals).div(perUnit).times(100).toFixed(0, Exact.ROUND_HALF_UP))
}

export function exactMoney(position: Position, units: number, decimals: number): Decimal {
  return exactMoneyBetween(position, new Exact(`${units}e-${decimals}`))
}

/** (close − open) × direction × size × contract size, not rounded: as IG works out the result of a CFD. */
export function exactMoneyBetween({ direction, size, level, contractSize }: Position, close: Decimal): Decimal {
  const won = gained(direction, level, close)
  return won.times(size).times(contractSize)
}

/** The side that closes, and the cents there; null without a price. */
export function centsAt(
  position: Position,
  scale: MarkScale | null,
  price: Price,
  perUnit: Decimal = ONE,
): number | Decimal | null {
  const units = position.direction === 'BUY' ? price.bidUnits : price.offerUnits
  if (units === null) return null
  if (scale && price.decimals <= scale.decimals) {
    const fitting = price.decimals === scale.decimals ? units : units * 10 ** (scale.decimals - price.decimals)
    const cents = profitCents(scale, fitting)
    if (!Number.isNaN(cents)) return cents
  }
  return exactCents(position, units, price.decimals, perUnit)
}

const ONE = new Decimal(1)
const MOST = BigInt(Number.MAX_SAFE_INTEGER)

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const absolute = (a: bigint): bigint => (a < 0n ? -a : a)

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b)
}
