import { Decimal } from '@scalpdesk/sdk'

/** An amount from its source text, digit by digit: it never passes through a float. Null when it is none, or not reasonable. */
export function exactAmount(text: string): Decimal | null {
  if (text.length > LONGEST || !NUMBER.test(text)) return null
  const amount = new Decimal(text)
  return amount.isFinite() && amount.lt(MOST) && amount.decimalPlaces() <= MOST_DECIMALS ? amount : null
}

/** Whether every reader of JSON keeps all its digits when it is written as a number. */
export const isSafeNumber = (amount: Decimal): boolean => amount.precision() <= SAFE_DIGITS

/** What JSON allows as a number (RFC 8259, section 6), without a sign: no setting is below 0. */
const NUMBER = /^(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d{1,2})?$/
/** Our choices: beyond any price, size or fortune, and within what the desk reckons exactly. */
const LONGEST = 40
const MOST = '1e12'
const MOST_DECIMALS = 12
/** Decimal digits that an IEEE 754 double always keeps (DBL_DIG of C). */
const SAFE_DIGITS = 15
