import { count, like, listOf, maybe, nothing, number, only, orNull, type Shape, text, truth } from './json-shape.ts'

/**
 * What IG's answers consist of, key by key, from the public reference (IG Labs, REST API reference; the page is named at each)
 * and, where that says only "String", from answers that clients of the API have published. Values that may be null are said to.
 */
const DEAL_ID = like(/^DIAAAA[A-Z0-9]{9}$/)
const REFERENCE = like(/^[A-Za-z0-9_-]{1,30}$/)
const MADE_REFERENCE = like(/^[A-Z0-9]{15}$/)
const CURRENCY = like(/^[A-Z]{3}$/)
const EPIC = like(/^[A-Za-z0-9._]{6,30}$/)
const EXPIRY = like(/^(-|DFB|[A-Z]{3}-\d{2})$/)
const DIRECTION = only('BUY', 'SELL')
const TIME = like(/^\d\d:\d\d:\d\d$/)
const ISO = like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
const ISO_MS = like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/)
const SLASHES = like(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d:\d{3}$/)
const SLASHED_MINUTE = like(/^\d{4}\/\d\d\/\d\d \d\d:\d\d$/)
const ACCOUNT_TYPE = only('CFD', 'PHYSICAL', 'SPREADBET')
const INSTRUMENT_TYPE = only('CURRENCIES', 'INDICES', 'COMMODITIES', 'SHARES', 'RATES')
const MARKET_STATUS = only(
  'CLOSED',
  'EDITS_ONLY',
  'OFFLINE',
  'ON_AUCTION',
  'ON_AUCTION_NO_EDITS',
  'SUSPENDED',
  'TRADEABLE',
)
const BALANCE = { balance: number, deposit: number, profitLoss: number, available: number }

/** "Session", POST /session, versions 1 and 2. */
export const SESSION: Shape = {
  accountType: ACCOUNT_TYPE,
  accountInfo: BALANCE,
  currencyIsoCode: CURRENCY,
  currencySymbol: text,
  currentAccountId: text,
  lightstreamerEndpoint: text,
  accounts: listOf({ accountId: text, accountName: text, preferred: truth, accountType: ACCOUNT_TYPE }, 2),
  clientId: like(/^\d+$/),
  timezoneOffset: number,
  hasActiveDemoAccounts: truth,
  hasActiveLiveAccounts: truth,
  trailingStopsEnabled: truth,
  reroutingEnvironment: nothing,
  dealingEnabled: truth,
}

/** "Session", POST /session/refresh-token; `expires_in` is a text. */
export const OAUTH: Shape = {
  access_token: text,
  refresh_token: text,
  scope: only('profile'),
  token_type: only('Bearer'),
  expires_in: like(/^\d+$/),
}

/** "Session", POST /session, version 3. */
export const SESSION_V3: Shape = {
  clientId: like(/^\d+$/),
  accountId: text,
  timezoneOffset: number,
  lightstreamerEndpoint: text,
  oauthToken: OAUTH,
}

/** "Session", GET, PUT and the key for encrypted passwords. */
export const SESSION_DETAILS: Shape = {
  clientId: like(/^\d+$/),
  accountId: text,
  timezoneOffset: number,
  locale: like(/^[a-z]{2}_[A-Z]{2}$/),
  currency: CURRENCY,
  lightstreamerEndpoint: text,
}
export const SWITCHED: Shape = {
  trailingStopsEnabled: truth,
  dealingEnabled: truth,
  hasActiveDemoAccounts: truth,
  hasActiveLiveAccounts: truth,
}
export const ENCRYPTION_KEY: Shape = { encryptionKey: like(/^[A-Za-z0-9+/]+=*$/), timeStamp: count }

export const REFUSED: Shape = { errorCode: text }

/** "Accounts". */
export const ACCOUNTS: Shape = {
  accounts: listOf({
    accountId: text,
    accountName: text,
    accountAlias: orNull(text),
    status: only('DISABLED', 'ENABLED', 'SUSPENDED_FROM_DEALING'),
    accountType: ACCOUNT_TYPE,
    preferred: truth,
    balance: BALANCE,
    currency: CURRENCY,
    canTransferFrom: truth,
    canTransferTo: truth,
  }),
}
export const PREFERENCES: Shape = { trailingStopsEnabled: truth }

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
const SUMMARY = {
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

/** "Prices". */
const PRICE: Shape = { bid: number, ask: number, lastTraded: nothing }
const CANDLE = {
  openPrice: PRICE,
  closePrice: PRICE,
  highPrice: PRICE,
  lowPrice: PRICE,
  lastTradedVolume: count,
} satisfies Record<string, Shape>
const ALLOWANCE: Shape = { remainingAllowance: count, totalAllowance: only(10_000), allowanceExpiry: count }
const SLASHED_SECOND = like(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/)
export const PRICES: Shape = {
  prices: listOf({ ...CANDLE, snapshotTime: SLASHED_SECOND, snapshotTimeUTC: ISO }),
  instrumentType: INSTRUMENT_TYPE,
  metadata: { allowance: ALLOWANCE, size: count, pageData: { pageSize: count, pageNumber: count, totalPages: count } },
}
export const PRICES_V2: Shape = {
  prices: listOf({ ...CANDLE, snapshotTime: SLASHED_SECOND }),
  instrumentType: INSTRUMENT_TYPE,
  allowance: ALLOWANCE,
}
export const PRICES_V1: Shape = {
  prices: listOf({ ...CANDLE, snapshotTime: like(/^\d{4}:\d\d:\d\d-\d\d:\d\d:\d\d$/) }),
  instrumentType: INSTRUMENT_TYPE,
  allowance: ALLOWANCE,
}

/** "Watchlists". */
export const WATCHLISTS: Shape = {
  watchlists: listOf({ id: text, name: text, editable: truth, deleteable: truth, defaultSystemWatchlist: truth }),
}
export const MADE_WATCHLIST: Shape = {
  watchlistId: like(/^\d+$/),
  status: only('SUCCESS', 'SUCCESS_NOT_ALL_INSTRUMENTS_ADDED'),
}
export const DONE: Shape = { status: only('SUCCESS') }

/** "Client sentiment". */
export const SENTIMENT: Shape = { marketId: text, longPositionPercentage: number, shortPositionPercentage: number }
export const SENTIMENTS: Shape = { clientSentiments: listOf(SENTIMENT) }

/** "Operations": a bare list. */
export const APPLICATIONS: Shape = listOf({
  name: text,
  apiKey: text,
  status: only('DISABLED', 'ENABLED', 'REVOKED'),
  allowanceApplicationOverall: count,
  allowanceAccountTrading: count,
  allowanceAccountOverall: count,
  allowanceAccountHistoricalData: count,
  concurrentSubscriptionsLimit: count,
  allowEquities: truth,
  allowQuoteOrders: truth,
  createdDate: like(/^\d{4}-\d\d-\d\d$/),
})

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
