import { count, like, listOf, nothing, number, only, orNull, type Shape, text, truth } from '../json-shape.ts'
import {
  CURRENCY,
  DEAL_ID,
  DIRECTION,
  EPIC,
  EXPIRY,
  ISO,
  ISO_MS,
  MADE_REFERENCE,
  REFERENCE,
  SLASHED_MINUTE,
  SLASHES,
} from './field-kinds.ts'
import { SUMMARY } from './market-shapes.ts'

const POSITION_OF_BOTH = {
  contractSize: number,
  createdDate: SLASHES,
  dealId: DEAL_ID,
  direction: DIRECTION,
  limitLevel: orNull(number),
  currency: CURRENCY,
  controlledRisk: truth,
  stopLevel: orNull(number),
  trailingStep: orNull(number),
  trailingStopDistance: orNull(number),
  limitedRiskPremium: orNull(number),
} satisfies Record<string, Shape>
const { updateTimeUTC: _utcOfV2, ...SUMMARY_V1 } = SUMMARY

/** "Positions", GET /positions/{dealId}, version 2. */
export const POSITION: Shape = {
  position: { ...POSITION_OF_BOTH, createdDateUTC: ISO, dealReference: REFERENCE, size: number, level: number },
  market: { ...SUMMARY, lotSize: number },
}
export const POSITION_V1: Shape = {
  position: { ...POSITION_OF_BOTH, dealSize: number, openLevel: number },
  market: { ...SUMMARY_V1, lotSize: number },
}

/** "Deal confirmation", GET /confirms/{dealReference}. */
const CONFIRM = {
  date: ISO_MS,
  epic: EPIC,
  dealReference: REFERENCE,
  dealId: DEAL_ID,
  direction: DIRECTION,
  guaranteedStop: truth,
  trailingStop: truth,
} satisfies Record<string, Shape>
export const ACCEPTED: Shape = {
  ...CONFIRM,
  status: only('AMENDED', 'CLOSED', 'DELETED', 'OPEN', 'PARTIALLY_CLOSED'),
  reason: only('SUCCESS'),
  dealStatus: only('ACCEPTED'),
  expiry: EXPIRY,
  affectedDeals: listOf({
    dealId: DEAL_ID,
    status: only('AMENDED', 'DELETED', 'FULLY_CLOSED', 'OPENED', 'PARTIALLY_CLOSED'),
  }),
  level: number,
  size: number,
  stopLevel: orNull(number),
  limitLevel: orNull(number),
  stopDistance: orNull(number),
  limitDistance: orNull(number),
  profit: orNull(number),
  profitCurrency: orNull(CURRENCY),
}
export const REJECTED: Shape = {
  ...CONFIRM,
  status: nothing,
  reason: like(/^[A-Z_]+$/),
  dealStatus: only('REJECTED'),
  expiry: nothing,
  affectedDeals: listOf(nothing, 0),
  level: nothing,
  size: nothing,
  stopLevel: nothing,
  limitLevel: nothing,
  stopDistance: nothing,
  limitDistance: nothing,
  guaranteedStop: only(false),
  trailingStop: only(false),
  profit: nothing,
  profitCurrency: nothing,
}
export const TAKEN: Shape = { dealReference: MADE_REFERENCE }

/** "Working Orders". `updateTime` is a full stamp here. */
const ORDER_MARKET = { ...SUMMARY, updateTime: SLASHES, lotSize: number, exchangeId: text }
const ORDER_OF_BOTH = {
  dealId: DEAL_ID,
  direction: DIRECTION,
  epic: EPIC,
  createdDate: SLASHES,
  currencyCode: CURRENCY,
  dma: only(false),
  limitedRiskPremium: orNull(number),
} satisfies Record<string, Shape>
export const WORKING_ORDER: Shape = {
  workingOrderData: {
    ...ORDER_OF_BOTH,
    orderSize: number,
    orderLevel: number,
    timeInForce: only('GOOD_TILL_CANCELLED', 'GOOD_TILL_DATE'),
    goodTillDate: orNull(SLASHED_MINUTE),
    goodTillDateISO: orNull(like(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)),
    createdDateUTC: ISO,
    guaranteedStop: truth,
    orderType: only('LIMIT', 'STOP'),
    stopDistance: orNull(number),
    limitDistance: orNull(number),
  },
  marketData: ORDER_MARKET,
}
export const WORKING_ORDER_V1: Shape = {
  workingOrderData: {
    ...ORDER_OF_BOTH,
    size: number,
    level: number,
    goodTill: like(/^(GTC|\d\d\/\d\d\/\d\d \d\d:\d\d)$/),
    controlledRisk: truth,
    requestType: only('LIMIT_ORDER', 'STOP_ORDER'),
    contingentStop: orNull(number),
    contingentLimit: orNull(number),
    trailingTriggerIncrement: orNull(number),
    trailingTriggerDistance: orNull(number),
    trailingStopDistance: orNull(number),
    trailingStopIncrement: orNull(number),
  },
  marketData: ORDER_MARKET,
}

/** "Repeat dealing window". */
const REPEATED: Shape = listOf({ size: number, expiry: count }, 0)
export const REPEAT_WINDOW: Shape = {
  accountId: text,
  requestStartTime: count,
  repeatDealingEntryList: listOf({
    instrumentSource: only('E'),
    instrumentValue: EPIC,
    currencyList: listOf({ currency: CURRENCY, buy: REPEATED, sell: REPEATED }),
  }),
}
