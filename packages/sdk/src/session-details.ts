import type { AccountId } from './ids.ts'

/** Source: IG Labs, REST API reference, "Session", GET /session. */
export interface SessionDetails {
  readonly clientId: string
  readonly accountId: AccountId
  /** Of the account's zone from UTC, now: it changes with summer time. */
  readonly utcOffsetHours: number
  /** Such as `en_GB`: the language of names and descriptions. */
  readonly locale: string | null
  /** ISO code. */
  readonly currency: string | null
  /** Where the streams are. */
  readonly streamServer: string
}
