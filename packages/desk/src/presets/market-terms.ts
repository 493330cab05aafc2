import type { Decimal, DistanceRule, Market, MarketDetails } from '@scalpdesk/sdk'

type Needed =
  | 'epic'
  | 'name'
  | 'currency'
  | 'currencyPerBase'
  | 'decimals'
  | 'pointsPerUnit'
  | 'contractSize'
  | 'minSize'
  | 'minStopDistance'
  | 'maxStopDistance'
  | 'minGuaranteedStopDistance'
  | 'allowsMarketOrders'

/** What must be known of a market to judge an order for it. `null`: nobody said, so the broker alone can tell. */
export interface MarketTerms extends Pick<Market, Needed> {
  /** Between two sizes. IG does not publish it. */
  readonly sizeStep: Decimal | null
  readonly minTrailingStep: DistanceRule | null
  readonly areLegsAllowed: boolean | null
  readonly areGuaranteedStopsAllowed: boolean | null
  readonly areTrailingStopsAllowed: boolean | null
  /** What a guaranteed stop costs when it is reached. */
  readonly guaranteePremium: DistanceRule | null
  readonly marginBands: MarketDetails['instrument']['marginBands']
  readonly marginFactor: DistanceRule | null
}

/** What IG's market details do not say. */
export interface ToldTerms {
  readonly sizeStep?: Decimal | null
  /** See `AccountPreferences`. */
  readonly doesAccountTrail?: boolean | null
}

/** What is read of a market's details. */
export type DetailedMarket = Pick<Market, Needed> & {
  readonly instrument: Pick<
    MarketDetails['instrument'],
    'areStopsAndLimitsAllowed' | 'isGuaranteedStopAllowed' | 'limitedRiskPremium' | 'marginBands' | 'marginFactor'
  >
  readonly rules: Pick<MarketDetails['rules'], 'minTrailingStep' | 'trailingStops'>
}

/** @param market a plain one leaves unsaid what only its details tell */
export function marketTerms(market: Pick<Market, Needed> | DetailedMarket, told: ToldTerms = {}): MarketTerms {
  const { sizeStep = null, doesAccountTrail = null } = told
  if (!('instrument' in market)) return { ...market, ...UNSAID, sizeStep, areTrailingStopsAllowed: doesAccountTrail }
  const { instrument, rules } = market
  return {
    ...market,
    sizeStep,
    minTrailingStep: rules.minTrailingStep,
    areLegsAllowed: instrument.areStopsAndLimitsAllowed,
    areGuaranteedStopsAllowed: instrument.isGuaranteedStopAllowed,
    areTrailingStopsAllowed: rules.trailingStops === 'not-available' ? false : doesAccountTrail,
    guaranteePremium: instrument.limitedRiskPremium,
    marginBands: instrument.marginBands,
    marginFactor: instrument.marginFactor,
  }
}

const UNSAID = {
  minTrailingStep: null,
  areLegsAllowed: null,
  areGuaranteedStopsAllowed: null,
  guaranteePremium: null,
  marginBands: null,
  marginFactor: null,
} as const
