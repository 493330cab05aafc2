import { count, like, listOf, nothing, number, only, orNull, type Shape, text, truth } from '../json-shape.ts'
import { ACCOUNT_TYPE, CURRENCY } from './field-kinds.ts'

const BALANCE = { balance: number, deposit: number, profitLoss: number, available: number }

/** "Session", POST /session, versions 1 and 2. */
export const SESSION: Shape = {
  accountType: ACCOUNT_TYPE,
  accountInfo: BALANCE,
  currencyIsoCode: CURRENCY,
  currencySymbol: text,
  currentAccountId: text,
  lightstreamerEndpoint: text,
  accounts: listOf({ accountId: text, accountName: text, preferred: truth, accountType: ACCOUNT_TYPE }, 2),
  clientId: like(/^\d+$/),
  timezoneOffset: number,
  hasActiveDemoAccounts: truth,
  hasActiveLiveAccounts: truth,
  trailingStopsEnabled: truth,
  reroutingEnvironment: nothing,
  dealingEnabled: truth,
}

/** "Session", POST /session/refresh-token; `expires_in` is a text. */
export const OAUTH: Shape = {
  access_token: text,
  refresh_token: text,
  scope: only('profile'),
  token_type: only('Bearer'),
  expires_in: like(/^\d+$/),
}

/** "Session", POST /session, version 3. */
export const SESSION_V3: Shape = {
  clientId: like(/^\d+$/),
  accountId: text,
  timezoneOffset: number,
  lightstreamerEndpoint: text,
  oauthToken: OAUTH,
}

/** "Session", GET, PUT and the key for encrypted passwords. */
export const SESSION_DETAILS: Shape = {
  clientId: like(/^\d+$/),
  accountId: text,
  timezoneOffset: number,
  locale: like(/^[a-z]{2}_[A-Z]{2}$/),
  currency: CURRENCY,
  lightstreamerEndpoint: text,
}
export const SWITCHED: Shape = {
  trailingStopsEnabled: truth,
  dealingEnabled: truth,
  hasActiveDemoAccounts: truth,
  hasActiveLiveAccounts: truth,
}
export const ENCRYPTION_KEY: Shape = { encryptionKey: like(/^[A-Za-z0-9+/]+=*$/), timeStamp: count }

export const REFUSED: Shape = { errorCode: text }

/** "Accounts". */
export const ACCOUNTS: Shape = {
  accounts: listOf({
    accountId: text,
    accountName: text,
    accountAlias: orNull(text),
    status: only('DISABLED', 'ENABLED', 'SUSPENDED_FROM_DEALING'),
    accountType: ACCOUNT_TYPE,
    preferred: truth,
    balance: BALANCE,
    currency: CURRENCY,
    canTransferFrom: truth,
    canTransferTo: truth,
  }),
}
export const PREFERENCES: Shape = { trailingStopsEnabled: truth }
