import type { Epic } from '../ids.ts'
import { epic } from '../ids.ts'
import type {
  ExpiryDetails,
  FurtherRules,
  InstrumentDetails,
  MarginBand,
  MarketDetails,
  MarketSnapshot,
  OpeningHours,
  RolloverDetails,
  SnapshotDetails,
} from '../market-details.ts'
import { marketOf } from './decode-market.ts'
import {
  dealingCurrencies,
  decimalPlaces,
  distanceRule,
  instrumentType,
  instrumentUnit,
  MARKET_STATES,
  minutes,
  ruleUnit,
  scalingFactor,
  trailingStopsPreference,
} from './decode-market-words.ts'
import { JsonNode } from './json-node.ts'

// What dealing depends on is read by marketOf and fails the document. The rest is null where it cannot be read.

const MARKET_ORDERS = {
  AVAILABLE_DEFAULT_ON: 'default-on',
  AVAILABLE_DEFAULT_OFF: 'default-off',
  NOT_AVAILABLE: 'not-available',
} as const

/** GET /markets/{epic} version 3. @throws {DecodeError} */
export function decodeMarketDetails(json: unknown): MarketDetails {
  return marketDetails(new JsonNode(json, ''))
}

/** GET /markets?epics= version 2, by epic, because the order is not the one asked for. @throws {DecodeError} */
export function decodeMarketList(json: unknown): ReadonlyMap<Epic, MarketDetails> {
  const list = new JsonNode(json, '').get('marketDetails').list()
  return new Map(list.map(marketDetails).map(market => [market.epic, market]))
}

/** GET /markets?epics= version 2 with SNAPSHOT_ONLY. @throws {DecodeError} */
export function decodeMarketSnapshots(json: unknown): ReadonlyMap<Epic, MarketSnapshot> {
  const list = new JsonNode(json, '').get('marketDetails').list()
  return new Map(list.map(marketSnapshot).map(market => [market.epic, market]))
}

function marketDetails(top: JsonNode): MarketDetails {
  return {
    ...marketOf(top),
    instrument: instrumentDetails(top.get('instrument')),
    rules: furtherRules(top.get('dealingRules')),
    snapshot: snapshotDetails(top.get('snapshot')),
  }
}

function marketSnapshot(top: JsonNode): MarketSnapshot {
  const instrument = top.get('instrument')
  const snapshot = top.get('snapshot')
  return {
    epic: instrument.get('epic').as(epic, 'an epic'),
    instrumentType: instrument.get('type').orNull(instrumentType),
    state: snapshot.get('marketStatus').word(MARKET_STATES),
    bid: snapshot.get('bid').decimalOrNull(),
    offer: snapshot.get('offer').decimalOrNull(),
    high: snapshot.get('high').decimalOrNull(),
    low: snapshot.get('low').decimalOrNull(),
    decimals: decimalPlaces(snapshot.get('decimalPlacesFactor')),
    pointsPerUnit: scalingFactor(snapshot.get('scalingFactor')),
    ...snapshotDetails(snapshot),
  }
}

function instrumentDetails(instrument: JsonNode): InstrumentDetails {
  const text = (name: string) => instrument.get(name).orNull(node => node.text())
  const number = (name: string) => instrument.get(name).orNull(node => node.decimal())
  const flag = (name: string) => instrument.get(name).orNull(node => node.flag()) ?? false
  return {
    type: instrument.get('type').orNull(instrumentType) ?? { other: '' },
    unit: instrumentUnit(instrument.get('unit')),
    marketId: text('marketId'),
    lotSize: number('lotSize'),
    isForceOpenAllowed: flag('forceOpenAllowed'),
    areStopsAndLimitsAllowed: flag('stopsLimitsAllowed'),
    isGuaranteedStopAllowed: flag('controlledRiskAllowed'),
    isStreamable: flag('streamingPricesAvailable'),
    currencies: instrument.get('currencies').orNull(dealingCurrencies) ?? [],
    marginBands: instrument.get('marginDepositBands').orNull(bands => bands.list().map(marginBand)),
    marginFactor: marginFactor(instrument),
    slippageFactor: instrument.get('slippageFactor').orNull(distanceRule),
    limitedRiskPremium: instrument.get('limitedRiskPremium').orNull(distanceRule),
    openingHours: instrument.get('openingHours').orNull(hours => hours.get('marketTimes').list().map(openingHours)),
    expiryDetails: instrument.get('expiryDetails').orNull(expiryDetails),
    rolloverDetails: instrument.get('rolloverDetails').orNull(rolloverDetails),
    newsCode: text('newsCode'),
    chartCode: text('chartCode'),
    country: text('country'),
    valueOfOnePip: number('valueOfOnePip'),
    onePipMeans: text('onePipMeans'),
    specialInfo: instrument.get('specialInfo').orNull(info => info.list().map(line => line.text())) ?? [],
  }
}

function furtherRules(rules: JsonNode): FurtherRules {
  return {
    minTrailingStep: rules.get('minStepDistance').orNull(distanceRule),
    guaranteedStopSpacing: rules.get('controlledRiskSpacing').orNull(distanceRule),
    marketOrders: rules.get('marketOrderPreference').orNull(preference => preference.word(MARKET_ORDERS)),
    trailingStops: trailingStopsPreference(rules.get('trailingStopsPreference')),
  }
}

function snapshotDetails(snapshot: JsonNode): SnapshotDetails {
  const number = (name: string) => snapshot.get(name).orNull(node => node.decimal())
  return {
    netChange: number('netChange'),
    percentageChange: number('percentageChange'),
    updateTime: snapshot.get('updateTime').orNull(time => time.text()),
    delayMinutes: snapshot.get('delayTime').orNull(minutes),
    binaryOdds: number('binaryOdds'),
    guaranteedStopExtraSpread: number('controlledRiskExtraSpread'),
  }
}

function marginBand(band: JsonNode): MarginBand {
  return {
    fromSize: band.get('min').decimal(),
    toSize: band.get('max').decimalOrNull(),
    marginPercentage: band.get('margin').decimal(),
    currency: band.get('currency').textOrNull(),
  }
}

function marginFactor(instrument: JsonNode): InstrumentDetails['marginFactor'] {
  const value = instrument.get('marginFactor').orNull(factor => factor.decimal())
  const unit = instrument.get('marginFactorUnit').orNull(ruleUnit)
  return value === null || unit === null ? null : { unit, value }
}

function openingHours(hours: JsonNode): OpeningHours {
  return { opensAt: hours.get('openTime').text(), closesAt: hours.get('closeTime').text() }
}

function expiryDetails(details: JsonNode): ExpiryDetails {
  return {
    lastDealingDate: details.get('lastDealingDate').textOrNull(),
    settlementInfo: details.get('settlementInfo').textOrNull(),
  }
}

function rolloverDetails(details: JsonNode): RolloverDetails {
  return {
    lastRolloverTime: details.get('lastRolloverTime').textOrNull(),
    rolloverInfo: details.get('rolloverInfo').textOrNull(),
  }
}
