import type { DealingOperation } from '../faults.ts'
import type { HttpHead } from '../http/http-exchange.ts'
import type { Credentials } from '../login/login.ts'
import { operationOf } from '../request-log.ts'
import type { Route } from './route.ts'
import { findRoute } from './routes.ts'

/** What the head of a request says and asks for, before anybody judges it. */
export interface RequestHead {
  /** After `_method` was applied. */
  readonly method: string
  /** Below the base URL, with the query. */
  readonly path: string
  readonly version: number
  readonly apiKey: string | undefined
  readonly credentials: Credentials
  /** The body of a real DELETE is dropped, as IG's gateway does. */
  readonly takesBody: boolean
  /** Null for a request that deals nothing. */
  readonly operation: DealingOperation | null
  /** Null when there is no such operation of the API. */
  readonly target: RequestTarget | null
}

interface RequestTarget {
  readonly route: Route
  readonly parameters: readonly string[]
  /** Handlers only read it. */
  readonly query: URLSearchParams
}

/** @returns the same for the same head: a client sends one again and again, and it is worked out once. */
export function requestHead(head: HttpHead): RequestHead {
  const known = remembered.get(head)
  if (known) return known
  const read = readHead(head)
  remembered.set(head, read)
  return read
}

const remembered = new WeakMap<HttpHead, RequestHead>()

function readHead(head: HttpHead): RequestHead {
  const { url, fields } = head
  const method = methodOf(head)
  const path = url.startsWith(BASE) ? url.slice(BASE.length) : url
  const version = versionOf(fields.get('version'))
  return {
    method,
    path,
    version,
    apiKey: fields.get('x-ig-api-key'),
    credentials: {
      clientToken: fields.get('cst'),
      accountToken: fields.get('x-security-token'),
      bearer: bearerOf(fields.get('authorization')),
      accountId: fields.get('ig-account-id'),
    },
    takesBody: head.method !== 'DELETE',
    operation: operationOf(method, path),
    target: isBelowBase(url) ? targetOf(method, path, version) : null,
  }
}

export function isBelowBase(url: string): boolean {
  return url.startsWith(BASE) && url[BASE.length] === '/'
}

/** Null as well for a path that cannot be decoded. */
function targetOf(method: string, path: string, version: number): RequestTarget | null {
  const mark = path.indexOf('?')
  const parts = (mark < 0 ? path : path.slice(0, mark)).slice(1).split('/')
  const segments = decoded(parts)
  const found = segments && findRoute(method, segments, version)
  return found && { ...found, query: new URLSearchParams(mark < 0 ? '' : path.slice(mark + 1)) }
}

function decoded(parts: readonly string[]): readonly string[] | null {
  try {
    return parts.map(decodeURIComponent)
  } catch {
    return null
  }
}

/** IG's gateway takes the method of a POST from the header `_method` (IG Labs, REST trading API guide). */
function methodOf({ method, fields }: HttpHead): string {
  const instead = method === 'POST' ? fields.get('_method') : undefined
  return instead ? instead.toUpperCase() : method
}

/** A missing version means 1; one that is no whole number matches no route. */
function versionOf(text = '1'): number {
  return /^\d{1,3}$/.test(text) ? Number(text) : 0
}

function bearerOf(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : /^Bearer\s+(\S+)$/i.exec(authorization)?.[1]
}

const BASE = '/gateway/deal'
