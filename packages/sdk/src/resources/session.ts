import type { Account } from '../account.ts'
import type { AccountId } from '../ids.ts'
import { decodeSessionDetails } from '../json/decode-session.ts'
import { callTo } from '../rest/call.ts'
import type { CallOptions, ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import type { SessionDetails } from '../session-details.ts'

export interface SwitchOptions extends CallOptions {
  /** Also makes it the account that IG signs in to by default. Sessions of version 2 only. */
  readonly makeDefault?: boolean
}

/** The session itself. Signing in is `connectIg`, signing out is `close()` of the connection. */
export interface Session {
  /** The account that everything acts on now. */
  readonly accountId: AccountId
  /** Version 2: two tokens, good for hours. Version 3: a bearer token, replaced about every 40 seconds. */
  readonly version: 2 | 3
  /** Hours of the account's zone from UTC, as IG told at the sign-in. It changes with summer time. */
  readonly utcOffsetHours: number
  /**
   * What IG knows of the session. Source: IG Labs, REST API reference, "Session", GET /session.
   * @throws {RefusedError | AllowanceError | TransportError | ProtocolError | DecodeError | SignInError}
   */
  read(options?: ReadOptions): Promise<SessionDetails>
  /**
   * Acts on another account of the login from now on: orders, reads and streams. Until it is done no order is taken (`unsent`); streams
   * start again on the other account. Where IG did not answer, the session is made anew on the account before, and the error is thrown.
   * Source: IG Labs, REST API reference, "Session", PUT /session; with version 3 the header IG-ACCOUNT-ID says it.
   * @throws {InvalidInputError} when the account is not one of the login's, or `makeDefault` is asked of a session of version 3.
   * @throws {RefusedError | AllowanceError | TransportError | ProtocolError | SignInError}
   */
  switchAccount(accountId: AccountId, options?: SwitchOptions): Promise<Account>
}

/** @param session the state behind it. */
export function sessionOver(
  rest: Rest,
  session: Pick<Session, 'accountId' | 'version' | 'utcOffsetHours' | 'switchAccount'>,
): Session {
  return {
    get accountId() {
      return session.accountId
    },
    get version() {
      return session.version
    },
    get utcOffsetHours() {
      return session.utcOffsetHours
    },
    read: async options => decodeSessionDetails(await rest.read(callTo(ROUTES.readSession), options)),
    switchAccount: (accountId, options) => session.switchAccount(accountId, options),
  }
}
