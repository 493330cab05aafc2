import type { Decimal } from 'decimal.js'
import { InvalidInputError } from '../errors.ts'
import type { AmendOrder, CloseOrder, OpenOrder } from '../order.ts'
import type { Direction } from '../position.ts'

// Bodies as IG Labs, REST API reference, "Positions". Decimals are printed digit by digit: never an exponent, never a double.

/** POST /positions/otc version 2. @throws {InvalidInputError} */
export function encodeOpen(order: OpenOrder): string {
  const { market, stop, limit } = order
  return body([
    ['currencyCode', text(market.currency)],
    ['dealReference', text(order.reference)],
    ['direction', direction(order.direction)],
    ['epic', text(market.epic)],
    ['expiry', text(market.expiry)],
    // Stops and limits need it, and a new position is what was asked for.
    ['forceOpen', 'true'],
    ['guaranteedStop', stop?.isGuaranteed === true ? 'true' : 'false'],
    ['orderType', '"MARKET"'],
    ['size', size(order.size)],
    ['stopDistance', stop === undefined ? null : positive('stop distance', stop.distancePoints)],
    ['limitDistance', limit === undefined ? null : positive('limit distance', limit.distancePoints)],
  ])
}

/** DELETE /positions/otc version 1. @throws {InvalidInputError} */
export function encodeClose(order: CloseOrder): string {
  return body([
    // The deal id alone: with an epic beside it IG refuses the request.
    ['dealId', text(order.dealId)],
    ['direction', direction(order.direction)],
    ['orderType', '"MARKET"'],
    ['size', size(order.size)],
  ])
}

/** PUT /positions/otc/{dealId} version 2: replaces both legs, so both are always there. @throws {InvalidInputError} */
export function encodeAmend(order: AmendOrder): string {
  const isGuaranteed = order.isGuaranteed === true
  if (isGuaranteed && order.stopLevel === null) {
    throw new InvalidInputError('expected the level of the guaranteed stop, but got null; IG cannot remove such a stop')
  }
  return body([
    ['guaranteedStop', isGuaranteed ? 'true' : 'false'],
    ['limitLevel', order.limitLevel === null ? 'null' : finite('limit level', order.limitLevel)],
    ['stopLevel', order.stopLevel === null ? 'null' : finite('stop level', order.stopLevel)],
    ['trailingStop', 'false'],
  ])
}

/** `null` leaves a field out. */
function body(fields: readonly (readonly [string, string | null])[]): string {
  let json = ''
  for (const [name, value] of fields) if (value !== null) json += `${json === '' ? '{' : ','}"${name}":${value}`
  return `${json}}`
}

function text(value: string): string {
  return JSON.stringify(value)
}

/** Types end at run time: what is neither must not become an order. */
function direction(value: Direction): string {
  if (value === 'BUY' || value === 'SELL') return `"${value}"`
  throw new InvalidInputError(`expected BUY or SELL, but got ${JSON.stringify(value)}; correct the order`)
}

/** IG Labs, REST API reference, "Positions": at most 12 decimal places. */
function size(value: Decimal): string {
  if (value.decimalPlaces() > 12) {
    throw new InvalidInputError(`expected a size of at most 12 decimals, but got ${value.toFixed()}; round it`)
  }
  return positive('size', value)
}

function positive(name: string, value: Decimal): string {
  if (!value.isFinite() || !value.isPositive() || value.isZero()) {
    throw new InvalidInputError(`expected a ${name} above 0, but got ${value.toFixed()}; correct the order`)
  }
  return value.toFixed()
}

function finite(name: string, value: Decimal): string {
  if (!value.isFinite()) {
    throw new InvalidInputError(`expected a ${name}, but got ${value.toFixed()}; correct the order`)
  }
  return value.toFixed()
}
