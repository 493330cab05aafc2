import type { MarketJson, MarketSummaryJson, SnapshotJson } from '@scalpdesk/wire'
import { type Book, formatUnits } from '../../engine/index.ts'
import { dayChange } from '../mid-price.ts'
import { wireDate } from '../wire-date.ts'

/** Shapes of IG Labs, REST API reference, "Markets". */
export function marketSummaryJson(book: Book, nowMs: number): MarketSummaryJson {
  const { market } = book
  return {
    epic: market.epic,
    instrumentName: market.name,
    instrumentType: market.type,
    expiry: '-',
    ...quoteJson(book),
    updateTime: wireDate.localTime(book.quote?.atMs ?? nowMs),
    updateTimeUTC: wireDate.time(book.quote?.atMs ?? nowMs),
    delayTime: 0,
    streamingPricesAvailable: true,
    marketStatus: book.state,
    scalingFactor: market.pointsPerUnit,
  }
}

/** GET /markets/{epic}, version 3. */
export function marketJson(book: Book, nowMs: number): MarketJson {
  const { market } = book
  const points = (value: number) => ({ unit: 'POINTS', value })
  const margin = market.marginPercent.toNumber()
  const rate = market.baseExchangeRate.toNumber()
  return {
    instrument: {
      epic: market.epic,
      expiry: '-',
      name: market.name,
      forceOpenAllowed: true,
      stopsLimitsAllowed: true,
      lotSize: 1,
      unit: 'CONTRACTS',
      type: market.type,
      controlledRiskAllowed: true,
      streamingPricesAvailable: true,
      marketId: market.marketId,
      currencies: [
        {
          code: market.currency,
          symbol: market.currencySymbol,
          baseExchangeRate: rate,
          exchangeRate: rate,
          isDefault: true,
        },
      ],
      sprintMarketsMinimumExpiryTime: null,
      sprintMarketsMaximumExpiryTime: null,
      marginDepositBands: [{ min: 0, max: null, margin, currency: market.currency }],
      marginFactor: margin,
      marginFactorUnit: 'PERCENTAGE',
      slippageFactor: { unit: 'pct', value: 50 },
      limitedRiskPremium: null,
      openingHours: null,
      expiryDetails: null,
      rolloverDetails: null,
      newsCode: null,
      chartCode: market.marketId,
      country: null,
      valueOfOnePip: (market.contractSize / market.pointsPerUnit).toFixed(2),
      onePipMeans: market.onePipMeans,
      contractSize: String(market.contractSize),
      specialInfo: [],
    },
    dealingRules: {
      minStepDistance: points(5),
      minDealSize: points(market.minSize.toNumber()),
      minControlledRiskStopDistance: points(market.minGuaranteedStopPoints.toNumber()),
      minNormalStopOrLimitDistance: points(market.minStopPoints.toNumber()),
      maxStopOrLimitDistance: { unit: 'PERCENTAGE', value: market.maxStopPercent.toNumber() },
      marketOrderPreference: 'AVAILABLE_DEFAULT_ON',
      trailingStopsPreference: 'NOT_AVAILABLE',
    },
    snapshot: snapshotJson(book, nowMs),
  }
}

function snapshotJson(book: Book, nowMs: number): SnapshotJson {
  return {
    marketStatus: book.state,
    ...quoteJson(book),
    updateTime: wireDate.localTime(book.quote?.atMs ?? nowMs),
    delayTime: 0,
    binaryOdds: null,
    decimalPlacesFactor: book.market.decimals,
    scalingFactor: book.market.pointsPerUnit,
    controlledRiskExtraSpread: 0,
  }
}

function quoteJson({
  market,
  quote,
}: Book): Pick<SnapshotJson, 'bid' | 'offer' | 'high' | 'low' | 'netChange' | 'percentageChange'> {
  const none = { bid: null, offer: null, high: null, low: null, netChange: 0, percentageChange: 0 }
  if (!quote) return none
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
