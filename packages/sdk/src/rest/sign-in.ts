import { AllowanceError, InvalidInputError, ProtocolError, RefusedError, SignInError } from '../errors.ts'
import { type AccountId, accountId } from '../ids.ts'
import type { Credentials } from '../ig.ts'
import { adviceFor, readAnswer } from './answer.ts'
import type { HttpResponse } from './http-response.ts'
import { JsonNode } from './json-node.ts'
import type { ReadPool } from './read-pool.ts'

/** What a session consists of. The tokens go into request headers and the stream's password, and nowhere else. */
export interface SignedIn {
  readonly accountId: AccountId
  readonly streamServer: string
  readonly tokens: Tokens
}

export interface Tokens {
  /** Header CST. */
  readonly client: string
  /** Header X-SECURITY-TOKEN; belongs to the account acted on. */
  readonly account: string
}

export interface SignInPorts {
  readonly pool: ReadPool
  readonly basePath: string
  readonly credentials: Credentials
  /** The account to act on; the preferred one when undefined. */
  readonly wanted: AccountId | undefined
}

/**
 * POST /session version 2, then PUT /session where another account is wanted. Never repeats itself: IG locks logins.
 * Source: IG Labs, REST API reference, "Session".
 * @throws {SignInError | TransportError | AllowanceError | ProtocolError}
 */
export async function signIn(ports: SignInPorts, signal?: AbortSignal): Promise<SignedIn> {
  const { credentials, basePath, pool } = ports
  checkHeaderValue('API key', credentials.apiKey)
  const response = await pool.send(
    {
      method: 'POST',
      path: `${basePath}/session`,
      headers: { ...baseHeaders(credentials.apiKey, 2), 'Content-Type': JSON_TYPE },
      body: JSON.stringify({ identifier: credentials.identifier, password: credentials.password }),
    },
    signal,
  )
  const session = new JsonNode(read(response, 'POST'), '')
  const current = session.get('currentAccountId').as(accountId, 'an account id')
  const streamServer = session.get('lightstreamerEndpoint').text()
  const tokens = tokensOf(response)
  const { wanted } = ports
  if (wanted === undefined || wanted === current) return { accountId: current, streamServer, tokens }
  const ids = session
    .get('accounts')
    .list()
    .map(account => account.get('accountId').text())
  if (!ids.includes(wanted)) {
    const text = `expected the account ${wanted} to be one of this login's, but they are ${ids.join(', ')}; choose one of these`
    throw new SignInError('unknown-account', text)
  }
  return { accountId: wanted, streamServer, tokens: await switchAccount(ports, tokens, wanted, signal) }
}

/** PUT /session version 1: answers with new tokens, and the old account token dies. */
async function switchAccount(
  ports: SignInPorts,
  tokens: Tokens,
  wanted: AccountId,
  signal: AbortSignal | undefined,
): Promise<Tokens> {
  const response = await ports.pool.send(
    {
      method: 'PUT',
      path: `${ports.basePath}/session`,
      headers: { ...baseHeaders(ports.credentials.apiKey, 1), ...tokenHeaders(tokens), 'Content-Type': JSON_TYPE },
      body: JSON.stringify({ accountId: wanted }),
    },
    signal,
  )
  read(response, 'PUT')
  return tokensOf(response)
}

export const JSON_TYPE = 'application/json; charset=UTF-8'

/** Source: IG Labs, REST trading API guide, "Request headers". */
export function baseHeaders(apiKey: string, version: number): Readonly<Record<string, string>> {
  return { 'X-IG-API-KEY': apiKey, Version: String(version), Accept: JSON_TYPE, 'User-Agent': 'scalpdesk' }
}

export function tokenHeaders(tokens: Tokens): Readonly<Record<string, string>> {
  return { CST: tokens.client, 'X-SECURITY-TOKEN': tokens.account }
}

function read(response: HttpResponse, method: 'POST' | 'PUT'): unknown {
  try {
    return readAnswer(response, { method, path: '/session' })
  } catch (error) {
    if (error instanceof AllowanceError || !(error instanceof RefusedError)) throw error
    const text = `expected IG to sign us in, but it answered ${error.code}; ${adviceFor(error.code)}`
    throw new SignInError(error.code, text)
  }
}

function tokensOf(response: HttpResponse): Tokens {
  const client = response.headers.get('cst')
  const account = response.headers.get('x-security-token')
  if (client === undefined || account === undefined || !isHeaderValue(client) || !isHeaderValue(account)) {
    const text =
      'expected the headers CST and X-SECURITY-TOKEN with the session, but at least one is missing; try again'
    throw new ProtocolError('no-tokens', text)
  }
  return { client, account }
}

function checkHeaderValue(name: string, value: string): void {
  if (isHeaderValue(value)) return
  // Not shown: it is a secret, also when mistyped.
  throw new InvalidInputError(`expected an ${name} of visible characters, but got others or none; copy it again`)
}

/** What may stand in a header line that we write ourselves. */
function isHeaderValue(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value)
}
