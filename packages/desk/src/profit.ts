import { Decimal, type Quote } from '@scalpdesk/sdk'
import type { Holding } from './desk-state.ts'
import { fromScaled, multiply, type Scaled, subtract, toScaled } from './scaled.ts'

/** What closing a position now would bring: points of the market, and money in the deal's currency. Exact. */
export interface Profit {
  readonly points: Decimal
  readonly money: Decimal
  readonly currency: string
}

/**
 * Marks a position at the side it would close on: a long at the bid, a short at the offer.
 * (close − open) × direction × size × contract size, as IG computes a CFD's result.
 * @returns null when that side has no price.
 */
export function profitOf(holding: Holding, quote: Quote | undefined): Profit | null {
  const units = holding.direction === 'BUY' ? quote?.bidUnits : quote?.offerUnits
  if (!quote || units === null || units === undefined) return null
  const { level, valuePerUnit } = factorsOf(holding)
  const price: Scaled = { units, decimals: quote.decimals }
  const won = holding.direction === 'BUY' ? subtract(price, level) : subtract(level, price)
  return {
    points: fromScaled(won).times(holding.pointsPerUnit),
    money: exact(multiply(won, valuePerUnit)),
    currency: holding.currency,
  }
}

const exact = (value: Scaled | Decimal): Decimal => (value instanceof Decimal ? value : fromScaled(value))

/** Worked out once per position, not per tick. */
const factors = new WeakMap<Holding, { readonly level: Scaled; readonly valuePerUnit: Scaled }>()

function factorsOf(holding: Holding) {
  const known = factors.get(holding)
  if (known) return known
  const fresh = {
    level: toScaled(holding.level),
    valuePerUnit: toScaled(holding.size.times(holding.contractSize)),
  }
  factors.set(holding, fresh)
  return fresh
}
