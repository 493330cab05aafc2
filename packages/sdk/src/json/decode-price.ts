import type { Candle, CandleList, CandlePrice, HistoricalAllowance } from '../candle.ts'
import { instrumentType } from './decode-market-words.ts'
import { JsonNode } from './json-node.ts'

/** A page of version 3; versions 1 and 2 have no paging. */
export interface CandlePage extends CandleList {
  /** `null` where IG does not say. */
  readonly pageNumber: number | null
  readonly totalPages: number | null
}

/** All versions of GET /prices. @throws {DecodeError} */
export function decodePrices(json: unknown): CandlePage {
  const top = new JsonNode(json, '')
  const metadata = top.get('metadata')
  const allowance = metadata.isAbsent ? top.get('allowance') : metadata.get('allowance')
  const page = metadata.isAbsent ? null : metadata.get('pageData')
  const count = (name: string) => page?.orNull(data => data.get(name).wholeNumber()) ?? null
  return {
    candles: top.get('prices').list().map(candle),
    instrumentType: top.get('instrumentType').orNull(instrumentType),
    allowance: allowance.orNull(historicalAllowance),
    pageNumber: count('pageNumber'),
    totalPages: count('totalPages'),
  }
}

function candle(node: JsonNode): Candle {
  return {
    atMs: node.get('snapshotTimeUTC').orNull(time => time.utcMs()),
    localTime: node.get('snapshotTime').text(),
    open: candlePrice(node.get('openPrice')),
    high: candlePrice(node.get('highPrice')),
    low: candlePrice(node.get('lowPrice')),
    close: candlePrice(node.get('closePrice')),
    ticks: node.get('lastTradedVolume').orNull(volume => volume.decimal().toNumber()),
  }
}

function candlePrice(node: JsonNode): CandlePrice {
  if (node.isAbsent) return { bid: null, offer: null, lastTraded: null }
  return {
    bid: node.get('bid').decimalOrNull(),
    offer: node.get('ask').decimalOrNull(),
    lastTraded: node.get('lastTraded').decimalOrNull(),
  }
}

function historicalAllowance(node: JsonNode): HistoricalAllowance {
  return {
    remaining: node.get('remainingAllowance').wholeNumber(),
    total: node.get('totalAllowance').wholeNumber(),
    resetsInSeconds: node.get('allowanceExpiry').wholeNumber(),
  }
}
