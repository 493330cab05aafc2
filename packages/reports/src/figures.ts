import { Decimal } from '@scalpdesk/sdk'

/**
 * All digits that a figure has, in plain notation: `-1234.5`, never `1e-7` or `-0`. Every form of a report prints its figures with the
 * functions of this file, so that they agree to the last digit.
 * @throws {RangeError} when it is not a finite number
 */
export function exactText(value: Decimal): string {
  return plain(value, value.decimalPlaces())
}

/** Money: all its digits, and at least those that the currency's coins have: `-12.50`, `0.005`. @throws {RangeError} */
export function moneyText(value: Decimal, currency: string): string {
  return plain(value, Math.max(value.decimalPlaces(), coinDigits(currency)))
}

/** Money that came of a division, rounded half away from zero to the coin. Our choice: a mean has no end of digits. @throws {RangeError} */
export function meanText(value: Decimal, currency: string): string {
  return plain(value, coinDigits(currency))
}

/** R and the profit factor: two decimals, rounded half away from zero. Our choice. @throws {RangeError} */
export function ratioText(value: Decimal): string {
  return plain(value, RATIO_DIGITS)
}

/** A share from 0 to 1 as a number with four decimals: `0.3750`. @throws {RangeError} */
export function shareText(share: number): string {
  return plain(new Decimal(share), SHARE_DIGITS)
}

/** The digits of `shareText` as a percentage: `37.50%`. @throws {RangeError} */
export function percentText(share: number): string {
  return `${plain(new Decimal(shareText(share)).times(100), SHARE_DIGITS - 2)}%`
}

/** Milliseconds, to a hundredth: `41.5`. @throws {RangeError} */
export function msText(ms: number): string {
  return exactText(new Decimal(ms).toDecimalPlaces(MS_DIGITS, Decimal.ROUND_HALF_UP))
}

/** With a comma between thousands, for eyes: forms that programs read do without. */
export function grouped(figure: string): string {
  const [whole = '', rest] = figure.split('.')
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return rest === undefined ? parted : `${parted}.${rest}`
}

/** A plus before what is above zero, so that colour is never the only sign. */
export function signed(figure: string): string {
  return /^[0.,]*$/.test(figure) || figure.startsWith('-') ? figure : `+${figure}`
}

/** Digits after the point of a currency's smallest coin; 2 where the currency is not known. @see ISO 4217, "minor unit" */
export function coinDigits(currency: string): number {
  return COIN_DIGITS.get(currency) ?? 2
}

const RATIO_DIGITS = 2
const SHARE_DIGITS = 4
const MS_DIGITS = 2

/** Those of ISO 4217 that have another number of digits than two. */
const COIN_DIGITS = new Map([
  ...[
    'BIF',
    'CLP',
    'DJF',
    'GNF',
    'ISK',
    'JPY',
    'KMF',
    'KRW',
    'PYG',
    'RWF',
    'UGX',
    'VND',
    'VUV',
    'XAF',
    'XOF',
    'XPF',
  ].map(code => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map(code => [code, 3] as const),
])

function plain(value: Decimal, digits: number): string {
  if (!value.isFinite())
    throw new RangeError(`expected a finite figure, but it is ${value.toString()}; leave out what is not known`)
  const text = value.toFixed(digits, Decimal.ROUND_HALF_UP)
  return text.startsWith('-') && /^-[0.]*$/.test(text) ? text.slice(1) : text
}

/** In words, as headings say it. */
export const tradeCount = (trades: number): string => `${grouped(String(trades))} ${trades === 1 ? 'trade' : 'trades'}`
