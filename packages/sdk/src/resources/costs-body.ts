import type { Decimal } from 'decimal.js'
import type { ClosingCostsRequest, EditingCostsRequest, OpeningCostsRequest } from '../costs.ts'
import { InvalidInputError } from '../errors.ts'
import { dealReference, epic } from '../ids.ts'
import type { Direction } from '../position.ts'

// Bodies as IG Labs, REST API reference, "Indicative costs and charges". Decimals are printed digit by digit: never an exponent,
// never a double.

/** @throws {InvalidInputError} */
export function encodeOpening(request: OpeningCostsRequest): string {
  return body(openingFields(request))
}

/** @throws {InvalidInputError} */
export function encodeClosing(request: ClosingCostsRequest): string {
  return body(closingFields(request))
}

/** @throws {InvalidInputError} */
export function encodeEditing(request: EditingCostsRequest): string {
  return body([
    ...closingFields(request),
    ['limitLevel', optional('limit level', request.limitLevel)],
    ['editType', request.editType === undefined ? null : text(request.editType)],
  ])
}

/** A field and its JSON; `null` leaves it out. */
type Field = readonly [string, string | null]

function openingFields(request: OpeningCostsRequest): readonly Field[] {
  return [
    ['ask', finite('offer', request.offer)],
    ['bid', finite('bid', request.bid)],
    ['dealCurrencyCode', currency(request.currency)],
    ['dealReference', text(dealReference(request.reference))],
    ['size', size(request.size)],
    ['direction', request.direction === undefined ? null : direction(request.direction)],
    ['epic', request.epic === undefined ? null : text(epic(request.epic))],
    ['instrumentId', request.instrumentId === undefined ? null : text(request.instrumentId)],
    ['guaranteedStop', request.isGuaranteedStop === undefined ? null : String(request.isGuaranteedStop === true)],
    ['knockoutPremium', optional('knock-out premium', request.knockoutPremium)],
    ['priceLevel', optional('price level', request.priceLevel)],
    ['stopLevel', optional('stop level', request.stopLevel)],
  ]
}

function closingFields(request: ClosingCostsRequest): readonly Field[] {
  return [...openingFields(request), ['openingLevel', finite('opening level', request.openingLevel)]]
}

function body(fields: readonly Field[]): string {
  const written = fields.flatMap(([name, value]) => (value === null ? [] : [`"${name}":${value}`]))
  return `{${written.join(',')}}`
}

function text(value: string): string {
  return JSON.stringify(String(value))
}

function optional(name: string, value: Decimal | undefined): string | null {
  return value === undefined ? null : finite(name, value)
}

function finite(name: string, value: Decimal): string {
  if (value?.isFinite?.() === true) return value.toFixed()
  throw new InvalidInputError(`expected a ${name} as a finite Decimal, but got ${String(value)}; correct the request`)
}

/** IG Labs, REST API reference, "Positions": at most 12 decimal places. */
function size(value: Decimal): string {
  const written = finite('size', value)
  if (value.lte(0)) throw new InvalidInputError(`expected a size above 0, but got ${written}; correct the request`)
  if (value.decimalPlaces() <= 12) return written
  throw new InvalidInputError(`expected a size of at most 12 decimals, but got ${written}; round it`)
}

function direction(value: Direction): string {
  if (value === 'BUY' || value === 'SELL') return `"${value}"`
  throw new InvalidInputError(`expected BUY or SELL, but got ${String(value)}; correct the request`)
}

function currency(code: string): string {
  if (/^[A-Z]{3}$/.test(code)) return `"${code}"`
  const got = JSON.stringify(String(code).slice(0, 20))
  throw new InvalidInputError(`expected a currency such as EUR, but got ${got}; take market.currency`)
}
