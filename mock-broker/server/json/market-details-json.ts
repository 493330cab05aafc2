import type {
  DealingRulesJson,
  InstrumentJson,
  MarketJson,
  MarketV1Json,
  MarketV2Json,
  MarketV4Json,
  SnapshotOnlyJson,
} from '@scalpdesk/wire'
import {
  type Book,
  type CurrencyCode,
  contractUnits,
  currencySymbol,
  exchangeRate,
  lastDealingMs,
  type Market,
  unitsPerPoint,
} from '../../engine/index.ts'
import { wireDate } from '../wire-date.ts'
import { quoteJson, snapshotJson } from './market-json.ts'

/**
 * GET /markets/{epic}, version 3 (IG Labs, REST API reference, "Markets").
 * @param base the currency of the account that asks: exchange rates are against it.
 */
export function marketJson(book: Book, base: CurrencyCode, nowMs: number): MarketJson {
  return {
    instrument: instrumentJson(book.market, base),
    dealingRules: dealingRulesJson(book.market),
    snapshot: snapshotJson(book, nowMs),
  }
}

/** Version 2 knows no premium. */
export function marketV2Json(book: Book, base: CurrencyCode, nowMs: number): MarketV2Json {
  const { limitedRiskPremium: _premium, ...instrument } = instrumentJson(book.market, base)
  return { instrument, dealingRules: dealingRulesJson(book.market), snapshot: snapshotJson(book, nowMs) }
}

export function marketV1Json(book: Book, base: CurrencyCode, nowMs: number): MarketV1Json {
  const {
    marginFactor,
    marginFactorUnit: _unit,
    marginDepositBands,
    currencies,
    ...instrument
  } = marketV2Json(book, base, nowMs).instrument
  const { trailingStopsPreference: _preference, ...dealingRules } = dealingRulesJson(book.market)
  return {
    instrument: {
      ...instrument,
      margin: marginFactor,
      marginDepositBands: marginDepositBands.map(({ currency: _currency, ...band }) => band),
      currencies: currencies.map(currency => ({ ...currency, name: currency.code })),
    },
    dealingRules,
    snapshot: snapshotJson(book, nowMs),
  }
}

/** Version 4: a ladder instead of a price, nothing of margin. Seconds in `updateTimestampUTC`, as the reference says. */
export function marketV4Json(book: Book, base: CurrencyCode, nowMs: number): MarketV4Json {
  const { market } = book
  const full = instrumentJson(market, base)
  const { marketOrderPreference: _preference, ...dealingRules } = dealingRulesJson(market)
  const { bid, offer, high, low, netChange, percentageChange } = quoteJson(book)
  const hasLadder = bid !== null && offer !== null
  return {
    instrument: {
      epic: full.epic,
      expiry: full.expiry,
      name: full.name,
      limitAllowed: market.allowsLegs,
      stopAllowed: market.allowsLegs,
      lotSize: 1,
      unit: full.unit,
      type: full.type,
      streamingPricesAvailable: full.streamingPricesAvailable,
      marketId: full.marketId,
      currencies: full.currencies,
      limitedRiskPremium: full.limitedRiskPremium,
      newsCode: full.newsCode,
      chartCode: full.chartCode,
      country: full.country,
      valueOfOnePip: full.valueOfOnePip,
    },
    dealingRules,
    snapshot: {
      marketStatus: book.state,
      netChange,
      percentageChange,
      updateTimestampUTC: Math.floor((book.quote?.atMs ?? nowMs) / 1000),
      delayTime: 0,
      high,
      low,
      decimalPlacesFactor: market.decimals,
      scalingFactor: market.pointsPerUnit,
      priceLadder: hasLadder ? [{ bid: bid.toFixed(market.decimals), ask: offer.toFixed(market.decimals) }] : [],
      currencyLadders: hasLadder
        ? [
            {
              currency: market.currencies[0],
              bidSizes: [market.touchSize.toNumber()],
              askSizes: [market.touchSize.toNumber()],
            },
          ]
        : [],
    },
  }
}

