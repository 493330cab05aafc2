import {
  DecodeError,
  InvalidInputError,
  ProtocolError,
  RefusedError,
  type RequestContext,
  SignInError,
  TransportError,
} from '../errors.ts'
import { type AccountId, accountId } from '../ids.ts'
import { JsonNode } from '../json/json-node.ts'
import { errorCodeOf, readAnswer } from '../rest/answer.ts'
import { type Call, callTo } from '../rest/call.ts'
import { baseHeaders, isHeaderValue, JSON_TYPE } from '../rest/headers.ts'
import { ROUTES } from '../rest/routes.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import { type Auth, authHeaders } from './auth.ts'
import { decodeEncryptionKey, encryptPassword } from './encrypted-password.ts'

/** Stay in this process: no error, event, status or printed value of this package shows them. */
export interface Credentials {
  readonly apiKey: string
  /** The login name; IG's API takes no e-mail address here. */
  readonly identifier: string
  readonly password: string
}

/** What a sign-in gives. */
export interface SignedIn {
  readonly auth: Auth
  readonly accountId: AccountId
  readonly streamServer: string
  /** Of the account's zone from UTC, now. */
  readonly utcOffsetHours: number
}

export interface SignInPlan {
  readonly credentials: Credentials
  readonly version: 2 | 3
  readonly encryptPassword: 'when-required' | 'always'
  /** The account to act on; the preferred one when null. */
  readonly wanted: AccountId | null
}

export interface SignInPorts {
  /** Sends once. @throws {TransportError} */
  send(call: Call, headers: Readonly<Record<string, string>>, signal: AbortSignal | undefined): Promise<HttpResponse>
  monotonicMs(): number
}

/** What IG answers, by its reference, where it takes only encrypted passwords. Source: IG Labs, REST API reference, "Session". */
const ENCRYPTION_REQUIRED = 'error.public-api.failure.encryption.required'

/**
 * POST /session, then PUT /session where another account is wanted (version 2; version 3 names the account in each request). Never
 * repeats a refused password: IG locks logins. Source: IG Labs, REST API reference, "Session".
 * @throws {SignInError | TransportError | AllowanceError | ProtocolError | InvalidInputError}
 */
export async function signIn(ports: SignInPorts, plan: SignInPlan, signal?: AbortSignal): Promise<SignedIn> {
  checkHeaderValue('API key', plan.credentials.apiKey)
  const route = plan.version === 2 ? ROUTES.signIn : ROUTES.signInOauth
  const post = async (isEncrypted: boolean): Promise<HttpResponse> => {
    const body = await signInBody(ports, plan, isEncrypted, signal)
    return ports.send(callTo(route, { body }), headersOf(plan, route.version, null), signal)
  }
  let response = await post(plan.encryptPassword === 'always')
  // This refusal is not about the password: no attempt at it is lost.
  if (plan.encryptPassword === 'when-required' && errorCodeOf(response) === ENCRYPTION_REQUIRED) {
    response = await post(true)
  }
  return plan.version === 2 ? tokenSession(ports, plan, response, signal) : bearerSession(ports, plan, response)
}

/** POST /session/refresh-token. The refresh token is replaced each time. @throws {SignInError | TransportError | AllowanceError} */
export async function refreshBearer(
  ports: SignInPorts,
  plan: SignInPlan,
  auth: Extract<Auth, { kind: 'bearer' }>,
): Promise<Auth> {
  const call = callTo(ROUTES.refreshToken, { body: JSON.stringify({ refresh_token: auth.refresh }) })
  const response = await ports.send(call, headersOf(plan, 1, auth), undefined)
  return bearer(ports, new JsonNode(read(response, call), ''), auth.accountId)
}

/**
 * PUT /session version 1: answers with new tokens, and the old account token dies.
 * @throws {RefusedError | SignInError | TransportError | AllowanceError | ProtocolError} after a {@link TransportError} it may have been done.
 */
export async function switchTokens(
  ports: SignInPorts,
  plan: SignInPlan,
  auth: Extract<Auth, { kind: 'tokens' }>,
  target: { readonly accountId: AccountId; readonly makeDefault: boolean },
  signal: AbortSignal | undefined,
): Promise<Auth> {
  const body = { accountId: target.accountId, ...(target.makeDefault ? { defaultAccount: true } : {}) }
  const call = callTo(ROUTES.switchAccount, { body: JSON.stringify(body) })
  const response = await ports.send(call, headersOf(plan, 1, auth), signal)
  readAnswer(response, requestOf(call))
  return tokensOf(response)
}

/** DELETE /session version 1. Failing is harmless: the tokens then run out. */
export async function signOut(ports: SignInPorts, plan: SignInPlan, auth: Auth): Promise<void> {
  const call = callTo(ROUTES.signOut)
  try {
    await ports.send(call, headersOf(plan, call.route.version, auth), undefined)
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
  }
}

/** Headers of a request; without `auth` those of one that needs none. */
function headersOf(plan: SignInPlan, version: number, auth: Auth | null): Readonly<Record<string, string>> {
  return {
    ...baseHeaders(plan.credentials.apiKey, version),
    ...(auth === null ? {} : authHeaders(auth)),
    'Content-Type': JSON_TYPE,
  }
}

