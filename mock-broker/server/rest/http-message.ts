import type { HttpExchange } from '../http/http-exchange.ts'
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

export function httpRequest(exchange: HttpExchange): HttpRequest {
  const { url } = exchange
  return {
    method: methodOf(exchange),
    path: url.startsWith(BASE) ? url.slice(BASE.length) : url,
    isOurs: isBelowBase(url),
    version: versionOf(exchange),
    apiKey: exchange.header('x-ig-api-key'),
    credentials: {
      clientToken: exchange.header('cst'),
      accountToken: exchange.header('x-security-token'),
      bearer: bearerOf(exchange.header('authorization')),
      accountId: exchange.header('ig-account-id'),
    },
    body: parseJson(exchange),
  }
}

export function isBelowBase(url: string): boolean {
  return url.startsWith(BASE) && url[BASE.length] === '/'
}

/** @throws RestRefusal 404 for a path that cannot be decoded. */
export function splitPath(path: string): { readonly segments: readonly string[]; readonly query: URLSearchParams } {
  const mark = path.indexOf('?')
  const pathname = mark < 0 ? path : path.slice(0, mark)
  try {
    const parts = pathname.slice(1).split('/')
    const segments = pathname.includes('%') ? parts.map(decodeURIComponent) : parts
    return { segments, query: mark < 0 ? NO_QUERY : new URLSearchParams(path.slice(mark + 1)) }
  } catch {
    throw new RestRefusal(404, 'invalid.url')
  }
}

/** IG's gateway takes the method of a POST from the header `_method` (IG Labs, REST trading API guide). */
function methodOf({ method, header }: HttpExchange): string {
  const instead = method === 'POST' ? header('_method') : undefined
  return instead ? instead.toUpperCase() : method
}

/** A missing version means 1; one that is no whole number matches no route. */
function versionOf({ header }: HttpExchange): number {
  const text = header('version') ?? '1'
  return /^\d{1,3}$/.test(text) ? Number(text) : 0
}

function bearerOf(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : /^Bearer\s+(\S+)$/i.exec(authorization)?.[1]
}

/** The body of a real DELETE is dropped, as IG's gateway does. */
function parseJson({ method, body }: HttpExchange): ParsedBody {
  if (body.kind === 'too long') return { kind: 'unreadable' }
  if (method === 'DELETE' || body.text.trim() === '') return { kind: 'json', value: undefined }
  try {
    return { kind: 'json', value: JSON.parse(body.text) }
  } catch {
    return { kind: 'unreadable' }
  }
}

const BASE = '/gateway/deal'
/** Shared by all requests without a query. Handlers only read it. */
const NO_QUERY = new URLSearchParams()
