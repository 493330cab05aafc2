import type { MarketSummaryJson, SnapshotJson } from '@scalpdesk/wire'
import { type Book, formatUnits } from '../../engine/index.ts'
import { dayChange } from '../mid-price.ts'
import { wireDate } from '../wire-date.ts'

/** GET /markets?searchTerm=, version 1 (IG Labs, REST API reference, "Markets"). */
export function marketSummaryJson(book: Book, nowMs: number): MarketSummaryJson {
  const { market } = book
  return {
    epic: market.epic,
    instrumentName: market.name,
    instrumentType: market.type,
    expiry: market.expiry,
    ...quoteJson(book),
    updateTime: wireDate.localTime(book.quote?.atMs ?? nowMs),
    updateTimeUTC: wireDate.time(book.quote?.atMs ?? nowMs),
    delayTime: 0,
    streamingPricesAvailable: market.synthetic !== null,
    marketStatus: marketStatus(book),
    scalingFactor: market.pointsPerUnit,
  }
}

/** The snapshot of market details, versions 1 to 3. */
export function snapshotJson(book: Book, nowMs: number): SnapshotJson {
  return {
    marketStatus: marketStatus(book),
    ...quoteJson(book),
    updateTime: wireDate.localTime(book.quote?.atMs ?? nowMs),
    delayTime: 0,
    binaryOdds: null,
    decimalPlacesFactor: book.market.decimals,
    scalingFactor: book.market.pointsPerUnit,
    controlledRiskExtraSpread: 0,
  }
}

/** The two states that only version 4 and categories know show as TRADEABLE elsewhere (our reading). */
function marketStatus({ state }: Book): SnapshotJson['marketStatus'] {
  return state === 'CLOSINGS_ONLY' || state === 'DEAL_NO_EDIT' ? 'TRADEABLE' : state
}

export function quoteJson({
  market,
  quote,
}: Book): Pick<SnapshotJson, 'bid' | 'offer' | 'high' | 'low' | 'netChange' | 'percentageChange'> {
  if (!quote) return { bid: null, offer: null, high: null, low: null, netChange: 0, percentageChange: 0 }
  const level = (units: number): number => Number(formatUnits(units, market.decimals))
  const change = dayChange(quote, market.decimals)
  return {
    bid: level(quote.bidUnits),
    offer: level(quote.offerUnits),
    high: level(quote.highUnits),
    low: level(quote.lowUnits),
    netChange: Number(change.net),
    percentageChange: Number(change.percent),
  }
}
