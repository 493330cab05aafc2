import type { Category, CategoryInstrument } from '../category.ts'
import { epic } from '../ids.ts'
import type { MarketSummary } from '../market.ts'
import type { WatchlistMarket } from '../watchlist.ts'
import { instrumentType, MARKET_STATES, minutes, scalingFactor } from './decode-market-words.ts'
import { JsonNode } from './json-node.ts'

/** GET /markets?searchTerm=. @throws {DecodeError} */
export function decodeMarketSearch(json: unknown): readonly MarketSummary[] {
  return new JsonNode(json, '').get('markets').list().map(marketSummary)
}

/** GET /watchlists/{watchlistId}. @throws {DecodeError} */
export function decodeWatchlistMarkets(json: unknown): readonly WatchlistMarket[] {
  const markets = new JsonNode(json, '').get('markets').list()
  return markets.map(market => ({ ...marketSummary(market), lotSize: lotSize(market) }))
}

/** GET /categories. @throws {DecodeError} */
export function decodeCategories(json: unknown): readonly Category[] {
  return new JsonNode(json, '')
    .get('categories')
    .list()
    .map(category => ({
      id: category.get('code').text(),
      isTradeable: category.get('nonTradeable').orNull(flag => !flag.flag()),
    }))
}

export interface CategoryPage {
  readonly instruments: readonly CategoryInstrument[]
  /** What IG made of the request; `null` where it does not say. */
  readonly pageNumber: number | null
  readonly pageSize: number | null
}

/** GET /categories/{categoryId}/instruments. @throws {DecodeError} */
export function decodeCategoryPage(json: unknown): CategoryPage {
  const top = new JsonNode(json, '')
  const metadata = top.get('metadata')
  const isThere = !metadata.isAbsent
  return {
    instruments: top.get('instruments').list().map(categoryInstrument),
    pageNumber: isThere ? metadata.get('pageNumber').orNull(number => number.wholeNumber()) : null,
    pageSize: isThere ? metadata.get('pageSize').orNull(size => size.wholeNumber()) : null,
  }
}

function marketSummary(market: JsonNode): MarketSummary {
  return {
    ...priceParts(market),
    updateTimeUtc: market.get('updateTimeUTC').orNull(time => time.text()),
    isStreamable: market.get('streamingPricesAvailable').orNull(flag => flag.flag()) ?? false,
  }
}

function categoryInstrument(market: JsonNode): CategoryInstrument {
  return {
    ...priceParts(market),
    lotSize: lotSize(market),
    isOtcTradeable: market.get('otcTradeable').orNull(flag => flag.flag()) ?? false,
    updateTime: market.get('updateTime').orNull(time => time.text()),
  }
}

function priceParts(market: JsonNode): Omit<MarketSummary, 'isStreamable' | 'updateTimeUtc'> {
  return {
    epic: market.get('epic').as(epic, 'an epic'),
    name: market.get('instrumentName').text(),
    instrumentType: instrumentType(market.get('instrumentType')),
    expiry: market.get('expiry').text(),
    state: market.get('marketStatus').word(MARKET_STATES),
    bid: market.get('bid').decimalOrNull(),
    offer: market.get('offer').decimalOrNull(),
    high: market.get('high').decimalOrNull(),
    low: market.get('low').decimalOrNull(),
    netChange: market.get('netChange').orNull(change => change.decimal()),
    percentageChange: market.get('percentageChange').orNull(change => change.decimal()),
    delayMinutes: market.get('delayTime').orNull(minutes),
    pointsPerUnit: market.get('scalingFactor').orNull(scalingFactor),
  }
}

function lotSize(market: JsonNode): WatchlistMarket['lotSize'] {
  return market.get('lotSize').orNull(size => size.decimal())
}
