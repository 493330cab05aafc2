import type { WorkingOrderEntryJson, WorkingOrderEntryV1Json, WorkingOrderUpdateJson } from '@scalpdesk/wire'
import { type Book, formatUnits, type WorkingOrder, type WorkingOrderChange } from '../../engine/index.ts'
import { wireDate } from '../wire-date.ts'
import { marketSummaryJson } from './market-json.ts'

/** GET /workingorders, version 2 (IG Labs, REST API reference, "Working Orders"). Legs come back as distances. */
export function workingOrderJson(order: WorkingOrder, book: Book, nowMs: number): WorkingOrderEntryJson {
  const { goodTillMs } = order
  return {
    workingOrderData: {
      dealId: order.dealId,
      direction: order.direction,
      epic: order.epic,
      orderSize: order.size.toNumber(),
      orderLevel: levelOf(order, book),
      timeInForce: timeInForce(order),
      goodTillDate: goodTillMs === null ? null : wireDate.slashesToMinute(goodTillMs),
      goodTillDateISO: goodTillMs === null ? null : wireDate.isoMinute(goodTillMs),
      createdDate: wireDate.slashes(order.createdAtMs),
      createdDateUTC: wireDate.iso(order.createdAtMs),
      guaranteedStop: order.isStopGuaranteed,
      orderType: order.type,
      stopDistance: order.stopPoints?.toNumber() ?? null,
      limitDistance: order.limitPoints?.toNumber() ?? null,
      currencyCode: order.currency,
      dma: false,
      limitedRiskPremium: premiumOf(order, book),
    },
    marketData: marketData(book, nowMs),
  }
}

/** GET /workingorders, version 1. */
export function workingOrderV1Json(order: WorkingOrder, book: Book, nowMs: number): WorkingOrderEntryV1Json {
  const { goodTillMs } = order
  return {
    workingOrderData: {
      dealId: order.dealId,
      direction: order.direction,
      epic: order.epic,
      size: order.size.toNumber(),
      level: levelOf(order, book),
      goodTill:
        goodTillMs === null ? 'GTC' : `${wireDate.shortDay(goodTillMs)} ${wireDate.localTime(goodTillMs).slice(0, 5)}`,
      createdDate: wireDate.slashes(order.createdAtMs),
      controlledRisk: order.isStopGuaranteed,
      requestType: `${order.type}_ORDER`,
      contingentStop: order.stopPoints?.toNumber() ?? null,
      contingentLimit: order.limitPoints?.toNumber() ?? null,
      currencyCode: order.currency,
      dma: false,
      limitedRiskPremium: premiumOf(order, book),
      trailingTriggerIncrement: null,
      trailingTriggerDistance: null,
      trailingStopDistance: null,
      trailingStopIncrement: null,
    },
    marketData: marketData(book, nowMs),
  }
}

/** Field WOU of the trade item (IG Labs, Streaming API reference, "Trade"). */
export function workingOrderUpdateJson(
  { change, atMs, order }: WorkingOrderChange,
  book: Book,
): WorkingOrderUpdateJson {
  return {
    dealId: order.dealId,
    dealReference: order.reference,
    direction: order.direction,
    epic: order.epic,
    expiry: book.market.expiry,
    size: order.size.toNumber(),
    level: levelOf(order, book),
    currency: order.currency,
    status: change,
    dealStatus: 'ACCEPTED',
    orderType: order.type,
    timeInForce: timeInForce(order),
    goodTillDate: order.goodTillMs === null ? null : wireDate.iso(order.goodTillMs),
    stopDistance: order.stopPoints?.toNumber() ?? null,
    limitDistance: order.limitPoints?.toNumber() ?? null,
    guaranteedStop: order.isStopGuaranteed,
    timestamp: wireDate.isoWithMs(atMs),
    channel: 'PublicRestOTC',
  }
}

/** `updateTime` is a full stamp here, not a time. */
function marketData(book: Book, nowMs: number): WorkingOrderEntryJson['marketData'] {
  return {
    ...marketSummaryJson(book, nowMs),
    exchangeId: 'MOCK_OTC',
    lotSize: 1,
    updateTime: wireDate.slashes(book.quote?.atMs ?? nowMs),
  }
}

function levelOf(order: WorkingOrder, { market }: Book): number {
  return Number(formatUnits(order.levelUnits, market.decimals))
}

function timeInForce({ goodTillMs }: WorkingOrder): 'GOOD_TILL_CANCELLED' | 'GOOD_TILL_DATE' {
  return goodTillMs === null ? 'GOOD_TILL_CANCELLED' : 'GOOD_TILL_DATE'
}

function premiumOf({ isStopGuaranteed }: WorkingOrder, { market }: Book): number | null {
  return isStopGuaranteed ? (market.guaranteedPremiumPoints?.toNumber() ?? null) : null
}
