import { Decimal } from 'decimal.js'
import { epic } from '../ids.ts'
import type { DistanceRule, Market, MarketState, MarketSummary } from '../market.ts'
import { JsonNode } from './json-node.ts'

/** IG Labs, REST API reference, "Markets", market status. */
const STATES: Readonly<Record<string, Extract<MarketState, string>>> = {
  TRADEABLE: 'tradeable',
  CLOSED: 'closed',
  EDITS_ONLY: 'edits-only',
  OFFLINE: 'offline',
  ON_AUCTION: 'auction',
  ON_AUCTION_NO_EDITS: 'auction-no-edits',
  SUSPENDED: 'suspended',
  CLOSINGS_ONLY: 'closings-only',
  DEAL_NO_EDIT: 'deal-no-edit',
}

/** @throws {DecodeError} */
export function decodeMarket(json: unknown): Market {
  const top = new JsonNode(json, '')
  const instrument = top.get('instrument')
  const rules = top.get('dealingRules')
  const snapshot = top.get('snapshot')
  const currency = dealingCurrency(instrument.get('currencies'))
  return {
    epic: instrument.get('epic').as(epic, 'an epic'),
    name: instrument.get('name').text(),
    expiry: instrument.get('expiry').text(),
    currency: currency.get('code').text(),
    currencyPerBase: currency.get('baseExchangeRate').decimalOrNull(),
    decimals: decimalPlaces(snapshot.get('decimalPlacesFactor')),
    pointsPerUnit: scalingFactor(snapshot.get('scalingFactor')),
    // Shares have none: one share is one share.
    contractSize: instrument.get('contractSize').decimalOrNull() ?? new Decimal(1),
    minSize: rules.get('minDealSize').get('value').decimal(),
    minStopDistance: distanceRule(rules.get('minNormalStopOrLimitDistance')),
    maxStopDistance: distanceRule(rules.get('maxStopOrLimitDistance')),
    minGuaranteedStopDistance: distanceRule(rules.get('minControlledRiskStopDistance')),
    state: snapshot.get('marketStatus').word(STATES),
    bid: snapshot.get('bid').decimalOrNull(),
    offer: snapshot.get('offer').decimalOrNull(),
    high: snapshot.get('high').decimalOrNull(),
    low: snapshot.get('low').decimalOrNull(),
    allowsMarketOrders: rules.get('marketOrderPreference').textOrNull() !== 'NOT_AVAILABLE',
  }
}

/** @throws {DecodeError} */
export function decodeMarketSearch(json: unknown): readonly MarketSummary[] {
  return new JsonNode(json, '')
    .get('markets')
    .list()
    .map(market => ({
      epic: market.get('epic').as(epic, 'an epic'),
      name: market.get('instrumentName').text(),
      instrumentType: market.get('instrumentType').text(),
      expiry: market.get('expiry').text(),
      state: market.get('marketStatus').word(STATES),
      bid: market.get('bid').decimalOrNull(),
      offer: market.get('offer').decimalOrNull(),
      high: market.get('high').decimalOrNull(),
      low: market.get('low').decimalOrNull(),
      isStreamable: market.get('streamingPricesAvailable').flag(),
    }))
}

/** The default one. IG marks none where there is only one: then the first. */
function dealingCurrency(currencies: JsonNode): JsonNode {
  const list = currencies.list()
  const chosen = list.find(currency => currency.get('isDefault').flag()) ?? list[0]
  if (chosen === undefined) throw currencies.wrong('at least one currency')
  return chosen
}

function distanceRule(rule: JsonNode): DistanceRule {
  const unit = rule.get('unit').word({ POINTS: 'POINTS', PERCENTAGE: 'PERCENTAGE' } as const)
  return { unit, value: rule.get('value').decimal() }
}

function decimalPlaces(node: JsonNode): number {
  const decimals = node.wholeNumber()
  if (decimals < 0 || decimals > 12) throw node.wrong('0 to 12 decimals')
  return decimals
}

/** Also the `scalingFactor` of a position's market. */
export function scalingFactor(node: JsonNode): number {
  const factor = node.decimal().toNumber()
  if (!(factor > 0)) throw node.wrong('a factor above 0')
  return factor
}
