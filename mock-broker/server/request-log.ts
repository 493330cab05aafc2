import type { Clock } from './clock.ts'
import type { DealingOperation } from './faults.ts'

export interface RecordedRequest {
  /** After `_method` was applied. */
  readonly method: string
  /** Below the base URL, with the query. */
  readonly path: string
  readonly version: number
  /** As sent, the password and tokens replaced. Undefined when there was none, or none that could be read. */
  readonly body: unknown
  /** UTC, milliseconds since 1970. */
  readonly atMs: number
}

/** What was asked, so that a test can count orders. Holds the last 10,000 requests. */
export interface RequestLog {
  record(request: Omit<RecordedRequest, 'atMs'>): void
  all(): readonly RecordedRequest[]
  /** The requests that may deal: opens and closes, refused ones too. */
  orders(): readonly RecordedRequest[]
  /** Every change of positions and working orders that was asked for, in order, refused ones too. */
  dealing(): readonly RecordedRequest[]
}

export function requestLog(clock: Clock): RequestLog {
  let requests: RecordedRequest[] = []
  return {
    record(request) {
      requests.push({ ...request, body: withoutSecrets(request.body), atMs: clock.nowMs() })
      if (requests.length > 2 * KEPT) requests = requests.slice(-KEPT)
    },
    all: () => requests.slice(-KEPT),
    orders: () => requests.slice(-KEPT).filter(isOrder),
    dealing: () => requests.slice(-KEPT).filter(isDealing),
  }
}

/** What a request asks to be dealt; null for one that deals nothing. */
export function operationOf(method: string, path: string): DealingOperation | null {
  const [, kind] = DEALING_PATH.exec(path) ?? []
  if (kind === undefined) return null
  const isPosition = kind === 'positions'
  switch (method) {
    case 'POST':
      return isPosition ? 'open' : 'place-order'
    case 'PUT':
      return isPosition ? 'amend' : 'amend-order'
    case 'DELETE':
      return isPosition ? 'close' : 'cancel-order'
    default:
      return null
  }
}

function isOrder({ method, path }: RecordedRequest): boolean {
  return (method === 'POST' || method === 'DELETE') && /^\/positions\/otc\/?(\?|$)/.test(path)
}

function isDealing({ method, path }: RecordedRequest): boolean {
  return method !== 'GET' && DEALING_PATH.test(path)
}

function withoutSecrets(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  const hidden = SECRETS.filter(key => Object.hasOwn(body, key))
  return hidden.length === 0 ? body : { ...body, ...Object.fromEntries(hidden.map(key => [key, '(redacted)'])) }
}

const DEALING_PATH = /^\/(positions|working-?orders)\/otc(?:\/|\?|$)/
const SECRETS = ['password', 'refresh_token'] as const
const KEPT = 10_000
