import { count, like, listOf, maybe, nothing, number, only, orNull, type Shape, text, truth } from '../json-shape.ts'
import { CURRENCY, EPIC, EXPIRY, INSTRUMENT_TYPE, MARKET_STATUS, TIME } from './field-kinds.ts'

const POINTS: Shape = { unit: only('POINTS', 'PERCENTAGE'), value: number }
const PREMIUM = maybe({ value: number, unit: only('POINTS', 'PERCENTAGE') })
const CURRENCIES = { code: CURRENCY, symbol: text, baseExchangeRate: number, exchangeRate: number, isDefault: truth }

/** "Markets", GET /markets/{epic}, version 2. */
const INSTRUMENT_V2 = {
  epic: EPIC,
  expiry: EXPIRY,
  name: text,
  forceOpenAllowed: truth,
  stopsLimitsAllowed: truth,
  lotSize: number,
  unit: only('AMOUNT', 'CONTRACTS', 'SHARES'),
  type: INSTRUMENT_TYPE,
  controlledRiskAllowed: truth,
  streamingPricesAvailable: truth,
  marketId: text,
  currencies: listOf(CURRENCIES),
  sprintMarketsMinimumExpiryTime: nothing,
  sprintMarketsMaximumExpiryTime: nothing,
  marginDepositBands: listOf({ min: number, max: orNull(number), margin: number, currency: CURRENCY }),
  marginFactor: number,
  marginFactorUnit: only('PERCENTAGE', 'POINTS'),
  slippageFactor: { unit: only('pct'), value: number },
  openingHours: maybe({
    marketTimes: listOf({ openTime: like(/^\d\d:\d\d$/), closeTime: like(/^\d\d:\d\d$/) }),
  }),
  expiryDetails: maybe({ lastDealingDate: like(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/), settlementInfo: text }),
  rolloverDetails: maybe({ lastRolloverTime: text, rolloverInfo: text }),
  newsCode: orNull(text),
  chartCode: orNull(text),
  country: orNull(text),
  valueOfOnePip: orNull(like(/^\d+\.\d\d$/)),
  onePipMeans: orNull(text),
  contractSize: orNull(like(/^\d+(\.\d+)?$/)),
  specialInfo: listOf(text, 0),
} satisfies Record<string, Shape>

const DEALING_RULES = {
  minStepDistance: POINTS,
  minDealSize: POINTS,
  minControlledRiskStopDistance: POINTS,
  minNormalStopOrLimitDistance: POINTS,
  maxStopOrLimitDistance: POINTS,
  controlledRiskSpacing: POINTS,
  marketOrderPreference: only('AVAILABLE_DEFAULT_OFF', 'AVAILABLE_DEFAULT_ON', 'NOT_AVAILABLE'),
  trailingStopsPreference: only('AVAILABLE', 'NOT_AVAILABLE'),
} satisfies Record<string, Shape>

const SNAPSHOT = {
  marketStatus: MARKET_STATUS,
  netChange: number,
  percentageChange: number,
  updateTime: TIME,
  delayTime: number,
  bid: orNull(number),
  offer: orNull(number),
  high: orNull(number),
  low: orNull(number),
  binaryOdds: nothing,
  decimalPlacesFactor: count,
  scalingFactor: number,
  controlledRiskExtraSpread: number,
} satisfies Record<string, Shape>

export const MARKET: Shape = {
  instrument: { ...INSTRUMENT_V2, limitedRiskPremium: PREMIUM },
  dealingRules: DEALING_RULES,
  snapshot: SNAPSHOT,
}
export const MARKET_V2: Shape = { instrument: INSTRUMENT_V2, dealingRules: DEALING_RULES, snapshot: SNAPSHOT }

/** Version 1 has a margin instead of a factor, names its currencies, and knows no preference for trailing stops. */
const { marginFactor: _factor, marginFactorUnit: _unit, ...INSTRUMENT_OF_BOTH } = INSTRUMENT_V2
const { trailingStopsPreference: _preference, ...DEALING_RULES_V1 } = DEALING_RULES
export const MARKET_V1: Shape = {
  instrument: {
    ...INSTRUMENT_OF_BOTH,
    margin: number,
    currencies: listOf({ ...CURRENCIES, name: text }),
    marginDepositBands: listOf({ min: number, max: orNull(number), margin: number }),
  },
  dealingRules: DEALING_RULES_V1,
  snapshot: SNAPSHOT,
}

const { marketOrderPreference: _orders, ...DEALING_RULES_V4 } = DEALING_RULES
export const MARKET_V4: Shape = {
  instrument: {
    epic: EPIC,
    expiry: EXPIRY,
    name: text,
    limitAllowed: truth,
    stopAllowed: truth,
    lotSize: number,
    unit: text,
    type: INSTRUMENT_TYPE,
    streamingPricesAvailable: truth,
    marketId: text,
    currencies: listOf(CURRENCIES),
    limitedRiskPremium: PREMIUM,
    newsCode: orNull(text),
    chartCode: orNull(text),
    country: orNull(text),
    valueOfOnePip: orNull(text),
  },
  dealingRules: DEALING_RULES_V4,
  snapshot: {
    marketStatus: text,
    netChange: number,
    percentageChange: number,
    updateTimestampUTC: count,
    delayTime: number,
    high: orNull(number),
    low: orNull(number),
    decimalPlacesFactor: count,
    scalingFactor: number,
    priceLadder: listOf({ bid: text, ask: text }),
    currencyLadders: listOf({ currency: CURRENCY, bidSizes: listOf(number), askSizes: listOf(number) }),
  },
}

/** GET /markets?epics= with `filter=SNAPSHOT_ONLY`: all but two keys of the instrument are null or false. */
const FALSE_ONES = ['forceOpenAllowed', 'stopsLimitsAllowed', 'controlledRiskAllowed', 'streamingPricesAvailable']
export const SNAPSHOT_ONLY: Shape = {
  instrument: {
    ...Object.fromEntries(
      [...Object.keys(INSTRUMENT_V2), 'limitedRiskPremium'].map(key => [
        key,
        FALSE_ONES.includes(key) ? only(false) : nothing,
      ]),
    ),
    epic: EPIC,
    type: INSTRUMENT_TYPE,
  },
  dealingRules: nothing,
  snapshot: SNAPSHOT,
}

/** "Markets", GET /markets?searchTerm=. */
export const SUMMARY = {
  epic: EPIC,
  instrumentName: text,
  instrumentType: INSTRUMENT_TYPE,
  expiry: EXPIRY,
  high: orNull(number),
  low: orNull(number),
  percentageChange: number,
  netChange: number,
  updateTime: TIME,
  updateTimeUTC: TIME,
  bid: orNull(number),
  offer: orNull(number),
  delayTime: number,
  streamingPricesAvailable: truth,
  marketStatus: MARKET_STATUS,
  scalingFactor: number,
} satisfies Record<string, Shape>
export const SEARCH: Shape = { markets: listOf(SUMMARY) }
export const WATCHLIST: Shape = { markets: listOf({ ...SUMMARY, lotSize: number }) }

/** "Markets", GET /categories and the instruments of one. */
export const CATEGORIES: Shape = { categories: listOf({ code: text, nonTradeable: truth }) }
const { updateTimeUTC: _utc, streamingPricesAvailable: _streaming, ...SUMMARY_OF_CATEGORY } = SUMMARY
export const CATEGORY_INSTRUMENTS: Shape = {
  instruments: listOf({ ...SUMMARY_OF_CATEGORY, marketStatus: text, lotSize: number, otcTradeable: truth }),
  metadata: { pageNumber: count, pageSize: count },
}