/** GET /markets?epics= with `filter=SNAPSHOT_ONLY`. */
export function snapshotOnlyJson(book: Book, nowMs: number): SnapshotOnlyJson {
  const { epic, type } = book.market
  const none = {
    expiry: null,
    name: null,
    forceOpenAllowed: false,
    stopsLimitsAllowed: false,
    lotSize: null,
    unit: null,
    controlledRiskAllowed: false,
    streamingPricesAvailable: false,
    marketId: null,
    currencies: null,
    sprintMarketsMinimumExpiryTime: null,
    sprintMarketsMaximumExpiryTime: null,
    marginDepositBands: null,
    marginFactor: null,
    marginFactorUnit: null,
    slippageFactor: null,
    limitedRiskPremium: null,
    openingHours: null,
    expiryDetails: null,
    rolloverDetails: null,
    newsCode: null,
    chartCode: null,
    country: null,
    valueOfOnePip: null,
    onePipMeans: null,
    contractSize: null,
    specialInfo: null,
  } as const
  return { instrument: { epic, type, ...none }, dealingRules: null, snapshot: snapshotJson(book, nowMs) }
}

function instrumentJson(market: Market, base: CurrencyCode): InstrumentJson {
  const [usualCurrency] = market.currencies
  return {
    epic: market.epic,
    expiry: market.expiry,
    name: market.name,
    forceOpenAllowed: true,
    stopsLimitsAllowed: market.allowsLegs,
    lotSize: 1,
    unit: market.unit,
    type: market.type,
    controlledRiskAllowed: market.allowsLegs && market.guaranteedPremiumPoints !== null,
    streamingPricesAvailable: market.synthetic !== null,
    marketId: market.marketId,
    currencies: market.currencies.map(code => ({
      code,
      symbol: currencySymbol(code),
      baseExchangeRate: exchangeRate(code, base).toNumber(),
      exchangeRate: exchangeRate(code, base).toNumber(),
      isDefault: code === usualCurrency,
    })),
    sprintMarketsMinimumExpiryTime: null,
    sprintMarketsMaximumExpiryTime: null,
    marginDepositBands: market.marginBands.map(({ from, percent }, index) => ({
      min: from,
      max: market.marginBands[index + 1]?.from ?? null,
      margin: percent.toNumber(),
      currency: usualCurrency,
    })),
    marginFactor: market.marginBands[0]?.percent.toNumber() ?? 0,
    marginFactorUnit: 'PERCENTAGE',
    slippageFactor: { unit: 'pct', value: 50 },
    limitedRiskPremium: market.guaranteedPremiumPoints && points(market.guaranteedPremiumPoints.toNumber()),
    openingHours: openingHours(market),
    expiryDetails: expiryDetails(market),
    rolloverDetails: null,
    newsCode: null,
    chartCode: market.marketId,
    country: market.country,
    valueOfOnePip: (contractUnits(market) / market.pointsPerUnit).toFixed(2),
    onePipMeans: market.onePipMeans,
    contractSize: market.contractSize === null ? null : String(market.contractSize),
    specialInfo: [],
  }
}

/** Times of day in the account's zone, for what has a session; null for what trades round the clock, as IG answers there. */
function openingHours({ hours: { session } }: Market): InstrumentJson['openingHours'] {
  if (!session) return null
  const time = (minute: number): string => wireDate.localTime(minute * 60_000).slice(0, 5)
  return { marketTimes: [{ openTime: time(session.opensMinute), closeTime: time(session.closesMinute) }] }
}

function expiryDetails({ expiry }: Market): InstrumentJson['expiryDetails'] {
  const atMs = lastDealingMs(expiry)
  if (atMs === null) return null
  return { lastDealingDate: wireDate.isoMinute(atMs), settlementInfo: 'Settles in the middle of the last price' }
}

function dealingRulesJson(market: Market): DealingRulesJson {
  // Where guaranteed stops may lie on any level, the spacing is the smallest step of the price.
  const spacing = market.guaranteedSpacingPoints?.toNumber() ?? 1 / unitsPerPoint(market)
  return {
    minStepDistance: points(market.minStepPoints.toNumber()),
    minDealSize: points(market.minSize.toNumber()),
    minControlledRiskStopDistance: points(market.minGuaranteedStopPoints.toNumber()),
    minNormalStopOrLimitDistance: points(market.minStopPoints.toNumber()),
    maxStopOrLimitDistance: { unit: 'PERCENTAGE', value: market.maxStopPercent.toNumber() },
    controlledRiskSpacing: points(spacing),
    marketOrderPreference: market.marketOrders,
    trailingStopsPreference: market.allowsTrailing ? 'AVAILABLE' : 'NOT_AVAILABLE',
  }
}

function points(value: number): { readonly unit: 'POINTS'; readonly value: number } {
  return { unit: 'POINTS', value }
}
