import type { AmendOrder, StopLeg } from '../../engine/index.ts'
import { type BodyFields, bodyFields } from './body-fields.ts'
import {
  CURRENCY,
  DEAL_ID,
  type DealingContext,
  type DealingRequest,
  DIRECTIONS,
  EPIC,
  EXPIRY,
  exclusive,
  missing,
  QUOTE_REFUSAL,
  readLeg,
  readPrice,
  readReference,
  readSize,
  readTimeInForce,
  wrongValue,
} from './dealing-fields.ts'

/**
 * POST /positions/otc, versions 1 and 2 (IG Labs, REST API reference, "Positions": constraints of the request). Version 1
 * knows neither trailing stops nor a time in force, and takes legs without `forceOpen`.
 * @throws RestRefusal 400 when a constraint is broken: nothing reaches dealing then.
 */
export function readOpen(body: unknown, context: DealingContext): DealingRequest {
  const fields = bodyFields(body)
  fields.requireAll(['currencyCode', 'direction', 'epic', 'expiry', 'forceOpen', 'guaranteedStop', 'orderType', 'size'])
  const currency = fields.text('currencyCode', CURRENCY)!
  const direction = fields.oneOf('direction', DIRECTIONS)!
  const epic = fields.text('epic', EPIC)!
  const expiry = fields.text('expiry', EXPIRY)!
  const isForced = fields.flag('forceOpen')!
  const isGuaranteed = fields.flag('guaranteedStop')!
  const size = readSize(fields)
  const reference = readReference(fields, context)
  const { price, isQuote } = readPrice(fields)
  const isNew = context.version > 1
  const stop = readStop(fields, isGuaranteed, isNew)
  const limit = readLeg(fields, 'limit')
  if (isNew && (stop || limit) && !isForced) throw wrongValue()
  return {
    order: {
      kind: 'open',
      reference,
      account: context.account,
      epic,
      expiry,
      currency,
      direction,
      size,
      price,
      timeInForce: isNew ? readTimeInForce(fields) : 'FILL_OR_KILL',
      mode: isForced ? 'force' : 'net',
      stop,
      limit,
      losesStop: false,
    },
    refusal: isQuote ? QUOTE_REFUSAL : null,
  }
}

function readStop(fields: BodyFields, isGuaranteed: boolean, isNew: boolean): StopLeg | null {
  const stop = readLeg(fields, 'stop')
  if (isGuaranteed && !stop) throw missing()
  if (!isNew) return stop && { ...stop, kind: isGuaranteed ? 'guaranteed' : 'normal' }
  const isTrailing = fields.flag('trailingStop') ?? false
  const stepPoints = fields.number('trailingStopIncrement')
  if (!isTrailing) {
    if (stepPoints) throw wrongValue()
    return stop && { ...stop, kind: isGuaranteed ? 'guaranteed' : 'normal' }
  }
  if (isGuaranteed || stop?.by === 'level') throw wrongValue()
  if (!stop || !stepPoints) throw missing()
  return { kind: 'trailing', by: 'distance', points: stop.points, stepPoints }
}

/** PUT /positions/otc/{dealId}, versions 1 and 2; version 1 knows no trailing stop. */
export function readAmend(dealId: string, body: unknown, context: DealingContext): DealingRequest {
  const fields = bodyFields(body)
  return {
    order: {
      kind: 'amend',
      reference: context.makeReference(),
      account: context.account,
      dealId,
      stop: readAmendedStop(fields, context.version > 1),
      limitLevel: fields.number('limitLevel'),
    },
    refusal: null,
  }
}

function readAmendedStop(fields: BodyFields, isNew: boolean): AmendOrder['stop'] {
  const isGuaranteed = fields.flag('guaranteedStop') ?? false
  const level = fields.number('stopLevel')
  const isTrailing = isNew && (fields.flag('trailingStop') ?? false)
  const distancePoints = isNew ? fields.number('trailingStopDistance') : null
  const stepPoints = isNew ? fields.number('trailingStopIncrement') : null
  if (isGuaranteed && isTrailing) throw wrongValue()
  if (isGuaranteed && !level) throw missing()
  if (!isTrailing) {
    if (distancePoints || stepPoints) throw wrongValue()
    return level && { kind: isGuaranteed ? 'guaranteed' : 'normal', level }
  }
  if (!level || !distancePoints || !stepPoints) throw missing()
  return { kind: 'trailing', level, distancePoints, stepPoints }
}

/** DELETE /positions/otc, version 1. */
export function readClose(body: unknown, context: DealingContext): DealingRequest {
  const fields = bodyFields(body)
  if (fields.has('dealId') && fields.has('epic')) throw exclusive()
  if (!fields.has('dealId') && !(fields.has('epic') && fields.has('expiry'))) throw missing()
  fields.requireAll(['direction', 'orderType', 'size'])
  const dealId = fields.text('dealId', DEAL_ID)
  const epic = fields.text('epic', EPIC) ?? ''
  const expiry = fields.text('expiry', EXPIRY) ?? ''
  const direction = fields.oneOf('direction', DIRECTIONS)!
  const size = readSize(fields)
  const { price, isQuote } = readPrice(fields)
  return {
    order: {
      kind: 'close',
      reference: context.makeReference(),
      account: context.account,
      target: dealId === null ? { by: 'market', epic, expiry } : { by: 'deal', dealId },
      direction,
      size,
      price,
      timeInForce: readTimeInForce(fields),
    },
    refusal: isQuote ? QUOTE_REFUSAL : null,
  }
}
