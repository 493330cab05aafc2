// Samples of the market operations. Shapes: IG Labs, REST API reference, "Markets"; figures are made up.

const points = (value: number) => ({ unit: 'POINTS', value })

export const INSTRUMENT = {
  epic: 'CS.D.GBPUSD.MINI.IP',
  expiry: '-',
  name: 'GBP/USD Mini',
  forceOpenAllowed: true,
  stopsLimitsAllowed: true,
  lotSize: 1.0,
  unit: 'CONTRACTS',
  type: 'CURRENCIES',
  controlledRiskAllowed: true,
  streamingPricesAvailable: true,
  marketId: 'GBPUSD',
  currencies: [{ code: 'USD', symbol: '$', baseExchangeRate: 1.2711, exchangeRate: 0.79, isDefault: false }],
  sprintMarketsMinimumExpiryTime: null,
  sprintMarketsMaximumExpiryTime: null,
  marginDepositBands: [
    { min: 0, max: 90, margin: 3.33, currency: 'USD' },
    { min: 90, max: null, margin: 10, currency: 'USD' },
  ],
  // As IG prints it.
  marginFactor: 3.33,
  marginFactorUnit: 'PERCENTAGE',
  slippageFactor: { unit: 'pct', value: 100.0 },
  limitedRiskPremium: { value: 1.4, unit: 'POINTS' },
  openingHours: { marketTimes: [{ openTime: '00:00', closeTime: '23:00' }] },
  expiryDetails: { lastDealingDate: '2025-03-19T21:00', settlementInfo: null },
  rolloverDetails: null,
  newsCode: 'GBP=',
  chartCode: 'GBPUSD',
  country: null,
  valueOfOnePip: '1.00',
  onePipMeans: '0.0001 USD/GBP',
  contractSize: '10000',
  specialInfo: ['MAX KNOCK OUT LEVEL DISTANCE'],
}

export const MARKET = {
  instrument: INSTRUMENT,
  dealingRules: {
    minStepDistance: points(4),
    minDealSize: points(0.5),
    minControlledRiskStopDistance: points(6),
    minNormalStopOrLimitDistance: points(2),
    maxStopOrLimitDistance: { unit: 'PERCENTAGE', value: 75 },
    controlledRiskSpacing: points(20),
    marketOrderPreference: 'AVAILABLE_DEFAULT_ON',
    trailingStopsPreference: 'AVAILABLE',
  },
  snapshot: {
    marketStatus: 'TRADEABLE',
    netChange: -0.00041,
    percentageChange: -0.03,
    updateTime: '09:14:02',
    delayTime: 0,
    bid: 1.27105,
    offer: 1.27114,
    high: 1.27402,
    low: 1.26998,
    binaryOdds: null,
    decimalPlacesFactor: 5,
    scalingFactor: 10000,
    controlledRiskExtraSpread: 2,
  },
}

/** One row of GET /markets?epics= with SNAPSHOT_ONLY. */
export function snapshotRow(epic: string) {
  const nothing = Object.fromEntries(Object.keys(INSTRUMENT).map(name => [name, null]))
  const instrument = { ...nothing, epic, type: 'CURRENCIES', forceOpenAllowed: false, streamingPricesAvailable: false }
  return { instrument, dealingRules: null, snapshot: MARKET.snapshot }
}

export function marketRow(epic: string) {
  return { ...MARKET, instrument: { ...INSTRUMENT, epic } }
}

const { marketOrderPreference: _notInVersion4, ...rulesOf4 } = MARKET.dealingRules

/** GET /markets/{epic} version 4. */
export const LADDER = {
  instrument: {
    epic: 'CS.D.GBPUSD.MINI.IP',
    expiry: '-',
    name: 'GBP/USD Mini',
    limitAllowed: true,
    stopAllowed: false,
    lotSize: 1.0,
    unit: 'CONTRACTS',
    type: 'CURRENCIES',
    streamingPricesAvailable: true,
    marketId: 'GBPUSD',
    currencies: INSTRUMENT.currencies,
    limitedRiskPremium: { value: 1.4, unit: 'POINTS' },
    newsCode: 'GBP=',
    chartCode: 'GBPUSD',
    country: null,
    valueOfOnePip: '1.00',
    contractSize: '10000',
  },
  dealingRules: rulesOf4,
  snapshot: {
    marketStatus: 'CLOSINGS_ONLY',
    netChange: -0.00041,
    percentageChange: -0.03,
    updateTimestampUTC: 1_718_352_842,
    delayTime: 0,
    high: 1.27402,
    low: 1.26998,
    decimalPlacesFactor: 5,
    scalingFactor: 10000,
    priceLadder: [
      { bid: '1.27105', ask: '1.27114' },
      { bid: '1.27101', ask: null },
    ],
    currencyLadders: [{ currency: 'GBP', bidSizes: [100000, 500000], askSizes: [100000, null] }],
  },
}
