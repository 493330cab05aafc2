import { Decimal, type Quote } from '@scalpdesk/sdk'
import type { Holding } from './book/holding.ts'
import { Exact, gained, plain } from './day/exact.ts'
import { fromScaled, multiply, type Scaled, subtract, toScaled } from './scaled.ts'

/** What closing a position now would bring: points of the market, and money in the deal's currency. Exact. */
export interface Profit {
  /** null when the broker does not say how many points a unit has. */
  readonly points: Decimal | null
  readonly money: Decimal
  readonly currency: string
}

/**
 * Marks a position at the side it would close on: a long at the bid, a short at the offer.
 * (close − open) × direction × size × contract size, as IG computes a CFD's result. Never throws.
 * @returns null when that side has no price, or the position no level or no currency.
 */
export function profitOf(holding: Holding, quote: Quote | undefined): Profit | null {
  const units = holding.direction === 'BUY' ? quote?.bidUnits : quote?.offerUnits
  const { level, currency } = holding
  if (!quote || units === null || units === undefined || level === null || currency === null) return null
  const price: Scaled = { units, decimals: quote.decimals }
  return { ...(fastResult(holding, price, level) ?? exactResult(holding, price, level)), currency }
}

type Result = Pick<Profit, 'points' | 'money'>

/** On whole numbers; null when a figure does not fit one. */
function fastResult(holding: Holding, price: Scaled, openLevel: Decimal): Result | null {
  const { level, valuePerUnit, pointsPerUnit } = factorsOf(holding, openLevel)
  if (!level || !valuePerUnit || (!pointsPerUnit && holding.pointsPerUnit !== null)) return null
  const won = holding.direction === 'BUY' ? subtract(price, level) : subtract(level, price)
  if (!won) return null
  return {
    points: pointsPerUnit && exact(multiply(won, pointsPerUnit)),
    money: exact(multiply(won, valuePerUnit)),
  }
}

const exact = (value: Scaled | Decimal): Decimal => (value instanceof Decimal ? value : fromScaled(value))

/** The same in decimal.js. A broker's level may come with the noise of a float, as 1.0841700000000003. */
function exactResult(holding: Holding, price: Scaled, level: Decimal): Result {
  const { direction, size, contractSize, pointsPerUnit } = holding
  const won = gained(direction, level, fromScaled(price))
  return {
    points: pointsPerUnit === null ? null : plain(won.times(pointsPerUnit)),
    money: plain(won.times(size).times(contractSize)),
  }
}

interface Factors {
  readonly level: Scaled | null
  readonly valuePerUnit: Scaled | null
  readonly pointsPerUnit: Scaled | null
}

/** Worked out once per position, not per tick. */
const factors = new WeakMap<Holding, Factors>()

function factorsOf(holding: Holding, level: Decimal): Factors {
  const known = factors.get(holding)
  if (known) return known
  const { size, contractSize, pointsPerUnit } = holding
  const fresh = {
    level: toScaled(level),
    valuePerUnit: toScaled(plain(new Exact(size).times(contractSize))),
    pointsPerUnit: pointsPerUnit === null ? null : toScaled(new Decimal(pointsPerUnit)),
  }
  factors.set(holding, fresh)
  return fresh
}