async function signInBody(
  ports: SignInPorts,
  plan: SignInPlan,
  isEncrypted: boolean,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { identifier, password } = plan.credentials
  if (!isEncrypted) return JSON.stringify({ identifier, password })
  const call = callTo(ROUTES.encryptionKey)
  const response = await ports.send(call, headersOf(plan, call.route.version, null), signal)
  const key = decodeEncryptionKey(read(response, call))
  return JSON.stringify({ identifier, password: encryptPassword(password, key), encryptedPassword: true })
}

async function tokenSession(
  ports: SignInPorts,
  plan: SignInPlan,
  response: HttpResponse,
  signal: AbortSignal | undefined,
): Promise<SignedIn> {
  const session = new JsonNode(read(response, callTo(ROUTES.signIn)), '')
  const current = session.get('currentAccountId').as(accountId, 'an account id')
  const auth = tokensOf(response)
  const common = { streamServer: session.get('lightstreamerEndpoint').text(), utcOffsetHours: offsetOf(session) }
  const { wanted } = plan
  if (wanted === null || wanted === current) return { ...common, auth, accountId: current }
  const ids = session
    .get('accounts')
    .list()
    .map(account => account.get('accountId').text())
  if (!ids.includes(wanted)) {
    const text = `expected the account ${wanted} to be one of this login's, but they are ${ids.join(', ')}; choose one of these`
    throw new SignInError('unknown-account', text)
  }
  const target = { accountId: wanted, makeDefault: false }
  const switched = await switchTokens(ports, plan, auth, target, signal).catch(asSignInError)
  return { ...common, auth: switched, accountId: wanted }
}

function bearerSession(ports: SignInPorts, plan: SignInPlan, response: HttpResponse): SignedIn {
  const session = new JsonNode(read(response, callTo(ROUTES.signInOauth)), '')
  const id = plan.wanted ?? session.get('accountId').as(accountId, 'an account id')
  return {
    auth: bearer(ports, session.get('oauthToken'), id),
    accountId: id,
    streamServer: session.get('lightstreamerEndpoint').text(),
    utcOffsetHours: offsetOf(session),
  }
}

function bearer(ports: SignInPorts, token: JsonNode, id: AccountId): Extract<Auth, { kind: 'bearer' }> {
  try {
    return bearerOf(ports, token, id)
  } catch (error) {
    // A decoding error shows what came instead, and that may be a token.
    if (!(error instanceof DecodeError)) throw error
    throw new ProtocolError('no-tokens', `expected tokens at ${error.path}, but got something else; try again`)
  }
}

function bearerOf(ports: SignInPorts, token: JsonNode, id: AccountId): Extract<Auth, { kind: 'bearer' }> {
  // IG gives the seconds as text.
  const lifeMs = token.get('expires_in').decimal().toNumber() * 1000
  return {
    kind: 'bearer',
    access: secretOf(token.get('access_token')),
    refresh: secretOf(token.get('refresh_token')),
    accountId: id,
    // From now and not from when it was asked for: margins are taken where it is used.
    expiresAtMs: ports.monotonicMs() + lifeMs,
    lifeMs,
  }
}

export function tokensOf(response: HttpResponse): Extract<Auth, { kind: 'tokens' }> {
  const client = response.headers.get('cst')
  const account = response.headers.get('x-security-token')
  if (client === undefined || account === undefined || !isHeaderValue(client) || !isHeaderValue(account)) {
    const text =
      'expected the headers CST and X-SECURITY-TOKEN with the session, but at least one is missing; try again'
    throw new ProtocolError('no-tokens', text)
  }
  return { kind: 'tokens', client, account }
}

function read(response: HttpResponse, call: Call): unknown {
  try {
    return readAnswer(response, requestOf(call))
  } catch (error) {
    return asSignInError(error)
  }
}

/** Whatever IG refuses while we sign in, it refuses to the user. */
function asSignInError(error: unknown): never {
  if (!(error instanceof RefusedError)) throw error
  const text = `expected IG to sign us in, but it answered ${error.code}; ${error.advice}`
  throw new SignInError(error.code, text, { request: error.request, cause: error })
}

function requestOf(call: Call): RequestContext {
  return { method: call.route.method, path: call.path }
}

/** Hours; 0 where IG gives none: only the days of the history depend on it. */
function offsetOf(session: JsonNode): number {
  return session.get('timezoneOffset').orNull(node => node.decimal().toNumber()) ?? 0
}

/** A token. What came instead is not shown: it may be one as well. */
function secretOf(node: JsonNode): string {
  if (typeof node.value === 'string' && isHeaderValue(node.value)) return node.value
  throw new ProtocolError('no-tokens', `expected a token at ${node.path}, but there is none; try again`)
}

function checkHeaderValue(name: string, value: string): void {
  if (isHeaderValue(value)) return
  // Not shown: it is a secret, also when mistyped.
  throw new InvalidInputError(`expected an ${name} of visible characters, but got others or none; copy it again`)
}
