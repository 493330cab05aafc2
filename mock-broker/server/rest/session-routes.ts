import type {
  EncryptionKeyJson,
  MoneyJson,
  OauthSessionJson,
  OauthTokenJson,
  SessionDetailsJson,
  SessionJson,
  SwitchedAccountJson,
} from '@scalpdesk/wire'
import { type AccountState, currencySymbol } from '../../engine/index.ts'
import { ACCESS_SECONDS } from '../login/bearer-sessions.ts'
import type { BearerTokens, Login, Tokens } from '../login/login.ts'
import type { MockUser } from '../users.ts'
import { TIMEZONE_OFFSET_HOURS } from '../wire-date.ts'
import { type Answer, ok, RestRefusal } from './answer.ts'
import { bodyFields } from './body-fields.ts'
import type { RestBroker } from './rest-broker.ts'
import type { RestRequest, SignedInRequest } from './rest-request.ts'

/** POST /session, versions 1 to 3 (IG Labs, REST API reference, "Login"). */
export function signIn(request: RestRequest, broker: RestBroker): Answer {
  const user = authenticate(request, broker)
  if (request.version === 3) {
    const session: OauthSessionJson = {
      clientId: user.clientId,
      accountId: broker.logins.preferred(user),
      timezoneOffset: TIMEZONE_OFFSET_HOURS,
      lightstreamerEndpoint: broker.origin(),
      oauthToken: oauthJson(broker.logins.bearers.open(user)),
    }
    return ok(session)
  }
  const login: Login = { user, accountId: broker.logins.preferred(user) }
  return ok(sessionJson(login, broker), headersOf(broker.logins.pairs.open(login)))
}

function authenticate({ body }: RestRequest, { logins, passwordKey }: RestBroker): MockUser {
  const fields = bodyFields(body)
  fields.requireAll(['identifier', 'password'])
  const username = fields.text('identifier') ?? ''
  if (!/^[A-Za-z0-9\-_]{1,30}$/.test(username)) {
    throw new RestRefusal(400, 'validation.pattern.invalid.authenticationRequest.identifier')
  }
  const sent = fields.text('password') ?? ''
  const password = fields.flag('encryptedPassword') ? passwordKey.decrypt(sent) : sent
  const user = logins.authenticate(username, password ?? '')
  if (user === 'locked') throw new RestRefusal(401, 'error.security.too-many-failed-attempts')
  if (user === 'wrong') throw new RestRefusal(401, 'error.security.invalid-details')
  return user
}

/** POST /session/refresh-token, version 1. Which code answers a token that is too old is unconfirmed. */
export function refreshSession({ body }: RestRequest, { logins }: RestBroker): Answer {
  const fields = bodyFields(body)
  fields.requireAll(['refresh_token'])
  const tokens = logins.bearers.refresh(fields.text('refresh_token') ?? '')
  if (!tokens) throw new RestRefusal(401, 'error.security.oauth-token-invalid')
  return ok(oauthJson(tokens))
}

/** GET /session/encryptionKey, version 1. */
export function readEncryptionKey(_request: RestRequest, { passwordKey }: RestBroker): Answer {
  const answer: EncryptionKeyJson = passwordKey.publish()
  return ok(answer)
}

/** GET /session, version 1. A bearer gets a pair of tokens here, for the stream knows no bearers. */
export function readSession({ login, proof, query }: SignedInRequest, broker: RestBroker): Answer {
  const details: SessionDetailsJson = {
    clientId: login.user.clientId,
    accountId: login.accountId,
    timezoneOffset: TIMEZONE_OFFSET_HOURS,
    locale: 'en_GB',
    currency: broker.state.engine.terms(login.accountId).currency,
    lightstreamerEndpoint: broker.origin(),
  }
  if (query.get('fetchSessionTokens') !== 'true') return ok(details)
  return ok(details, headersOf(proof.kind === 'pair' ? proof : broker.logins.fetchPair(login)))
}

/** PUT /session, version 1: both tokens are replaced. A bearer names its account in each call instead. */
export function switchAccount({ body, login, proof }: SignedInRequest, { logins, state }: RestBroker): Answer {
  const fields = bodyFields(body)
  fields.requireAll(['accountId'])
  const accountId = fields.text('accountId', /^[A-Za-z0-9-]{1,30}$/) ?? ''
  const isPreferred = fields.flag('defaultAccount') ?? false
  if (accountId === login.accountId) throw new RestRefusal(400, 'error.switch.accountId-must-be-different')
  if (proof.kind === 'bearer' || !login.user.accounts.some(({ id }) => id === accountId)) {
    throw new RestRefusal(400, 'error.switch.invalid-accountId')
  }
  if (isPreferred) logins.prefer(login.user, accountId)
  const answer: SwitchedAccountJson = {
    trailingStopsEnabled: state.engine.allowsTrailing(accountId),
    dealingEnabled: state.engine.terms(accountId).dealing === 'enabled',
    hasActiveDemoAccounts: true,
    hasActiveLiveAccounts: false,
  }
  return ok(answer, headersOf(logins.switchAccount(proof, { user: login.user, accountId })))
}

/** DELETE /session, version 1: all tokens of the session die, the answer is empty. */
export function signOut({ proof }: SignedInRequest, { logins }: RestBroker): Answer {
  logins.close(proof)
  return ok(undefined)
}

function sessionJson({ user, accountId }: Login, broker: RestBroker): SessionJson {
  const { engine } = broker.state
  const terms = engine.terms(accountId)
  const preferred = broker.logins.preferred(user)
  return {
    accountType: terms.type,
    accountInfo: moneyJson(engine.account(accountId)),
    currencyIsoCode: terms.currency,
    currencySymbol: currencySymbol(terms.currency),
    currentAccountId: accountId,
    lightstreamerEndpoint: broker.origin(),
    accounts: user.accounts.map(({ id, name, type }) => ({
      accountId: id,
      accountName: name,
      preferred: id === preferred,
      accountType: type,
    })),
    clientId: user.clientId,
    timezoneOffset: TIMEZONE_OFFSET_HOURS,
    hasActiveDemoAccounts: true,
    hasActiveLiveAccounts: false,
    trailingStopsEnabled: engine.allowsTrailing(accountId),
    reroutingEnvironment: null,
    dealingEnabled: terms.dealing === 'enabled',
  }
}

export function moneyJson(account: AccountState): MoneyJson {
  return {
    balance: account.cash.toNumber(),
    deposit: account.deposit.toNumber(),
    profitLoss: account.profitLoss.toNumber(),
    available: account.available.toNumber(),
  }
}

function oauthJson({ access, refresh }: BearerTokens): OauthTokenJson {
  return {
    access_token: access,
    refresh_token: refresh,
    scope: 'profile',
    token_type: 'Bearer',
    expires_in: String(ACCESS_SECONDS),
  }
}

function headersOf({ clientToken, accountToken }: Tokens): Readonly<Record<string, string>> {
  return { CST: clientToken, 'X-SECURITY-TOKEN': accountToken }
}
