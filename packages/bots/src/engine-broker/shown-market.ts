import {
  type Book,
  type CurrencyCode,
  contractUnits,
  type Market as EngineMarket,
  type MarketState as EngineState,
  exchangeRate,
  unitsToDecimal,
} from '@scalpdesk/mock-broker/engine'
import { Decimal, epic, type Market, type MarketState } from '@scalpdesk/sdk'

// A market of the engine as the SDK shows it. The engine's figures are of a wider kind of Decimal: they are taken over.

/** A figure of the engine's as one of the SDK's. */
export const plain = (figure: Decimal): Decimal => new Decimal(figure)

/** Unless told: the engine's rates are against the euro. */
export const ACCOUNT_CURRENCY = 'EUR'

export function shownMarket({ market, state, quote }: Book, accountCurrency: CurrencyCode = ACCOUNT_CURRENCY): Market {
  const [currency] = market.currencies
  const points = (value: Decimal) => ({ unit: 'POINTS', value: plain(value) }) as const
  return {
    epic: epic(market.epic),
    name: market.name,
    expiry: market.expiry,
    currency,
    currencyPerBase: plain(exchangeRate(currency, accountCurrency)),
    decimals: market.decimals,
    pointsPerUnit: market.pointsPerUnit,
    contractSize: new Decimal(contractUnits(market)),
    minSize: plain(market.minSize),
    minStopDistance: points(market.minStopPoints),
    maxStopDistance: { unit: 'PERCENTAGE', value: plain(market.maxStopPercent) },
    minGuaranteedStopDistance: points(market.minGuaranteedStopPoints),
    state: shownState(state),
    bid: levelOf(market, quote?.bidUnits ?? null),
    offer: levelOf(market, quote?.offerUnits ?? null),
    high: null,
    low: null,
    allowsMarketOrders: market.marketOrders !== 'NOT_AVAILABLE',
  }
}

export function levelOf({ decimals }: EngineMarket, units: number | null): Decimal | null {
  return units === null ? null : plain(unitsToDecimal(units, decimals))
}

const STATES: Readonly<Record<EngineState, MarketState>> = {
  TRADEABLE: 'tradeable',
  EDITS_ONLY: 'edits-only',
  CLOSED: 'closed',
  OFFLINE: 'offline',
  SUSPENDED: 'suspended',
  ON_AUCTION: 'auction',
  ON_AUCTION_NO_EDITS: 'auction-no-edits',
  CLOSINGS_ONLY: 'closings-only',
  DEAL_NO_EDIT: 'deal-no-edit',
}

export const shownState = (state: EngineState): MarketState => STATES[state]
