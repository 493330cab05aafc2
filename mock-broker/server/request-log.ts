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

type RecordedHead = Pick<RecordedRequest, 'method' | 'path' | 'version'>

/** As it is kept: of the head no more than this, whatever else hangs on it. */
interface Entry extends RecordedHead {
  readonly text: string
  readonly atMs: number
}

/** What was asked, so that a test can count orders. Holds the last 10,000 requests, and works them out when it is read. */
export interface RequestLog {
  /** @param text of the body; empty when there was none. */
  record(head: RecordedHead, text: string): void
  all(): readonly RecordedRequest[]
  /** The requests that may deal: opens and closes, refused ones too. */
  orders(): readonly RecordedRequest[]
  /** Every change of positions and working orders that was asked for, in order, refused ones too. */
  dealing(): readonly RecordedRequest[]
}

export function requestLog(clock: Clock): RequestLog {
  let entries: Entry[] = []
  const read = (isWanted: (head: RecordedHead) => boolean): readonly RecordedRequest[] =>
    entries.slice(-KEPT).filter(isWanted).map(workedOut)
  return {
    record(head, text) {
      const { method, path, version } = head
      entries.push({ method, path, version, text: isDealing(head) ? text : redacted(text), atMs: clock.nowMs() })
      if (entries.length > 2 * KEPT) entries = entries.slice(-KEPT)
    },
    all: () => read(() => true),
    orders: () => read(isOrder),
    dealing: () => read(isDealing),
  }
}

function workedOut({ method, path, version, text, atMs }: Entry): RecordedRequest {
  return { method, path, version, body: withoutSecrets(bodyOf(text)), atMs }
}

/** Orders are kept as they came; what is no order may hold a secret, and is not kept with it. */
function redacted(text: string): string {
  const body = text === '' ? undefined : withoutSecrets(bodyOf(text))
  return body === undefined ? '' : JSON.stringify(body)
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
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

function isOrder({ method, path }: RecordedHead): boolean {
  return (method === 'POST' || method === 'DELETE') && /^\/positions\/otc\/?(\?|$)/.test(path)
}

function isDealing({ method, path }: RecordedHead): boolean {
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
