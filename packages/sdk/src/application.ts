import type { Other } from './other.ts'
import type { Secret } from './secret.ts'

/** An API key of the user, and what it may do. Source: IG Labs, REST API reference, "Operations", GET /operations/application. */
export interface Application {
  readonly name: string
  readonly apiKey: Secret
  readonly status: 'enabled' | 'disabled' | 'revoked' | Other
  /** `null` where IG does not say. */
  readonly limits: ApplicationLimits
  readonly allowsEquities: boolean
  readonly allowsQuoteOrders: boolean
  /** `2024-06-01`. */
  readonly createdOn: string | null
}

export interface ApplicationLimits {
  /** Calls of the key, all accounts together. */
  readonly keyPerMinute: number | null
  readonly tradingPerMinute: number | null
  /** Calls of an account that are no trading. */
  readonly dataPerMinute: number | null
  /** Price points of an account. */
  readonly pointsPerWeek: number | null
  readonly concurrentSubscriptions: number | null
}

/** Everything is replaced, so everything is said. */
export interface ApplicationUpdate {
  readonly apiKey: Secret
  readonly status: 'enabled' | 'disabled'
  readonly tradingPerMinute: number
  readonly dataPerMinute: number
}
