import { Decimal, type Quote } from '@scalpdesk/sdk'
import type { MoneyView } from '../../screen/view.ts'

/** Digits without a Decimal: units of 10^-decimals, written out. */
export function unitsText(units: number, decimals: number): string {
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0')
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return units < 0 ? `-${text}` : text
}

export function priceText(quote: Quote | undefined, units: number | null | undefined): string | null {
  if (!quote || units === null || units === undefined) return null
  return unitsText(units, quote.decimals)
}

/** Null without both sides. */
export function spreadPoints(quote: Quote | undefined, pointsPerUnit: number): string | null {
  if (!quote || quote.bidUnits === null || quote.offerUnits === null) return null
  const units = quote.offerUnits - quote.bidUnits
  const zeros = powerOfTen(pointsPerUnit)
  // The usual market: a point is a decimal place, and the spread has its digits already.
  if (zeros !== null && units >= 0 && quote.decimals - zeros === 1) return unitsText(units, 1)
  return withDecimals(new Decimal(units).times(pointsPerUnit).div(new Decimal(10).pow(quote.decimals)), 1)
}

/** 4 of 10 000; null of what is none. */
function powerOfTen(value: number): number | null {
  const text = String(value)
  return /^10*$/.test(text) ? text.length - 1 : null
}

/** At least so many decimals, and every one that the figure has: nothing is rounded away. */
export const withDecimals = (figure: Decimal, least: number): string =>
  figure.toFixed(Math.max(least, figure.decimalPlaces()))

export function signed(value: Decimal, decimals: number, unit: string): MoneyView {
  const rounded = value.toDecimalPlaces(decimals)
  const tone = rounded.isZero() ? 'even' : rounded.gt(0) ? 'up' : 'down'
  const sign = tone === 'up' ? '+' : tone === 'even' ? '' : '-'
  return { text: `${sign}${rounded.abs().toFixed(decimals)}${unit}`, tone }
}

/** Of the day on this machine, `12:30:05`. */
export function wallTime(epochMs: number): string {
  const date = new Date(epochMs)
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(part => String(part).padStart(2, '0')).join(':')
}

/** `850 ms`, `12 s`, `3 min 20 s`, `1 h 5 min`. */
export function spanText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  const seconds = Math.floor(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
