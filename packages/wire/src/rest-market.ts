/**
 * Markets in the versions that `rest.ts` has not, categories, sentiment and watchlists.
 * Source: IG Labs, REST API reference (https://labs.ig.com/reference/), "Markets", "Client sentiment", "Watchlists".
 */
import type {
  CurrencyJson,
  DealingRulesJson,
  InstrumentJson,
  MarginBandJson,
  MarketJson,
  MarketSummaryJson,
  Open,
  SnapshotJson,
} from './rest.ts'
import type { PositionJson, PositionMarketJson } from './rest-position.ts'

/** GET /markets/{epic}, version 1: margin as one number, no currency in the bands. */
export interface MarketV1Json {
  readonly instrument: Omit<
    InstrumentJson,
    'limitedRiskPremium' | 'marginDepositBands' | 'marginFactor' | 'marginFactorUnit' | 'currencies'
  > & {
    readonly margin: number
    readonly marginDepositBands: readonly Omit<MarginBandJson, 'currency'>[]
    readonly currencies: readonly (CurrencyJson & { readonly name: string })[]
  }
  readonly dealingRules: Omit<DealingRulesJson, 'trailingStopsPreference'>
  readonly snapshot: SnapshotJson
}

/** GET /markets/{epic}, version 2. */
export interface MarketV2Json {
  readonly instrument: Omit<InstrumentJson, 'limitedRiskPremium'>
  readonly dealingRules: DealingRulesJson
  readonly snapshot: SnapshotJson
}

/** GET /markets/{epic}, version 4: price ladders, no margin. */
export interface MarketV4Json {
  readonly instrument: Pick<
    InstrumentJson,
    | 'epic'
    | 'expiry'
    | 'name'
    | 'lotSize'
    | 'unit'
    | 'type'
    | 'streamingPricesAvailable'
    | 'marketId'
    | 'currencies'
    | 'limitedRiskPremium'
    | 'newsCode'
    | 'chartCode'
    | 'country'
    | 'valueOfOnePip'
  > & { readonly limitAllowed: boolean; readonly stopAllowed: boolean }
  readonly dealingRules: Omit<DealingRulesJson, 'marketOrderPreference'>
  readonly snapshot: Pick<
    SnapshotJson,
    'netChange' | 'percentageChange' | 'delayTime' | 'high' | 'low' | 'decimalPlacesFactor' | 'scalingFactor'
  > & {
    readonly marketStatus: string
    readonly updateTimestampUTC: number
    readonly priceLadder: readonly { readonly bid: string; readonly ask: string }[]
    readonly currencyLadders: readonly {
      readonly currency: string
      readonly bidSizes: readonly number[]
      readonly askSizes: readonly number[]
    }[]
  }
}

/** GET /markets?epics=, versions 1 and 2. */
export interface MarketDetailsJson {
  readonly marketDetails: readonly (MarketJson | SnapshotOnlyJson)[]
}

/** With `filter=SNAPSHOT_ONLY` nothing is left of the instrument but epic and type; booleans are false. */
export interface SnapshotOnlyJson {
  readonly instrument: {
    readonly [Field in keyof InstrumentJson]: Field extends 'epic' | 'type'
      ? string
      : InstrumentJson[Field] extends boolean
        ? false
        : null
  }
  readonly dealingRules: null
  readonly snapshot: SnapshotJson
}

/** GET /categories, version 1. */
export interface CategoriesJson {
  readonly categories: readonly { readonly code: string; readonly nonTradeable: boolean }[]
}

/** GET /categories/{categoryId}/instruments, version 1. The first page is 0. */
export interface CategoryInstrumentsJson {
  readonly instruments: readonly (Omit<MarketSummaryJson, 'updateTimeUTC' | 'streamingPricesAvailable'> & {
    readonly lotSize: number
    readonly otcTradeable: boolean
  })[]
  readonly metadata: { readonly pageNumber: number; readonly pageSize: number }
}

/** GET /positions, version 1. */
export interface PositionsV1Json {
  readonly positions: readonly OpenPositionV1Json[]
}

export interface OpenPositionV1Json {
  readonly position: Omit<PositionJson, 'createdDateUTC' | 'dealReference' | 'size' | 'level'> & {
    readonly dealSize: number
    readonly openLevel: number
  }
  readonly market: Omit<PositionMarketJson, 'updateTimeUTC'>
}

/** GET /clientsentiment?marketIds= and /clientsentiment/related/{marketId}, version 1. */
export interface SentimentsJson {
  readonly clientSentiments: readonly SentimentJson[]
}

/** GET /clientsentiment/{marketId}, version 1. Percentages that add up to 100; 0 and 0 for a market that is not known. */
export interface SentimentJson {
  readonly marketId: string
  readonly longPositionPercentage: number
  readonly shortPositionPercentage: number
}

/** GET /watchlists, version 1. */
export interface WatchlistsJson {
  readonly watchlists: readonly {
    readonly id: string
    readonly name: string
    readonly editable: boolean
    /** IG's spelling. */
    readonly deleteable: boolean
    readonly defaultSystemWatchlist: boolean
  }[]
}

/** GET /watchlists/{watchlistId}, version 1. */
export interface WatchlistJson {
  readonly markets: readonly (MarketSummaryJson & { readonly lotSize?: number })[]
}

/** POST /watchlists, version 1. */
export interface WatchlistCreatedJson {
  readonly watchlistId: string
  readonly status: Open<'SUCCESS' | 'SUCCESS_NOT_ALL_INSTRUMENTS_ADDED'>
}
