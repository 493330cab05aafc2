import type { DistanceRule, InstrumentType, MarketState } from '../market.ts'
import type { DealingCurrency, InstrumentUnit } from '../market-details.ts'
import type { JsonNode } from './json-node.ts'

// What the answers of all market operations have in common. Words: IG Labs, REST API reference, "Markets".

export const MARKET_STATES: Readonly<Record<string, Extract<MarketState, string>>> = {
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

const INSTRUMENT_TYPES: Readonly<Record<string, Extract<InstrumentType, string>>> = {
  BINARY: 'binary',
  BUNGEE_CAPPED: 'bungee-capped',
  BUNGEE_COMMODITIES: 'bungee-commodities',
  BUNGEE_CURRENCIES: 'bungee-currencies',
  BUNGEE_INDICES: 'bungee-indices',
  COMMODITIES: 'commodities',
  CURRENCIES: 'currencies',
  INDICES: 'indices',
  KNOCKOUTS_COMMODITIES: 'knockouts-commodities',
  KNOCKOUTS_CURRENCIES: 'knockouts-currencies',
  KNOCKOUTS_INDICES: 'knockouts-indices',
  KNOCKOUTS_SHARES: 'knockouts-shares',
  OPT_COMMODITIES: 'opt-commodities',
  OPT_CURRENCIES: 'opt-currencies',
  OPT_INDICES: 'opt-indices',
  OPT_RATES: 'opt-rates',
  OPT_SHARES: 'opt-shares',
  RATES: 'rates',
  SECTORS: 'sectors',
  SHARES: 'shares',
  SPRINT_MARKET: 'sprint-market',
  TEST_MARKET: 'test-market',
  UNKNOWN: 'unknown',
}

const UNITS: Readonly<Record<string, Extract<InstrumentUnit, string>>> = {
  AMOUNT: 'amount',
  CONTRACTS: 'contracts',
  SHARES: 'shares',
}

const TRAILING_STOPS = { AVAILABLE: 'available', NOT_AVAILABLE: 'not-available' } as const

export function instrumentType(node: JsonNode): InstrumentType {
  return node.word(INSTRUMENT_TYPES)
}

export function instrumentUnit(node: JsonNode): InstrumentUnit | null {
  return node.orNull(unit => unit.word(UNITS))
}

export function trailingStopsPreference(node: JsonNode): 'available' | 'not-available' | { other: string } | null {
  return node.orNull(preference => preference.word(TRAILING_STOPS))
}

/** @throws {DecodeError} */
export function distanceRule(rule: JsonNode): DistanceRule {
  return { unit: ruleUnit(rule.get('unit')), value: rule.get('value').decimal() }
}

/** `pct` is what the slippage factor says. @throws {DecodeError} */
export function ruleUnit(node: JsonNode): DistanceRule['unit'] {
  return node.word({ POINTS: 'POINTS', PERCENTAGE: 'PERCENTAGE', pct: 'PERCENTAGE' } as const)
}

export function dealingCurrencies(node: JsonNode): readonly DealingCurrency[] {
  return node.list().map(currency => ({
    code: currency.get('code').text(),
    symbol: currency.get('symbol').orNull(symbol => symbol.text()),
    baseExchangeRate: currency.get('baseExchangeRate').orNull(rate => rate.decimal()),
    exchangeRate: currency.get('exchangeRate').orNull(rate => rate.decimal()),
    isDefault: currency.get('isDefault').flag(),
  }))
}

/** @throws {DecodeError} */
export function decimalPlaces(node: JsonNode): number {
  const decimals = node.wholeNumber()
  if (decimals < 0 || decimals > 12) throw node.wrong('0 to 12 decimals')
  return decimals
}

/** @throws {DecodeError} */
export function scalingFactor(node: JsonNode): number {
  const factor = node.decimal().toNumber()
  if (!(factor > 0)) throw node.wrong('a factor above 0')
  return factor
}

/** @throws {DecodeError} */
export function minutes(node: JsonNode): number {
  return node.decimal().toNumber()
}
