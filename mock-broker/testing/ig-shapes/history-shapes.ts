import { count, like, listOf, nothing, number, only, orNull, type Shape, text, truth } from '../json-shape.ts'
import { CURRENCY, DEAL_ID, DIRECTION, EPIC, EXPIRY, ISO, REFERENCE } from './field-kinds.ts'

/** "Activity history", GET /history/activity, version 3. */
const ACTIVITY = {
  date: ISO,
  epic: EPIC,
  period: EXPIRY,
  dealId: DEAL_ID,
  channel: only('DEALER', 'MOBILE', 'PUBLIC_FIX_API', 'PUBLIC_WEB_API', 'SYSTEM', 'WEB'),
  type: only('EDIT_STOP_AND_LIMIT', 'POSITION', 'SYSTEM', 'WORKING_ORDER'),
  status: only('ACCEPTED', 'REJECTED', 'UNKNOWN'),
  description: text,
} satisfies Record<string, Shape>
const ACTIVITY_PAGE = { paging: { size: count, next: orNull(like(/^\/history\/activity\?version=3&from=/)) } }
export const ACTIVITIES: Shape = {
  activities: listOf({
    ...ACTIVITY,
    details: {
      dealReference: REFERENCE,
      actions: listOf({ actionType: like(/^[A-Z_]+$/), affectedDealId: DEAL_ID }, 0),
      marketName: text,
      goodTillDate: orNull(text),
      currency: CURRENCY,
      size: number,
      direction: DIRECTION,
      level: orNull(number),
      stopLevel: orNull(number),
      stopDistance: orNull(number),
      guaranteedStop: truth,
      trailingStopDistance: orNull(number),
      trailingStep: orNull(number),
      limitLevel: orNull(number),
      limitDistance: orNull(number),
    },
  }),
  metadata: ACTIVITY_PAGE,
}
export const BARE_ACTIVITIES: Shape = { activities: listOf({ ...ACTIVITY, details: nothing }), metadata: ACTIVITY_PAGE }
const PAGES: Shape = { size: count, pageData: { pageSize: count, pageNumber: count, totalPages: count } }

/** "Activity history", versions 1 and 2: texts for people. */
const LEVEL_TEXT = like(/^(-|\d+(\.\d+)?)$/)
const ACTIVITY_V2 = {
  epic: EPIC,
  dealId: DEAL_ID,
  activityHistoryId: like(/^\d{10}$/),
  activity: text,
  marketName: text,
  period: EXPIRY,
  result: text,
  channel: text,
  currency: text,
  size: like(/^(-|[+-]\d+\.\d\d)$/),
  level: LEVEL_TEXT,
  stop: LEVEL_TEXT,
  limit: LEVEL_TEXT,
  stopType: like(/^(G|N|-|T\(\d+(\.\d+)?\))$/),
  actionStatus: only('ACCEPT', 'REJECT', 'MANUAL', 'NOT_SET'),
} satisfies Record<string, Shape>
export const ACTIVITIES_V2: Shape = { activities: listOf({ ...ACTIVITY_V2, date: ISO }), metadata: PAGES }
export const ACTIVITIES_V1: Shape = {
  activities: listOf({ ...ACTIVITY_V2, date: like(/^\d\d\/\d\d\/\d\d$/), time: like(/^\d\d:\d\d$/) }),
}

/** "Transaction history": every amount is a text. */
const TRANSACTION = {
  date: like(/^\d{4}-\d\d-\d\d$/),
  instrumentName: text,
  period: EXPIRY,
  profitAndLoss: like(/^(E|£|\$)-?\d{1,3}(,\d{3})*\.\d\d$/),
  transactionType: only('TRADE', 'DEAL', 'WITH', 'DEPO', 'DIVIDEND', 'CHART', 'EXCHANGE'),
  reference: like(/^[A-Z0-9]{8}$/),
  openLevel: LEVEL_TEXT,
  closeLevel: LEVEL_TEXT,
  size: like(/^(-|[+-]\d+(\.\d+)?)$/),
  currency: text,
  cashTransaction: truth,
} satisfies Record<string, Shape>
export const TRANSACTIONS: Shape = {
  transactions: listOf({ ...TRANSACTION, dateUtc: ISO, openDateUtc: ISO }),
  metadata: PAGES,
}
export const TRANSACTIONS_V1: Shape = { transactions: listOf(TRANSACTION) }
