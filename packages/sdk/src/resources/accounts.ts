import type { AccountPreferences, ListedAccount } from '../account.ts'
import { InvalidInputError } from '../errors.ts'
import { decodeAccounts, decodePreferences } from '../json/decode-account.ts'
import { callTo } from '../rest/call.ts'
import type { CallOptions, ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import { expectSuccess } from './success.ts'

/**
 * The accounts of the login.
 *
 * @throws every method: {@link RefusedError}, {@link AllowanceError}, {@link TransportError}, {@link ProtocolError},
 * {@link SignInError}, {@link DecodeError}.
 */
export interface Accounts {
  /**
   * All accounts of the login, with their money, share-dealing ones included.
   * Source: IG Labs, REST API reference, "Accounts", GET /accounts.
   */
  list(options?: ReadOptions): Promise<readonly ListedAccount[]>
  /** Source: IG Labs, REST API reference, "Accounts", GET /accounts/preferences. */
  preferences(options?: ReadOptions): Promise<AccountPreferences>
  /**
   * Of the account that is acted on. IG takes some seconds until `preferences()` tells the new ones.
   * Source: IG Labs, REST API reference, "Accounts", PUT /accounts/preferences.
   */
  setPreferences(preferences: AccountPreferences, options?: CallOptions): Promise<void>
}

export function accountsOver(rest: Rest): Accounts {
  return {
    list: async options => decodeAccounts(await rest.read(callTo(ROUTES.accounts), options)),
    preferences: async options => decodePreferences(await rest.read(callTo(ROUTES.preferences), options)),
    async setPreferences({ trailingStopsEnabled }, options) {
      if (typeof trailingStopsEnabled !== 'boolean') {
        const got = String(trailingStopsEnabled)
        throw new InvalidInputError(`expected trailingStopsEnabled to be true or false, but got ${got}; correct it`)
      }
      const call = callTo(ROUTES.setPreferences, { body: JSON.stringify({ trailingStopsEnabled }) })
      expectSuccess(await rest.write(call, options), call)
    },
  }
}
