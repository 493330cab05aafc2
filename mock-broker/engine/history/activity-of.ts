import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { Book } from '../book.ts'
import type { Confirm, EngineEvent, Fill, WorkingOrderChange } from '../engine-event.ts'
import type { Order } from '../order.ts'
import type { Position } from '../position.ts'
import { unitsToDecimal } from '../scaled-number.ts'
import type { WorkingOrder } from '../working-order.ts'
import { type Activity, NO_LEGS } from './activity.ts'

type Books = ReadonlyMap<string, Book>
type Details = Omit<
  Activity,
  'atMs' | 'account' | 'epic' | 'dealId' | 'channel' | 'type' | 'status' | 'reason' | 'actions'
>

/** What an event adds to the activity of its account; null when it adds nothing. */
export function activityOf(event: EngineEvent, books: Books): Activity | null {
  switch (event.kind) {
    case 'fill':
      return ofFill(event, books)
    case 'confirm':
      return event.outcome.dealStatus === 'REJECTED' ? ofRefusal(event, books) : ofAmend(event, books)
    case 'working-order':
      return ofWorkingOrder(event, books)
    default:
      return null
  }
}

/**
 * A closing deal names itself, and the position that it reduced in its action: so a close can be found by its reference
 * although its confirm names the opening deal.
 */
function ofFill(fill: Fill, books: Books): Activity {
  const { closed, workingOrder, position, reference } = fill
  const opened = workingOrder ? (`${workingOrder.type}_ORDER_FILLED` as const) : 'POSITION_OPENED'
  const closing = closed?.isWhole ? 'POSITION_CLOSED' : 'POSITION_PARTIALLY_CLOSED'
  return {
    ...common(fill, fill.dealId, workingOrder || reference === null ? 'SYSTEM' : 'PUBLIC_WEB_API'),
    type: workingOrder ? 'WORKING_ORDER' : 'POSITION',
    ...accepted,
    actions: [{ type: closed ? closing : opened, dealId: closed?.dealId ?? fill.dealId }],
    ...positionDetails(position, books),
    reference: reference ?? position.reference,
    direction: fill.direction,
    size: fill.size,
    level: level(fill.levelUnits, fill.epic, books),
  }
}

function ofAmend(confirm: Confirm, books: Books): Activity | null {
  const { outcome, order } = confirm
  if (order.kind !== 'amend' || outcome.dealStatus !== 'ACCEPTED') return null
  return {
    ...common(confirm, confirm.dealId, 'PUBLIC_WEB_API'),
    type: 'EDIT_STOP_AND_LIMIT',
    ...accepted,
    actions: [{ type: 'STOP_LIMIT_AMENDED', dealId: confirm.dealId }],
    ...noDetails(confirm),
    currency: currencyOf(confirm.epic, books),
    size: outcome.size,
    level: level(outcome.levelUnits, confirm.epic, books),
    stopLevel: level(outcome.stopUnits, confirm.epic, books),
    limitLevel: level(outcome.limitUnits, confirm.epic, books),
    isStopGuaranteed: outcome.isStopGuaranteed,
    trailingPoints: order.stop?.kind === 'trailing' ? order.stop.distancePoints : null,
    trailingStepPoints: order.stop?.kind === 'trailing' ? order.stop.stepPoints : null,
  }
}

/** A fill is told by its deal. */
function ofWorkingOrder(event: WorkingOrderChange, books: Books): Activity | null {
  const { atMs, change, cause, refusal, reference, order } = event
  if (cause === 'filled') return null
  const done = ({ OPEN: 'OPENED', UPDATED: 'AMENDED', DELETED: 'DELETED' } as const)[change]
  return {
    ...common(
      { atMs, account: order.account, epic: order.epic },
      order.dealId,
      cause === 'client' ? 'PUBLIC_WEB_API' : 'SYSTEM',
    ),
    type: 'WORKING_ORDER',
    status: refusal ? 'REJECTED' : 'ACCEPTED',
    reason: refusal ?? 'SUCCESS',
    actions: [{ type: `${order.type}_ORDER_${done}`, dealId: order.dealId }],
    ...orderDetails(order, books),
    reference: reference ?? order.reference,
  }
}

function ofRefusal(confirm: Confirm, books: Books): Activity {
  const { order, outcome, epic } = confirm
  return {
    ...common(confirm, confirm.dealId, 'PUBLIC_WEB_API'),
    type: activityTypes[order.kind],
    status: 'REJECTED',
    reason: outcome.dealStatus === 'REJECTED' ? outcome.reason : 'UNKNOWN',
    actions: [],
    ...noDetails(confirm),
    currency: 'currency' in order ? order.currency : currencyOf(epic, books),
    size: 'size' in order ? order.size : null,
  }
}

const activityTypes: Readonly<Record<Order['kind'], Activity['type']>> = {
  open: 'POSITION',
  close: 'POSITION',
  amend: 'EDIT_STOP_AND_LIMIT',
  'place-order': 'WORKING_ORDER',
  'amend-order': 'WORKING_ORDER',
  'cancel-order': 'WORKING_ORDER',
}

const accepted = { status: 'ACCEPTED', reason: 'SUCCESS' } as const

function common(
  { atMs, account, epic }: { readonly atMs: number; readonly account: string; readonly epic: string },
  dealId: string,
  channel: Activity['channel'],
) {
  return { atMs, account, epic, dealId, channel }
}

function noDetails({ reference, direction }: { reference: string; direction: DirectionJson }): Details {
  return {
    reference,
    direction,
    currency: '',
    size: null,
    level: null,
    ...NO_LEGS,
  }
}

function positionDetails(position: Position, books: Books): Details {
  const { epic, trailing, stopUnits, limitUnits, isStopGuaranteed, currency } = position
  const points = (units: number): Decimal => {
    const { decimals, pointsPerUnit } = books.get(epic)!.market
    return unitsToDecimal(units, decimals).times(pointsPerUnit)
  }
  return {
    ...noDetails(position),
    currency,
    stopLevel: level(stopUnits, epic, books),
    limitLevel: level(limitUnits, epic, books),
    isStopGuaranteed,
    trailingPoints: trailing && points(trailing.distanceUnits),
    trailingStepPoints: trailing && points(trailing.stepUnits),
  }
}

function orderDetails(order: WorkingOrder, books: Books): Details {
  const { currency, size, stopPoints, limitPoints, isStopGuaranteed, goodTillMs, levelUnits, epic } = order
  return {
    ...noDetails(order),
    currency,
    size,
    level: level(levelUnits, epic, books),
    stopPoints,
    limitPoints,
    isStopGuaranteed,
    goodTillMs,
  }
}

function level(units: number | null, epic: string, books: Books): Decimal | null {
  const market = books.get(epic)?.market
  return units === null || !market ? null : unitsToDecimal(units, market.decimals)
}

function currencyOf(epic: string, books: Books): string {
  return books.get(epic)?.market.currencies[0] ?? ''
}
