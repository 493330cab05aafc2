import type { MoneyJson, SessionJson } from '@scalpdesk/wire'
import type { AccountState } from '../../engine/index.ts'
import { brokerIdentity as identity } from '../broker-identity.ts'
import { TIMEZONE_OFFSET_HOURS } from '../wire-date.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import { bodyFields } from './body-fields.ts'
import type { RestBroker } from './rest-broker.ts'
import type { RestRequest } from './rest-request.ts'

/** POST /session, versions 1 and 2 (IG Labs, REST API reference, "Login"). */
export function signIn(request: RestRequest, broker: RestBroker): Answer {
  const fields = bodyFields(request.body)
  fields.requireAll(['identifier', 'password'])
  const username = fields.text('identifier') ?? ''
  if (!/^[A-Za-z0-9\-_]{1,30}$/.test(username)) {
    throw new RestRefusal(400, 'validation.pattern.invalid.authenticationRequest.identifier')
  }
  if (username !== identity.username || fields.text('password') !== identity.password) {
    throw new RestRefusal(401, 'error.security.invalid-details')
  }
  const { clientToken, accountToken } = broker.logins.open()
  const session: SessionJson = {
    accountType: 'CFD',
    accountInfo: moneyJson(broker.state.engine.account()),
    currencyIsoCode: identity.currency,
    currencySymbol: identity.currencySymbol,
    currentAccountId: identity.accountId,
    lightstreamerEndpoint: broker.origin(),
    accounts: [
      { accountId: identity.accountId, accountName: identity.accountName, preferred: true, accountType: 'CFD' },
    ],
    clientId: identity.clientId,
    timezoneOffset: TIMEZONE_OFFSET_HOURS,
    hasActiveDemoAccounts: true,
    hasActiveLiveAccounts: false,
    trailingStopsEnabled: false,
    reroutingEnvironment: null,
    dealingEnabled: true,
  }
  return ok(session, { CST: clientToken, 'X-SECURITY-TOKEN': accountToken })
}

/** GET /session, version 1. */
export function readSession(request: RestRequest, broker: RestBroker): Answer {
  const body = {
    clientId: identity.clientId,
    accountId: identity.accountId,
    timezoneOffset: TIMEZONE_OFFSET_HOURS,
    locale: 'en_GB',
    currency: identity.currency,
    lightstreamerEndpoint: broker.origin(),
  }
  const { tokens } = request
  if (!tokens || request.query.get('fetchSessionTokens') !== 'true') return ok(body)
  return ok(body, { CST: tokens.clientToken, 'X-SECURITY-TOKEN': tokens.accountToken })
}

/** PUT /session, version 1. There is one account, so there is nothing to switch to. */
export function switchAccount(request: RestRequest): Answer {
  const fields = bodyFields(request.body)
  fields.requireAll(['accountId'])
  const accountId = fields.text('accountId', /^[A-Za-z0-9-]{1,30}$/)
  const isCurrent = accountId === identity.accountId
  throw new RestRefusal(400, isCurrent ? 'error.switch.accountId-must-be-different' : 'error.switch.invalid-accountId')
}

/** DELETE /session, version 1: both tokens die, the answer is empty. */
export function signOut(request: RestRequest, broker: RestBroker): Answer {
  if (request.tokens) broker.logins.close(request.tokens.clientToken)
  return ok(undefined)
}

export function moneyJson(account: AccountState): MoneyJson {
  return {
    balance: account.cash.toNumber(),
    deposit: account.deposit.toNumber(),
    profitLoss: account.profitLoss.toNumber(),
    available: account.available.toNumber(),
  }
}
