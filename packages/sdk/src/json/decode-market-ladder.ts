import type { Decimal } from 'decimal.js'
import { epic } from '../ids.ts'
import type { LadderPrice, LadderRules, LadderSizes, MarketLadder } from '../market-ladder.ts'
import {
  dealingCurrencies,
  decimalPlaces,
  distanceRule,
  instrumentType,
  instrumentUnit,
  MARKET_STATES,
  minutes,
  scalingFactor,
  trailingStopsPreference,
} from './decode-market-words.ts'
import { JsonNode } from './json-node.ts'

/** GET /markets/{epic} version 4. @throws {DecodeError} */
export function decodeMarketLadder(json: unknown): MarketLadder {
  const top = new JsonNode(json, '')
  const instrument = top.get('instrument')
  const snapshot = top.get('snapshot')
  const text = (name: string) => instrument.get(name).orNull(node => node.text())
  const flag = (name: string) => instrument.get(name).orNull(node => node.flag()) ?? false
  const number = (of: JsonNode, name: string) => of.get(name).orNull(node => node.decimal())
  return {
    epic: instrument.get('epic').as(epic, 'an epic'),
    name: instrument.get('name').text(),
    expiry: instrument.get('expiry').text(),
    instrumentType: instrument.get('type').orNull(instrumentType) ?? { other: '' },
    unit: instrumentUnit(instrument.get('unit')),
    lotSize: number(instrument, 'lotSize'),
    contractSize: number(instrument, 'contractSize'),
    valueOfOnePip: number(instrument, 'valueOfOnePip'),
    marketId: text('marketId'),
    newsCode: text('newsCode'),
    chartCode: text('chartCode'),
    country: text('country'),
    currencies: instrument.get('currencies').orNull(dealingCurrencies) ?? [],
    limitedRiskPremium: instrument.get('limitedRiskPremium').orNull(distanceRule),
    isStreamable: flag('streamingPricesAvailable'),
    isLimitAllowed: flag('limitAllowed'),
    isStopAllowed: flag('stopAllowed'),
    rules: ladderRules(top.get('dealingRules')),
    state: snapshot.get('marketStatus').word(MARKET_STATES),
    prices: listOrNone(snapshot.get('priceLadder')).map(ladderPrice),
    sizes: listOrNone(snapshot.get('currencyLadders')).map(ladderSizes),
    high: number(snapshot, 'high'),
    low: number(snapshot, 'low'),
    netChange: number(snapshot, 'netChange'),
    percentageChange: number(snapshot, 'percentageChange'),
    delayMinutes: snapshot.get('delayTime').orNull(minutes),
    updatedAtMs: snapshot.get('updateTimestampUTC').orNull(timestampMs),
    decimals: snapshot.get('decimalPlacesFactor').orNull(decimalPlaces),
    pointsPerUnit: snapshot.get('scalingFactor').orNull(scalingFactor),
  }
}

/** A missing list is an empty one; anything else fails. */
function listOrNone(node: JsonNode): readonly JsonNode[] {
  return node.isAbsent ? [] : node.list()
}

function ladderRules(rules: JsonNode): LadderRules {
  const rule = (name: string) => (rules.isAbsent ? null : rules.get(name).orNull(distanceRule))
  return {
    minSize: rule('minDealSize')?.value ?? null,
    minStopDistance: rule('minNormalStopOrLimitDistance'),
    maxStopDistance: rule('maxStopOrLimitDistance'),
    minGuaranteedStopDistance: rule('minControlledRiskStopDistance'),
    minTrailingStep: rule('minStepDistance'),
    guaranteedStopSpacing: rule('controlledRiskSpacing'),
    trailingStops: rules.isAbsent ? null : trailingStopsPreference(rules.get('trailingStopsPreference')),
  }
}

function ladderPrice(price: JsonNode): LadderPrice {
  return { bid: price.get('bid').decimalOrNull(), offer: price.get('ask').decimalOrNull() }
}

function ladderSizes(sizes: JsonNode): LadderSizes {
  const each = (name: string): readonly (Decimal | null)[] =>
    listOrNone(sizes.get(name)).map(size => size.decimalOrNull())
  return {
    currency: sizes.get('currency').orNull(code => code.text()),
    bidSizes: each('bidSizes'),
    offerSizes: each('askSizes'),
  }
}

/** Our choice of a border: as seconds it is the year 5138, as milliseconds 1973. */
const MS_FROM = 100_000_000_000

/** The reference says seconds since 1970, and elsewhere IG counts milliseconds: no time of today can be both. */
function timestampMs(node: JsonNode): number {
  const count = node.decimal().toNumber()
  if (!(count > 0)) throw node.wrong('a time since 1970')
  return count < MS_FROM ? Math.round(count * 1000) : Math.round(count)
}
