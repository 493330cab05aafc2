import type { Decimal } from 'decimal.js'
import type { Leg, OrderPrice, Reason } from '../../engine/index.ts'
import type { OrderDraft } from '../deal-queue.ts'
import { RestRefusal } from './answer.ts'
import { type BodyFields, bodyFields } from './body-fields.ts'

/** A dealing request that is well formed, and the reason to refuse it nevertheless, if there is one. */
export interface DealingRequest {
  readonly order: OrderDraft
  readonly refusal: Reason | null
}

/**
 * POST /positions/otc, version 2 (IG Labs, REST API reference, "Positions": constraints of the request).
 * @throws RestRefusal 400 when a constraint is broken: nothing reaches dealing then.
 */
export function readOpen(body: unknown, makeReference: () => string): DealingRequest {
  const fields = bodyFields(body)
  fields.requireAll(['currencyCode', 'direction', 'epic', 'expiry', 'forceOpen', 'guaranteedStop', 'orderType', 'size'])
  const currency = fields.text('currencyCode', /^[A-Z]{3}$/)!
  const direction = fields.oneOf('direction', DIRECTIONS)!
  const epic = fields.text('epic', EPIC)!
  const expiry = fields.text('expiry', EXPIRY)!
  const isForced = fields.flag('forceOpen')!
  const isGuaranteed = fields.flag('guaranteedStop')!
  const size = readSize(fields)
  const reference = fields.text('dealReference', /^[A-Za-z0-9_-]{1,30}$/) ?? makeReference()
  const { price, isQuote } = readPrice(fields)
  fields.oneOf('timeInForce', ['EXECUTE_AND_ELIMINATE', 'FILL_OR_KILL'])
  const isTrailing = fields.flag('trailingStop') ?? false
  const increment = fields.number('trailingStopIncrement')
  const stop = readLeg(fields, 'stop')
  const limit = readLeg(fields, 'limit')

  if (isGuaranteed && !stop) throw missing()
  if ((stop || limit) && !isForced) throw wrongValue()
  if (isTrailing) {
    if (isGuaranteed || stop?.by === 'level') throw wrongValue()
    if (!stop || !increment) throw missing()
  } else if (increment) throw wrongValue()

  return {
    order: {
      kind: 'open',
      reference,
      epic,
      expiry,
      currency,
      direction,
      size,
      price,
      mode: isForced ? 'force' : 'net',
      stop: stop && { ...stop, isGuaranteed },
      limit,
    },
    refusal: isTrailing ? 'TRAILING_STOP_NOT_ALLOWED' : isQuote ? QUOTE_REFUSAL : null,
  }
}

/** PUT /positions/otc/{dealId}, version 2. */
export function readAmend(dealId: string, body: unknown, makeReference: () => string): DealingRequest {
  const fields = bodyFields(body)
  const isStopGuaranteed = fields.flag('guaranteedStop') ?? false
  const isTrailing = fields.flag('trailingStop') ?? false
  const stopLevel = fields.number('stopLevel')
  const limitLevel = fields.number('limitLevel')
  const distance = fields.number('trailingStopDistance')
  const increment = fields.number('trailingStopIncrement')
  if (isStopGuaranteed && isTrailing) throw wrongValue()
  if (isStopGuaranteed && !stopLevel) throw missing()
  if (isTrailing && !(stopLevel && distance && increment)) throw missing()
  if (!isTrailing && (distance || increment)) throw wrongValue()
  return {
    order: { kind: 'amend', reference: makeReference(), dealId, stopLevel, limitLevel, isStopGuaranteed },
    refusal: isTrailing ? 'TRAILING_STOP_NOT_ALLOWED' : null,
  }
}

/** DELETE /positions/otc, version 1. */
export function readClose(body: unknown, makeReference: () => string): DealingRequest {
  const fields = bodyFields(body)
  if (fields.has('dealId') && fields.has('epic')) throw exclusive()
  if (!fields.has('dealId') && !(fields.has('epic') && fields.has('expiry'))) throw missing()
  fields.requireAll(['direction', 'orderType', 'size'])
  const dealId = fields.text('dealId', /^.{1,30}$/)
  const epic = fields.text('epic', EPIC)
  fields.text('expiry', EXPIRY)
  const direction = fields.oneOf('direction', DIRECTIONS)!
  const size = readSize(fields)
  const { price, isQuote } = readPrice(fields)
  fields.oneOf('timeInForce', ['EXECUTE_AND_ELIMINATE', 'FILL_OR_KILL'])
  return {
    order: {
      kind: 'close',
      reference: makeReference(),
      target: dealId === null ? { by: 'market', epic: epic ?? '' } : { by: 'deal', dealId },
      direction,
      size,
      price,
    },
    refusal: isQuote ? QUOTE_REFUSAL : null,
  }
}

function readSize(fields: BodyFields): Decimal {
  const size = fields.number('size')!
  if (size.lte(0)) throw new RestRefusal(400, 'invalid.request.size')
  if (size.decimalPlaces() > 12) throw new RestRefusal(400, 'validation.pattern.invalid.request.size')
  return size
}

function readPrice(fields: BodyFields): { readonly price: OrderPrice; readonly isQuote: boolean } {
  const type = fields.oneOf('orderType', ['MARKET', 'LIMIT', 'QUOTE'])!
  const level = fields.number('level')
  const quoteId = fields.text('quoteId')
  if (type !== 'MARKET' && !level) throw missing()
  if (type === 'QUOTE' && !quoteId) throw missing()
  if (type !== 'QUOTE' && quoteId) throw exclusive()
  if (type === 'MARKET' && level) throw exclusive()
  return { price: level ? { type: 'LIMIT', level } : { type: 'MARKET' }, isQuote: type === 'QUOTE' }
}

function readLeg(fields: BodyFields, leg: 'stop' | 'limit'): Leg | null {
  const level = fields.number(`${leg}Level`)
  const points = fields.number(`${leg}Distance`)
  if (level && points) throw exclusive()
  if (level) return { by: 'level', level }
  return points && { by: 'distance', points }
}

// Which of the three codes answers which broken constraint is inferred from reports of users of public clients: unconfirmed.
const exclusive = (): RestRefusal => new RestRefusal(400, 'validation.mutual-exclusive-value.request')
const missing = (): RestRefusal => new RestRefusal(400, 'validation.null-conditional-set-value.request')
const wrongValue = (): RestRefusal => new RestRefusal(400, 'validation.target-value-conditional-set-value.request')

// IG Labs, REST API reference, "Positions": patterns of the request.
const EPIC = /^[A-Za-z0-9._]{6,30}$/
const EXPIRY = /^((\d{2}-)?[A-Z]{3}-\d{2}|-|DFB)$/
const DIRECTIONS = ['BUY', 'SELL'] as const
/** IG does not offer QUOTE orders to the public; what it answers is unconfirmed. */
const QUOTE_REFUSAL: Reason = 'ORDER_DECLINED'
