import { Decimal } from 'decimal.js'
import type { AccountZone } from '../account-zone.ts'
import type { Activity, ActivityAction, ActivityDetails, ActivityRecord, RecordedStopType } from '../activity.ts'
import { dealId, dealReference, epic } from '../ids.ts'
import type { Other } from '../other.ts'
import { decodeDirection } from './decode-position.ts'
import { parseIsoLocal, parseShort } from './ig-dates.ts'
import type { JsonNode } from './json-node.ts'

/**
 * A row of version 3. Whatever is odd in it costs only itself: a row is evidence, and must not hide the others.
 * @param dates the zone in which IG prints `date`
 */
export function decodeActivity(row: JsonNode, dates: AccountZone): Activity {
  const dateText = row.get('date').orNull(readText) ?? ''
  const details = row.get('details')
  return {
    atMs: parseIsoLocal(dateText, dates),
    dateText,
    epic: row.get('epic').orNull(readEpic),
    period: row.get('period').orNull(readText),
    dealId: row.get('dealId').orNull(readDealId),
    channel: wordOf(row.get('channel'), CHANNELS),
    type: wordOf(row.get('type'), TYPES),
    status: wordOf(row.get('status'), STATUSES),
    description: row.get('description').orNull(readText),
    details: details.orNull(decodeDetails),
  }
}

/** A row of version 1, with date and time apart and local, or of version 2, with one date in the zone `dates`. */
export function decodeActivityRecord(row: JsonNode, dates: AccountZone): ActivityRecord {
  const date = row.get('date').orNull(readText) ?? ''
  const time = row.get('time').orNull(readText)
  const dateText = time === null ? date : `${date} ${time}`
  return {
    atMs: time === null ? parseIsoLocal(date, dates) : parseShort(dateText, dates),
    dateText,
    historyId: row.get('activityHistoryId').orNull(readText),
    epic: row.get('epic').orNull(readEpic),
    dealId: row.get('dealId').orNull(readDealId),
    activity: row.get('activity').orNull(readText),
    marketName: row.get('marketName').orNull(readText),
    period: row.get('period').orNull(readText),
    result: row.get('result').orNull(readText),
    channel: row.get('channel').orNull(readText),
    currencySymbol: row.get('currency').orNull(readText),
    size: row.get('size').orNull(readDecimal),
    level: row.get('level').orNull(readDecimal),
    stop: row.get('stop').orNull(readDecimal),
    limit: row.get('limit').orNull(readDecimal),
    stopType: row.get('stopType').orNull(readStopType),
    status: wordOf(row.get('actionStatus'), RECORDED_STATUSES),
  }
}

function decodeDetails(details: JsonNode): ActivityDetails {
  return {
    dealReference: details.get('dealReference').orNull(node => node.as(dealReference, 'a deal reference')),
    actions: (details.get('actions').orNull(node => node.list()) ?? []).flatMap(
      node => node.orNull(decodeAction) ?? [],
    ),
    marketName: details.get('marketName').orNull(readText),
    goodTillDate: details.get('goodTillDate').orNull(readText),
    currency: details.get('currency').orNull(readText),
    size: details.get('size').orNull(readDecimal),
    direction: details.get('direction').orNull(decodeDirection),
    level: details.get('level').orNull(readDecimal),
    stopLevel: details.get('stopLevel').orNull(readDecimal),
    stopDistance: details.get('stopDistance').orNull(readDecimal),
    limitLevel: details.get('limitLevel').orNull(readDecimal),
    limitDistance: details.get('limitDistance').orNull(readDecimal),
    isGuaranteed: details.get('guaranteedStop').orNull(node => node.flag()),
    trailingStopDistance: details.get('trailingStopDistance').orNull(readDecimal),
    trailingStep: details.get('trailingStep').orNull(readDecimal),
  }
}

function decodeAction(action: JsonNode): ActivityAction {
  return {
    type: wordOf(action.get('actionType'), ACTIONS),
    affectedDealId: action.get('affectedDealId').orNull(readDealId),
  }
}

function readStopType(node: JsonNode): RecordedStopType | null {
  const text = node.text()
  if (text === '-') return null
  const [, number] = /^T\((\d+(?:\.\d+)?)\)$/.exec(text) ?? []
  return number === undefined ? node.word(STOP_TYPES) : { trailing: new Decimal(number) }
}

/** `{ other: '' }` where there is none, or no text. */
function wordOf<T extends string>(node: JsonNode, known: Readonly<Record<string, T>>): T | Other {
  return node.orNull(word => word.word(known)) ?? { other: '' }
}

const readText = (node: JsonNode): string => node.text()
const readDecimal = (node: JsonNode): Decimal => node.decimal()
const readEpic = (node: JsonNode) => node.as(epic, 'an epic')
const readDealId = (node: JsonNode) => node.as(dealId, 'a deal id')

const CHANNELS = {
  DEALER: 'dealer',
  MOBILE: 'mobile',
  PUBLIC_FIX_API: 'public-fix-api',
  PUBLIC_WEB_API: 'public-web-api',
  SYSTEM: 'system',
  WEB: 'web',
} as const

const TYPES = {
  EDIT_STOP_AND_LIMIT: 'edit-stop-and-limit',
  POSITION: 'position',
  SYSTEM: 'system',
  WORKING_ORDER: 'working-order',
} as const

const STATUSES = { ACCEPTED: 'accepted', REJECTED: 'rejected', UNKNOWN: 'unknown' } as const

const RECORDED_STATUSES = { ACCEPT: 'accepted', REJECT: 'rejected', MANUAL: 'manual', NOT_SET: 'not-set' } as const

const STOP_TYPES = { G: 'guaranteed', N: 'not-guaranteed' } as const

const ACTIONS = {
  LIMIT_ORDER_AMENDED: 'limit-order-amended',
  LIMIT_ORDER_DELETED: 'limit-order-deleted',
  LIMIT_ORDER_FILLED: 'limit-order-filled',
  LIMIT_ORDER_OPENED: 'limit-order-opened',
  LIMIT_ORDER_ROLLED: 'limit-order-rolled',
  POSITION_CLOSED: 'position-closed',
  POSITION_DELETED: 'position-deleted',
  POSITION_OPENED: 'position-opened',
  POSITION_PARTIALLY_CLOSED: 'position-partially-closed',
  POSITION_ROLLED: 'position-rolled',
  STOP_LIMIT_AMENDED: 'stop-limit-amended',
  STOP_ORDER_AMENDED: 'stop-order-amended',
  STOP_ORDER_DELETED: 'stop-order-deleted',
  STOP_ORDER_FILLED: 'stop-order-filled',
  STOP_ORDER_OPENED: 'stop-order-opened',
  STOP_ORDER_ROLLED: 'stop-order-rolled',
  UNKNOWN: 'unknown',
  WORKING_ORDER_DELETED: 'working-order-deleted',
} as const
