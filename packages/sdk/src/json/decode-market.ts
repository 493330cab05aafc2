import { Decimal } from 'decimal.js'
import { epic } from '../ids.ts'
import type { Market } from '../market.ts'
import { decimalPlaces, distanceRule, MARKET_STATES, scalingFactor } from './decode-market-words.ts'
import { JsonNode } from './json-node.ts'

/** What is needed to deal in a market. @throws {DecodeError} */
export function decodeMarket(json: unknown): Market {
  return marketOf(new JsonNode(json, ''))
}

/** As {@link decodeMarket}, of a place inside a document. @throws {DecodeError} */
export function marketOf(top: JsonNode): Market {
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
    state: snapshot.get('marketStatus').word(MARKET_STATES),
    bid: snapshot.get('bid').decimalOrNull(),
    offer: snapshot.get('offer').decimalOrNull(),
    high: snapshot.get('high').decimalOrNull(),
    low: snapshot.get('low').decimalOrNull(),
    allowsMarketOrders: rules.get('marketOrderPreference').textOrNull() !== 'NOT_AVAILABLE',
  }
}

/** The default one. IG marks none where there is only one: then the first. */
function dealingCurrency(currencies: JsonNode): JsonNode {
  const list = currencies.list()
  const chosen = list.find(currency => currency.get('isDefault').flag()) ?? list[0]
  if (chosen === undefined) throw currencies.wrong('at least one currency')
  return chosen
}
