import { type RequestContext, TransportError } from '../errors.ts'
import { plainCause } from './plain-cause.ts'
import type { HttpRequest } from './transport.ts'

/** What is asked: an order's outcome is looked up, a read is repeated. */
export type Asked = 'order' | 'other'

/** It left, or may have, and no readable answer came. */
export function noAnswer(base: URL, request: HttpRequest, asked: Asked, thrown: Error): TransportError {
  const cause = plainCause(thrown)
  const { method, path } = contextOf(request)
  const advice =
    asked === 'order' ? 'do not send it again: ask confirms and positions' : 'check the address and the network'
  const text = `expected an answer to ${method} ${path} from ${base.host}, but ${reasonOf(cause)}; ${advice}`
  return new TransportError('no-answer', text, { request: contextOf(request), cause })
}

/** No byte of it left. */
export function notConnected(base: URL, request: HttpRequest, thrown: Error): TransportError {
  const cause = plainCause(thrown)
  const text = `expected a connection to ${base.host}, but ${reasonOf(cause)}; nothing was sent, check the network`
  return new TransportError('not-connected', text, { request: contextOf(request), cause })
}

export function closedBefore(request: HttpRequest): TransportError {
  const text = 'expected an open connection, but it was closed; connect again'
  return new TransportError('closed', text, { request: contextOf(request) })
}

/** It had no connection yet, and whatever waits for one was told to stop. */
export function waitEnded(request: HttpRequest): TransportError {
  const { method, path } = contextOf(request)
  const text = `expected to send ${method} ${path}, but the wait for a connection was ended; nothing was sent`
  return new TransportError('aborted', text, { request: contextOf(request) })
}

export function abortedBefore(request: HttpRequest): TransportError {
  const { method, path } = contextOf(request)
  const text = `expected to send ${method} ${path}, but the caller called it off; nothing was sent`
  return new TransportError('aborted', text, { request: contextOf(request) })
}

/** The caller stopped waiting, and the request may have arrived. */
export function abortedAfter(request: HttpRequest, asked: Asked): TransportError {
  const { method, path } = contextOf(request)
  const advice = asked === 'order' ? 'do not send it again: ask confirms and positions' : 'ask again if need be'
  const text = `expected an answer to ${method} ${path}, but the caller stopped waiting; ${advice}`
  return new TransportError('aborted', text, { request: contextOf(request) })
}

/** Why, for a person; some errors of the system carry it only in their parts or in their code. */
function reasonOf(error: Error): string {
  if (error.message !== '') return error.message
  if (error instanceof AggregateError) return error.errors.map(String).join('; ')
  return 'code' in error ? String(error.code) : error.name
}

/** Without the query: a search text belongs in no error. */
function contextOf(request: HttpRequest): RequestContext {
  return { method: request.method, path: request.path.split('?')[0] ?? request.path }
}
