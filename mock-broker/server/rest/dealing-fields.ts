import type { Decimal } from 'decimal.js'
import type { Leg, OrderPrice, Reason, TimeInForce } from '../../engine/index.ts'
import type { OrderDraft } from '../deal-references.ts'
import { RestRefusal } from './answer.ts'
import type { BodyFields } from './body-fields.ts'

/** A dealing request that is well formed, and the reason to refuse it nevertheless, if there is one. */
export interface DealingRequest {
  readonly order: OrderDraft
  readonly refusal: Reason | null
}

/** Who a request is for, and a reference for one that brought none. */
export interface DealingContext {
  readonly account: string
  readonly version: number
  makeReference(): string
}

export function readSize(fields: BodyFields): Decimal {
  const size = fields.number('size')!
  if (size.isZero() || size.isNegative()) throw new RestRefusal(400, 'invalid.request.size')
  if (size.decimalPlaces() > 12) throw new RestRefusal(400, 'validation.pattern.invalid.request.size')
  return size
}

export function readPrice(fields: BodyFields): { readonly price: OrderPrice; readonly isQuote: boolean } {
  const type = fields.oneOf('orderType', ['MARKET', 'LIMIT', 'QUOTE'])!
  const level = fields.number('level')
  const quoteId = fields.text('quoteId')
  if (type !== 'MARKET' && !level) throw missing()
  if (type === 'QUOTE' && !quoteId) throw missing()
  if (type !== 'QUOTE' && quoteId) throw exclusive()
  if (type === 'MARKET' && level) throw exclusive()
  return { price: level ? { type: 'LIMIT', level } : AT_MARKET, isQuote: type === 'QUOTE' }
}

const AT_MARKET: OrderPrice = { type: 'MARKET' }

/** Whole or nothing when left out (IG Labs, REST API reference, "Positions"). */
export function readTimeInForce(fields: BodyFields): TimeInForce {
  return fields.oneOf('timeInForce', ['EXECUTE_AND_ELIMINATE', 'FILL_OR_KILL']) ?? 'FILL_OR_KILL'
}

export function readLeg(fields: BodyFields, leg: 'stop' | 'limit'): Leg | null {
  const level = fields.number(`${leg}Level`)
  const points = fields.number(`${leg}Distance`)
  if (level && points) throw exclusive()
  if (level) return { by: 'level', level }
  return points && { by: 'distance', points }
}

export function readReference(fields: BodyFields, { makeReference }: DealingContext): string {
  return fields.text('dealReference', /^[A-Za-z0-9_-]{1,30}$/) ?? makeReference()
}

// Which of the three codes answers which broken constraint is inferred from reports of users of public clients: unconfirmed.
export const exclusive = (): RestRefusal => new RestRefusal(400, 'validation.mutual-exclusive-value.request')
export const missing = (): RestRefusal => new RestRefusal(400, 'validation.null-conditional-set-value.request')
export const wrongValue = (): RestRefusal =>
  new RestRefusal(400, 'validation.target-value-conditional-set-value.request')

// IG Labs, REST API reference, "Positions" and "Working Orders": patterns of the request.
export const EPIC = /^[A-Za-z0-9._]{6,30}$/
export const EXPIRY = /^((\d{2}-)?[A-Z]{3}-\d{2}|-|DFB)$/
export const CURRENCY = /^[A-Z]{3}$/
export const DEAL_ID = /^.{1,30}$/
export const DIRECTIONS = ['BUY', 'SELL'] as const
/** IG does not offer QUOTE orders to the public; what it answers is unconfirmed. */
export const QUOTE_REFUSAL: Reason = 'ORDER_DECLINED'
