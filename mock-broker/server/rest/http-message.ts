import type { IncomingMessage } from 'node:http'
import type { Credentials } from '../login/login.ts'
import { RestRefusal } from './answer.ts'

/** What stands in an HTTP request, before anybody judges it. */
export interface HttpRequest {
  readonly method: string
  /** Below the base URL, with the query. */
  readonly path: string
  /** Whether it is below the base URL at all. */
  readonly isOurs: boolean
  readonly version: number
  readonly apiKey: string | undefined
  readonly credentials: Credentials
  readonly body: ParsedBody
}

export type ParsedBody = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'unreadable' }

export function httpRequest(message: IncomingMessage, body: RawBody): HttpRequest {
  const url = message.url ?? '/'
  return {
    method: methodOf(message),
    path: url.startsWith(BASE) ? url.slice(BASE.length) : url,
    isOurs: url.startsWith(`${BASE}/`),
    version: versionOf(message),
    apiKey: header(message, 'x-ig-api-key'),
    credentials: {
      clientToken: header(message, 'cst'),
      accountToken: header(message, 'x-security-token'),
      bearer: /^Bearer\s+(\S+)$/i.exec(header(message, 'authorization') ?? '')?.[1],
      accountId: header(message, 'ig-account-id'),
    },
    body: parseJson(body, message),
  }
}

/** @throws RestRefusal 404 for a path that cannot be decoded. */
export function splitPath(path: string): { readonly segments: readonly string[]; readonly query: URLSearchParams } {
  const mark = path.indexOf('?')
  const pathname = mark < 0 ? path : path.slice(0, mark)
  try {
    const parts = pathname.slice(1).split('/')
    const segments = pathname.includes('%') ? parts.map(decodeURIComponent) : parts
    return { segments, query: new URLSearchParams(mark < 0 ? '' : path.slice(mark + 1)) }
  } catch {
    throw new RestRefusal(404, 'invalid.url')
  }
}

export type RawBody = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'too long' }

export function readBody(message: IncomingMessage, done: (body: RawBody) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  message.on('data', (chunk: Buffer) => {
    length += chunk.length
    // What is too long is read to its end and thrown away: a client that is still sending would not see an answer.
    if (length <= LONGEST_BODY_BYTES) chunks.push(chunk)
  })
  message.on('end', () =>
    done(length > LONGEST_BODY_BYTES ? { kind: 'too long' } : { kind: 'text', text: textOf(chunks) }),
  )
}

function textOf(chunks: readonly Buffer[]): string {
  const [first, second] = chunks
  // Most bodies come in one piece.
  return first && !second ? first.toString() : Buffer.concat(chunks).toString()
}

/** IG's gateway takes the method of a POST from the header `_method` (IG Labs, REST trading API guide). */
function methodOf(message: IncomingMessage): string {
  const method = message.method ?? 'GET'
  const instead = header(message, '_method')
  return method === 'POST' && instead ? instead.toUpperCase() : method
}

/** A missing version means 1; one that is no whole number matches no route. */
function versionOf(message: IncomingMessage): number {
  const text = header(message, 'version') ?? '1'
  return /^\d{1,3}$/.test(text) ? Number(text) : 0
}

/** The body of a real DELETE is dropped, as IG's gateway does. */
function parseJson(body: RawBody, message: IncomingMessage): ParsedBody {
  if (body.kind === 'too long') return { kind: 'unreadable' }
  if (message.method === 'DELETE' || body.text.trim() === '') return { kind: 'json', value: undefined }
  try {
    return { kind: 'json', value: JSON.parse(body.text) }
  } catch {
    return { kind: 'unreadable' }
  }
}

function header(message: IncomingMessage, name: string): string | undefined {
  const value = message.headers[name]
  return typeof value === 'string' ? value : value?.[0]
}

const BASE = '/gateway/deal'
const LONGEST_BODY_BYTES = 64 * 1024
