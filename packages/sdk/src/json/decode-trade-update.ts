import { dealId, dealReference, epic } from '../ids.ts'
import type { ConfirmEvent, PositionUpdate, WorkingOrderUpdate } from '../trade-event.ts'
import { decodeConfirm } from './decode-confirm.ts'
import { decodeDirection } from './decode-position.ts'
import { decodeRepeatDeal } from './decode-repeat-dealing.ts'
import { JsonNode } from './json-node.ts'

// What must be there is what the event is about; the rest costs only itself. Numbers come as numbers or as text.
// Source: IG Labs, Streaming API reference, "TRADE".

const STATUSES = { OPEN: 'open', UPDATED: 'updated', DELETED: 'deleted' } as const
const DEAL_STATUSES = { ACCEPTED: 'accepted', REJECTED: 'rejected' } as const
const KINDS = { LIMIT: 'limit', STOP: 'stop' } as const
const TIMES = { GOOD_TILL_CANCELLED: 'good-till-cancelled', GOOD_TILL_DATE: 'good-till-date' } as const

/** The field CONFIRMS. @throws {DecodeError} */
export function decodeStreamedConfirm(json: unknown): ConfirmEvent {
  const confirm = decodeConfirm(json, 'CONFIRMS')
  const node = new JsonNode(json, 'CONFIRMS')
  const entries = node.get('repeatDealingWindow').orEmpty().get('entries')
  const deals = entries.orNull(list => list.list())?.map(deal => deal.orNull(decodeRepeatDeal)) ?? []
  return {
    kind: 'confirm',
    confirm,
    channel: textIn(node, 'channel'),
    repeatDealing: deals.filter(deal => deal !== null),
  }
}

/** The field OPU. @throws {DecodeError} */
export function decodePositionUpdate(json: unknown): PositionUpdate {
  const update = new JsonNode(json, 'OPU')
  const distancePoints = decimalIn(update, 'trailingStopDistance')
  const stepPoints = decimalIn(update, 'trailingStep')
  return {
    dealId: update.get('dealId').as(dealId, 'a deal id'),
    originalDealId: update.get('dealIdOrigin').orNull(node => node.as(dealId, 'a deal id')),
    reference: referenceIn(update),
    epic: update.get('epic').as(epic, 'an epic'),
    expiry: textIn(update, 'expiry'),
    direction: decodeDirection(update.get('direction')),
    size: update.get('size').decimal(),
    level: update.get('level').decimalOrNull(),
    currency: textIn(update, 'currency'),
    status: update.get('status').word(STATUSES),
    dealStatus: update.get('dealStatus').orNull(node => node.word(DEAL_STATUSES)),
    // Not lenient: a stop that is there must not look like one that is not.
    stopLevel: update.get('stopLevel').decimalOrNull(),
    limitLevel: update.get('limitLevel').decimalOrNull(),
    isGuaranteed: update.get('guaranteedStop').orNull(node => node.flag()) ?? false,
    trailingStop: distancePoints === null || stepPoints === null ? null : { distancePoints, stepPoints },
    atMs: update.get('timestamp').orNull(node => node.utcMs()),
    channel: textIn(update, 'channel'),
  }
}

/** The field WOU. @throws {DecodeError} */
export function decodeWorkingOrderUpdate(json: unknown): WorkingOrderUpdate {
  const update = new JsonNode(json, 'WOU')
  return {
    dealId: update.get('dealId').as(dealId, 'a deal id'),
    reference: referenceIn(update),
    epic: update.get('epic').as(epic, 'an epic'),
    expiry: textIn(update, 'expiry'),
    direction: update.get('direction').orNull(decodeDirection),
    size: decimalIn(update, 'size'),
    level: decimalIn(update, 'level'),
    currency: textIn(update, 'currency'),
    status: update.get('status').word(STATUSES),
    dealStatus: update.get('dealStatus').orNull(node => node.word(DEAL_STATUSES)),
    orderKind: update.get('orderType').orNull(node => node.word(KINDS)),
    timeInForce: update.get('timeInForce').orNull(node => node.word(TIMES)),
    goodTillText: textIn(update, 'goodTillDate'),
    stopDistancePoints: decimalIn(update, 'stopDistance'),
    limitDistancePoints: decimalIn(update, 'limitDistance'),
    isGuaranteed: update.get('guaranteedStop').orNull(node => node.flag()) ?? false,
    atMs: update.get('timestamp').orNull(node => node.utcMs()),
    channel: textIn(update, 'channel'),
  }
}

function textIn(node: JsonNode, name: string): string | null {
  return node.get(name).orNull(value => value.text())
}

function decimalIn(node: JsonNode, name: string): PositionUpdate['level'] {
  return node.get(name).orNull(value => value.decimal())
}

/** A reference of another program may have any form. */
function referenceIn(node: JsonNode): PositionUpdate['reference'] {
  return node.get('dealReference').orNull(value => value.as(dealReference, 'a deal reference'))
}
