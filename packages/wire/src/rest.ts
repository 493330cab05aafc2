/**
 * JSON shapes of IG's REST API, in the version named at each type.
 * Source: IG Labs, REST API reference (https://labs.ig.com/reference/), one page per group.
 *
 * Numbers are IG's JSON numbers; whoever reads them turns them into decimals at once. Enums are open: IG adds values,
 * so every one of them also admits other text. A field that IG prints as `null` is nullable here, never optional.
 */

/** A known value, or text that IG added after this file was written. */
export type Open<Known extends string> = Known | (string & {})

export type AccountTypeJson = Open<'CFD' | 'PHYSICAL' | 'SPREADBET'>
export type DirectionJson = 'BUY' | 'SELL'
export type MarketStatusJson = Open<
  'CLOSED' | 'EDITS_ONLY' | 'OFFLINE' | 'ON_AUCTION' | 'ON_AUCTION_NO_EDITS' | 'SUSPENDED' | 'TRADEABLE'
>
export type DealingRuleUnitJson = Open<'PERCENTAGE' | 'POINTS'>

/** Every failure: a 4xx or 5xx with this body. `errorCode` was seen as `null` on a 500. */
export interface ErrorJson {
  readonly errorCode: string | null
}

export interface MoneyJson {
  readonly balance: number
  readonly deposit: number
  readonly profitLoss: number
  readonly available: number
}

/** POST /session, versions 1 and 2. */
export interface SignInRequest {
  readonly identifier: string
  readonly password: string
  readonly encryptedPassword?: boolean
}

/** POST /session, versions 1 and 2. The tokens travel in the headers `CST` and `X-SECURITY-TOKEN`. */
export interface SessionJson {
  readonly accountType: AccountTypeJson
  readonly accountInfo: MoneyJson
  readonly currencyIsoCode: string
  readonly currencySymbol: string
  readonly currentAccountId: string
  readonly lightstreamerEndpoint: string
  readonly accounts: readonly {
    readonly accountId: string
    readonly accountName: string
    readonly preferred: boolean
    readonly accountType: AccountTypeJson
  }[]
  readonly clientId: string
  /** Hours of the account's zone from UTC. */
  readonly timezoneOffset: number
  readonly hasActiveDemoAccounts: boolean
  readonly hasActiveLiveAccounts: boolean
  readonly trailingStopsEnabled: boolean
  readonly reroutingEnvironment: string | null
  readonly dealingEnabled: boolean
}

/** PUT /session, version 1: act on another account. New tokens come in the headers. */
export interface SwitchAccountRequest {
  readonly accountId: string
  readonly defaultAccount?: boolean
}

/** GET /accounts, version 1. */
export interface AccountsJson {
  readonly accounts: readonly AccountJson[]
}

export interface AccountJson {
  readonly accountId: string
  readonly accountName: string
  readonly accountAlias: string | null
  readonly status: Open<'DISABLED' | 'ENABLED' | 'SUSPENDED_FROM_DEALING'>
  readonly accountType: AccountTypeJson
  readonly preferred: boolean
  readonly balance: { readonly [Field in keyof MoneyJson]: number | null } | null
  readonly currency: string
  readonly canTransferFrom: boolean
  readonly canTransferTo: boolean
}

/** GET /markets?searchTerm=, version 1. */
export interface MarketSearchJson {
  readonly markets: readonly MarketSummaryJson[]
}

export interface MarketSummaryJson {
  readonly epic: string
  readonly instrumentName: string
  readonly instrumentType: string
  readonly expiry: string
  readonly high: number | null
  readonly low: number | null
  readonly percentageChange: number
  readonly netChange: number
  /** `HH:mm:ss`, account-local. */
  readonly updateTime: string
  /** `HH:mm:ss`, UTC. */
  readonly updateTimeUTC: string
  readonly bid: number | null
  readonly offer: number | null
  /** Minutes. */
  readonly delayTime: number
  readonly streamingPricesAvailable: boolean
  readonly marketStatus: MarketStatusJson
  readonly scalingFactor: number
}

export interface DealingRuleJson {
  readonly unit: DealingRuleUnitJson
  readonly value: number
}

/** GET /markets/{epic}, version 3. */
export interface MarketJson {
  readonly instrument: InstrumentJson
  readonly dealingRules: DealingRulesJson
  readonly snapshot: SnapshotJson
}

export interface CurrencyJson {
  readonly code: string
  readonly symbol: string
  readonly baseExchangeRate: number
  readonly exchangeRate: number
  readonly isDefault: boolean
}

export interface MarginBandJson {
  readonly min: number
  readonly max: number | null
  readonly margin: number
  readonly currency: string
}

export interface InstrumentJson {
  readonly epic: string
  /** `-` for cash CFDs, `DFB` for daily spread bets, else a month such as `SEP-24`. */
  readonly expiry: string
  readonly name: string
  readonly forceOpenAllowed: boolean
  readonly stopsLimitsAllowed: boolean
  readonly lotSize?: number
  readonly unit: Open<'AMOUNT' | 'CONTRACTS' | 'SHARES'>
  readonly type: string
  readonly controlledRiskAllowed: boolean
  readonly streamingPricesAvailable: boolean
  readonly marketId: string
  readonly currencies: readonly CurrencyJson[]
  readonly sprintMarketsMinimumExpiryTime: number | null
  readonly sprintMarketsMaximumExpiryTime: number | null
  readonly marginDepositBands: readonly MarginBandJson[]
  readonly marginFactor: number
  readonly marginFactorUnit: DealingRuleUnitJson
  readonly slippageFactor: { readonly unit: string; readonly value: number } | null
  readonly limitedRiskPremium: DealingRuleJson | null
  readonly openingHours: { readonly marketTimes: readonly { openTime: string; closeTime: string }[] } | null
  readonly expiryDetails: { readonly lastDealingDate: string | null; readonly settlementInfo: string | null } | null
  readonly rolloverDetails: { readonly lastRolloverTime: string | null; readonly rolloverInfo: string | null } | null
  readonly newsCode: string | null
  readonly chartCode: string | null
  readonly country: string | null
  readonly valueOfOnePip: string | null
  readonly onePipMeans: string | null
  /** Units of the underlying in one contract, as text; `null` for shares. */
  readonly contractSize: string | null
  readonly specialInfo: readonly string[]
}

export interface DealingRulesJson {
  readonly minStepDistance: DealingRuleJson
  readonly minDealSize: DealingRuleJson
  readonly minControlledRiskStopDistance: DealingRuleJson
  readonly minNormalStopOrLimitDistance: DealingRuleJson
  readonly maxStopOrLimitDistance: DealingRuleJson
  readonly controlledRiskSpacing?: DealingRuleJson
  readonly marketOrderPreference: Open<'AVAILABLE_DEFAULT_OFF' | 'AVAILABLE_DEFAULT_ON' | 'NOT_AVAILABLE'>
  readonly trailingStopsPreference: Open<'AVAILABLE' | 'NOT_AVAILABLE'>
}

export interface SnapshotJson {
  readonly marketStatus: MarketStatusJson
  readonly netChange: number
  readonly percentageChange: number
  /** `HH:mm:ss`, account-local. */
  readonly updateTime: string
  readonly delayTime: number
  readonly bid: number | null
  readonly offer: number | null
  readonly high: number | null
  readonly low: number | null
  readonly binaryOdds: number | null
  /** Decimals in a level. */
  readonly decimalPlacesFactor: number
  /** Points in one unit of the level: a distance in points is the price difference times this. */
  readonly scalingFactor: number
  readonly controlledRiskExtraSpread: number
}
