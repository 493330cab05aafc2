import type { MockBroker } from '../server/index.ts'

export interface RestAnswer {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON, or the text when it is none. */
  readonly body: unknown
}

export type HeaderFields = Readonly<Record<string, string>>

/** A client for tests: sends exactly what it is told to. */
export interface RestClient {
  readonly tokens: HeaderFields
  get(path: string, version: number): Promise<RestAnswer>
  send(method: string, path: string, version: number, body: unknown, headers?: HeaderFields): Promise<RestAnswer>
}

export const OPEN = {
  currencyCode: 'USD',
  direction: 'BUY',
  epic: 'CS.D.EURUSD.CFD.IP',
  expiry: '-',
  forceOpen: true,
  guaranteedStop: false,
  orderType: 'MARKET',
  size: 1,
} as const

export async function call(
  broker: MockBroker,
  method: string,
  path: string,
  headers: HeaderFields,
  body?: string,
): Promise<RestAnswer> {
  const response = await fetch(broker.url + path, { method, headers, body: body ?? null })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: readJson(text) }
}

export const ORDER = {
  currencyCode: 'USD',
  direction: 'BUY',
  epic: 'CS.D.EURUSD.CFD.IP',
  expiry: '-',
  guaranteedStop: false,
  level: 1.083,
  size: 1,
  timeInForce: 'GOOD_TILL_CANCELLED',
  type: 'LIMIT',
} as const

/** @param username the first user's when left out. */
export async function signIn(broker: MockBroker, username = broker.username): Promise<RestClient> {
  const key = { 'X-IG-API-KEY': broker.apiKey }
  const credentials = JSON.stringify({ identifier: username, password: broker.password })
  const { headers } = await call(broker, 'POST', '/session', { ...key, Version: '2' }, credentials)
  return clientWith(broker, {
    ...key,
    CST: headers.get('CST') ?? '',
    'X-SECURITY-TOKEN': headers.get('X-SECURITY-TOKEN') ?? '',
  })
}

/** A client that proves itself with these headers. */
export function clientWith(broker: MockBroker, tokens: HeaderFields): RestClient {
  return {
    tokens,
    get: (path, version) => call(broker, 'GET', path, { ...tokens, Version: String(version) }),
    send: (method, path, version, body, more = {}) =>
      call(broker, method, path, { ...tokens, Version: String(version), ...more }, JSON.stringify(body)),
  }
}

/** Looks one value up in an answer: `at(body, 'positions', 0, 'position', 'dealId')`. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
