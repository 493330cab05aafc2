import { Decimal } from 'decimal.js'
import { InvalidInputError } from '../errors.ts'
import type { Pricing, TimeInForce } from '../order.ts'
import type { Direction } from '../position.ts'

// Parts of the bodies of dealing requests. Types end at run time: what is not what it should be becomes no order. Decimals are
// printed digit by digit: never an exponent, never a double. All of these throw an InvalidInputError.

/** The JSON of a body, field by field. */
export class OrderBody {
  #json = ''

  /** @param json `null` leaves the field out. */
  add(name: string, json: string | null): this {
    if (json !== null) this.#json += prefixOf(name) + json
    return this
  }

  toString(): string {
    return `{${this.#json.slice(1)}}`
  }
}

/** By field name; written once, because each piece of text that is put together costs an order memory. */
const prefixes = new Map<string, string>()

function prefixOf(name: string): string {
  const known = prefixes.get(name)
  if (known !== undefined) return known
  const made = `,"${name}":`
  prefixes.set(name, made)
  return made
}

export function text(name: string, value: string): string {
  if (typeof value === 'string' && value !== '') return JSON.stringify(value)
  throw wrong(`a text as ${name}`, value, 'correct the order')
}

/** @param check one of those of `ids.ts`. */
export function id(name: string, value: string, check: (text: string) => string): string {
  return text(name, check(typeof value === 'string' ? value : ''))
}

/** @throws {InvalidInputError} for a deal id that cannot be a part of a path. */
export function pathPart(value: string, check: (text: string) => string): string {
  const part = check(typeof value === 'string' ? value : '')
  if (part !== '.' && part !== '..' && part.isWellFormed()) return encodeURIComponent(part)
  throw wrong('a deal id', value, 'take it from positions.list() or orders.list()')
}

export function direction(value: Direction): string {
  if (value === 'BUY' || value === 'SELL') return `"${value}"`
  throw wrong('BUY or SELL', value, 'correct the order')
}

export function flag(name: string, value: boolean | undefined): boolean {
  if (value === undefined || value === false) return false
  if (value === true) return true
  throw wrong(`true or false as ${name}`, value, 'correct the order')
}

/** IG Labs, REST API reference, "Positions": at most 12 decimal places. */
export function size(value: Decimal): string {
  const digits = positive('size', value)
  if (value.decimalPlaces() <= 12) return digits
  throw new InvalidInputError(`expected a size of at most 12 decimals, but got ${digits}; round it`)
}

export function positive(name: string, value: Decimal): string {
  const digits = finite(name, value)
  if (value.isPositive() && !value.isZero()) return digits
  throw new InvalidInputError(`expected a ${name} above 0, but got ${digits}; correct the order`)
}

/** A level may be 0 or below it: spreads and rates have such. */
export function finite(name: string, value: Decimal): string {
  if (!Decimal.isDecimal(value)) throw wrong(`a Decimal as ${name}`, value, 'make it one: new Decimal(text)')
  if (value.isFinite()) return value.toFixed()
  throw new InvalidInputError(`expected a ${name}, but got ${value.toFixed()}; correct the order`)
}

/** Adds `level`, `orderType`, `quoteId` and `timeInForce`: constraints a, b and c of the reference's table. */
export function addPricing(body: OrderBody, order: Pricing & { readonly timeInForce?: TimeInForce }): void {
  const { level, quoteId } = order
  const kind = order.kind ?? 'market'
  switch (kind) {
    case 'market':
      if (level !== undefined) throw excluded('a market order', 'a level', 'say kind: limit')
      break
    case 'limit':
    case 'quote':
      if (level === undefined) missing(`a ${kind} order`, 'its level')
      break
    default:
      throw wrong('market, limit or quote as kind', kind, 'correct the order')
  }
  if (kind === 'quote' && quoteId === undefined) missing('a quote order', 'its quote')
  if (kind !== 'quote' && quoteId !== undefined) throw excluded(`a ${kind} order`, 'a quote', 'say kind: quote')
  body
    .add('level', level === undefined ? null : finite('level', level))
    .add('orderType', ORDER_TYPES[kind])
    .add('quoteId', quoteId === undefined ? null : text('quoteId', quoteId))
    .add('timeInForce', timeInForce(order.timeInForce))
}

const ORDER_TYPES = { market: '"MARKET"', limit: '"LIMIT"', quote: '"QUOTE"' } as const

interface Leg {
  readonly level?: Decimal | undefined
  readonly distancePoints?: Decimal | undefined
}

/** Adds a leg, where there is one. Constraints d and e: by its level or by its distance, never by both. */
export function addLeg(body: OrderBody, name: 'stop' | 'limit', leg: Leg | null | undefined): void {
  if (leg === null || leg === undefined) return
  const { level, distancePoints } = leg
  if (level !== undefined && distancePoints !== undefined) {
    throw excluded(`a ${name} by its level`, 'a distance', 'leave one out')
  }
  if (level !== undefined) body.add(`${name}Level`, finite(`${name} level`, level))
  else if (distancePoints !== undefined) body.add(`${name}Distance`, positive(`${name} distance`, distancePoints))
  else missing(`a ${name}`, 'its level or its distance')
}

export function excluded(what: string, with_: string, advice: string): InvalidInputError {
  return new InvalidInputError(`expected ${what} without ${with_}, but got both; ${advice}`)
}

export function missing(what: string, part: string): never {
  throw new InvalidInputError(`expected ${what} with ${part}, but got none; correct the order`)
}

export function wrong(expectation: string, value: unknown, advice: string): InvalidInputError {
  const got = JSON.stringify(value)?.slice(0, 40) ?? typeof value
  return new InvalidInputError(`expected ${expectation}, but got ${got}; ${advice}`)
}

function timeInForce(value: TimeInForce | undefined): string | null {
  switch (value) {
    case undefined:
      return null
    case 'fill-or-kill':
      return '"FILL_OR_KILL"'
    case 'execute-and-eliminate':
      return '"EXECUTE_AND_ELIMINATE"'
    default:
      throw wrong('fill-or-kill or execute-and-eliminate', value, 'correct the order')
  }
}
