import { Decimal } from 'decimal.js'

const PLAIN_NUMBER = /^-?\d{1,30}(?:\.\d{1,30})?$/

/** A number of the stream; `null` for none and for one that cannot be read: an unknown one, not a fault. */
export function decimalOf(text: string | null): Decimal | null {
  return text !== null && PLAIN_NUMBER.test(text) ? new Decimal(text) : null
}

/** Of a volume or a count: no price and no money. */
export function numberOf(text: string | null): number | null {
  return text !== null && PLAIN_NUMBER.test(text) ? Number(text) : null
}
