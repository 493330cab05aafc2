/**
 * Sessions of version 3, preferences, applications, costs: JSON shapes of IG's REST API beside those of `rest.ts`.
 * Source: IG Labs, REST API reference (https://labs.ig.com/reference/), the page named at each type.
 */
import type { DirectionJson, Open } from './rest.ts'

/** POST /session, version 3. */
export interface OauthSessionJson {
  readonly clientId: string
  readonly accountId: string
  readonly timezoneOffset: number
  readonly lightstreamerEndpoint: string
  readonly oauthToken: OauthTokenJson
}

/** POST /session/refresh-token, version 1. */
export interface OauthTokenJson {
  readonly access_token: string
  readonly refresh_token: string
  readonly scope: string
  readonly token_type: string
  /** Seconds, as text. */
  readonly expires_in: string
}

/** GET /session, version 1. With `fetchSessionTokens` the tokens come in the headers. */
export interface SessionDetailsJson {
  readonly clientId: string
  readonly accountId: string
  readonly timezoneOffset: number
  readonly locale: string
  readonly currency: string
  readonly lightstreamerEndpoint: string
}

/** GET /session/encryptionKey, version 1. */
export interface EncryptionKeyJson {
  /** Base64 of an X.509 SubjectPublicKeyInfo. */
  readonly encryptionKey: string
  /** Epoch milliseconds. */
  readonly timeStamp: number
}

/** PUT /session, version 1. */
export interface SwitchedAccountJson {
  readonly trailingStopsEnabled: boolean
  readonly dealingEnabled: boolean
  readonly hasActiveDemoAccounts: boolean
  readonly hasActiveLiveAccounts: boolean
}

/** GET /accounts/preferences, version 1. */
export interface PreferencesJson {
  readonly trailingStopsEnabled: boolean
}

/** The answer of several calls that only change something. */
export interface StatusJson {
  readonly status: Open<'SUCCESS'>
}

/** GET /operations/application answers a list of these, PUT one of them; version 1. */
export interface ApplicationJson {
  readonly name: string
  readonly apiKey: string
  readonly status: Open<'DISABLED' | 'ENABLED' | 'REVOKED'>
  readonly allowanceApplicationOverall: number
  readonly allowanceAccountTrading: number
  readonly allowanceAccountOverall: number
  readonly allowanceAccountHistoricalData: number
  readonly concurrentSubscriptionsLimit: number
  readonly allowEquities: boolean
  readonly allowQuoteOrders: boolean
  readonly createdDate: string | number
}

/** GET /repeat-dealing-window, version 1. */
export interface RepeatDealingWindowJson {
  readonly accountId: string
  readonly requestStartTime: number
  readonly repeatDealingEntryList: readonly {
    readonly instrumentSource: string
    readonly instrumentValue: string
    readonly currencyList: readonly {
      readonly currency: string
      readonly buy: readonly RepeatDealingSizeJson[]
      readonly sell: readonly RepeatDealingSizeJson[]
    }[]
  }[]
}

export interface RepeatDealingSizeJson {
  readonly size: number
  /** Epoch milliseconds: when it drops out of the window. */
  readonly expiry: number
}

/** POST /indicativecostsandcharges/open, version 1. */
export interface OpenCostsJson extends CostPartJson {
  readonly currencyCodeISO: string
  readonly openingSpread: number
  readonly openingCommission: number
  readonly openingFxFee: number
  readonly openingIFTT: number
  readonly overnightFundingFee: number
  readonly borrowingCharge: number
  readonly dailyRunningFxFee: number
  readonly guaranteedStopDeposit: number
  readonly knockoutPremiumDeposit: number
  readonly etpEntryCost: number
  readonly etpOngoingCost: number
  readonly inducements: number
}

/** What closing costs; the whole answer of `close` and each leg's of `edit`. */
export interface CostPartJson {
  readonly indicativeQuoteReference: string
  readonly notionalValue: number
  readonly notionalValueInUserCurrency: number
  readonly closingSpread: number
  readonly closingCommission: number
  readonly closingFxFee: number
  readonly closingIFTT: number
  readonly etpExitCost: number
  readonly guaranteedStopReturn: number
  readonly knockoutPremiumReturn: number
}

/** POST /indicativecostsandcharges/close, version 1. */
export interface CloseCostsJson {
  readonly currencyCodeISO: string
  readonly close: CostPartJson
}

/** POST /indicativecostsandcharges/edit, version 1. */
export interface EditCostsJson {
  readonly currencyCodeISO: string
  readonly limit: CostPartJson
  readonly stop: CostPartJson
}

/** GET /indicativecostsandcharges/history/from/{from}/to/{to}, version 1. */
export interface CostHistoryJson {
  readonly costsAndChargesHistory: readonly {
    readonly createdTimestamp: string
    readonly direction: DirectionJson | null
    readonly indicativeQuoteReference: string
    readonly instrumentName: string | null
    readonly type: string
  }[]
  readonly pagination: {
    readonly pageNumber: number
    readonly pageSize: number
    readonly totalElements: number
    readonly totalPages: number
  }
}
