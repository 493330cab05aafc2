import type { Decimal } from 'decimal.js'
import { Exact, ZERO } from './exact-decimal.ts'

/**
 * Money in whole cents: a number as long as it is a safe integer, so that the usual order costs whole arithmetic and no more, and
 * a bigint beyond. Both compare with each other; sums go through `plus` and `minus`, which never round.
 */
export type Cents = number | bigint

export function plus(one: Cents, other: Cents): Cents {
  if (typeof one === 'number' && typeof other === 'number') {
    const sum = one + other
    if (Number.isSafeInteger(sum)) return sum
  }
  return shortest(BigInt(one) + BigInt(other))
}

export function minus(one: Cents, other: Cents): Cents {
  return plus(one, typeof other === 'number' ? 0 - other : -other)
}

export function centsToDecimal(cents: Cents): Decimal {
  // The constructor takes small whole numbers as they are, and reads any other from its text.
  return cents === 0 ? ZERO : new Exact(typeof cents === 'number' ? cents : String(cents)).times(ONE_CENT)
}

/** @throws Error for an amount with a part of a cent. */
export function decimalToCents(amount: Decimal): Cents {
  const cents = new Exact(amount).times(100)
  if (!cents.isInteger()) throw new Error(`expected an amount to the cent, but got ${amount}; round it`)
  return shortest(BigInt(cents.toFixed()))
}

function shortest(cents: bigint): Cents {
  const short = Number(cents)
  return Number.isSafeInteger(short) ? short : cents
}

const ONE_CENT = new Exact('0.01')
