import type { Leg, PlaceOrder } from '../../engine/index.ts'
import { RestRefusal } from './answer.ts'
import { type BodyFields, bodyFields } from './body-fields.ts'
import {
  CURRENCY,
  type DealingContext,
  type DealingRequest,
  DIRECTIONS,
  EPIC,
  EXPIRY,
  missing,
  readLeg,
  readReference,
  readSize,
} from './dealing-fields.ts'

/**
 * POST /workingorders/otc, versions 1 and 2 (IG Labs, REST API reference, "Working Orders"). Without `forceOpen` it is taken as
 * true, as users of public clients report.
 */
export function readPlace(body: unknown, context: DealingContext): DealingRequest {
  const fields = bodyFields(body)
  fields.requireAll([
    'currencyCode',
    'direction',
    'epic',
    'expiry',
    'guaranteedStop',
    'level',
    'size',
    'timeInForce',
    'type',
  ])
  const isForced = (context.version > 1 ? fields.flag('forceOpen') : null) ?? true
  return {
    order: {
      kind: 'place-order',
      reference: readReference(fields, context),
      account: context.account,
      currency: fields.text('currencyCode', CURRENCY)!,
      direction: fields.oneOf('direction', DIRECTIONS)!,
      epic: fields.text('epic', EPIC)!,
      expiry: fields.text('expiry', EXPIRY)!,
      type: fields.oneOf('type', TYPES)!,
      size: readSize(fields),
      level: fields.number('level')!,
      goodTillMs: readGoodTill(fields),
      mode: isForced ? 'force' : 'net',
      // Version 2 takes a guaranteed stop by distance only, version 1 in either way.
      stop: readOrderStop(fields, context.version > 1 ? 'distance' : null),
      limit: readLeg(fields, 'limit'),
    },
    refusal: null,
  }
}

/** PUT /workingorders/otc/{dealId}, versions 1 and 2: a guaranteed stop is a level here, a distance on create. */
export function readAmendOrder(dealId: string, body: unknown, context: DealingContext): DealingRequest {
  const fields = bodyFields(body)
  fields.requireAll(['level', 'timeInForce', 'type'])
  return {
    order: {
      kind: 'amend-order',
      reference: context.makeReference(),
      account: context.account,
      dealId,
      type: fields.oneOf('type', TYPES)!,
      level: fields.number('level')!,
      goodTillMs: readGoodTill(fields),
      stop: readOrderStop(fields, 'level'),
      limit: readLeg(fields, 'limit'),
    },
    refusal: null,
  }
}

function readOrderStop(fields: BodyFields, guaranteedBy: Leg['by'] | null): PlaceOrder['stop'] {
  const isGuaranteed = fields.flag('guaranteedStop') ?? false
  const stop = readLeg(fields, 'stop')
  if (isGuaranteed && (!stop || (guaranteedBy !== null && stop.by !== guaranteedBy))) throw missing()
  return stop && { ...stop, kind: isGuaranteed ? 'guaranteed' : 'normal' }
}

/** `2024/06/30 20:59:00` in UTC, or epoch milliseconds. */
function readGoodTill(fields: BodyFields): number | null {
  const timeInForce = fields.oneOf('timeInForce', ['GOOD_TILL_CANCELLED', 'GOOD_TILL_DATE'])
  if (timeInForce !== 'GOOD_TILL_DATE') return null
  if (!fields.has('goodTillDate')) throw missing()
  const text = fields.scalar('goodTillDate') ?? ''
  const atMs = /^\d+$/.test(text) ? Number(text) : GOOD_TILL.test(text) ? Date.parse(isoOf(text)) : Number.NaN
  if (!Number.isSafeInteger(atMs) || Math.abs(atMs) > LAST_DATE_MS) {
    throw new RestRefusal(400, 'validation.pattern.invalid.request.goodTillDate')
  }
  return atMs
}

function isoOf(text: string): string {
  return `${text.replaceAll('/', '-').replace(' ', 'T')}Z`
}

const TYPES = ['LIMIT', 'STOP'] as const
const GOOD_TILL = /^\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}$/
/** The last instant that a date can hold (ECMAScript, "Time Values and Time Range"). */
const LAST_DATE_MS = 8.64e15
