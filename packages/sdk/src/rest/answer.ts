import { type Reaction, reactionTo } from '../error-codes.ts'
import {
  AllowanceError,
  type IgError,
  ProtocolError,
  RefusedError,
  type RequestContext,
  SignInError,
  TransportError,
} from '../errors.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import { unreachable } from '../unreachable.ts'
import type { Call } from './call.ts'

/** IG's `errorCode`, word for word; `null` when the body has none (empty, HTML, plain text, `null`). */
export function errorCodeOf(response: HttpResponse): string | null {
  if (response.status === 200) return null
  const json = parseJson(response.body)
  if (typeof json !== 'object' || json === null || !('errorCode' in json)) return null
  const code = json.errorCode
  // The code goes into messages that people read: one line of a sane length.
  return typeof code === 'string' && /^[\x20-\x7e]{1,200}$/.test(code) ? code : null
}

/** The session's tokens were not taken. They come as 401, and for some as 403: the code says it, not the status. */
export function isTokenCode(code: string | null): boolean {
  return code !== null && reactionTo(code, 401).reaction === 'sign-in-again'
}

export function isAllowanceCode(code: string | null): code is string {
  return code !== null && reactionTo(code, 403).reaction === 'wait'
}

/** IG, or what stands before it, is busy: the same read may succeed a moment later. */
export function isTransient(response: HttpResponse): boolean {
  return response.status >= 500 || response.status === 408 || response.status === 429
}

/**
 * The JSON of a good answer.
 * @throws {RefusedError | AllowanceError | TransportError | ProtocolError | SignInError} for any other.
 */
export function readAnswer(response: HttpResponse, asked: RequestContext | Call): unknown {
  if (response.status === 200) {
    const json = parseJson(response.body)
    if (json !== undefined) return json
  }
  const request = 'route' in asked ? { method: asked.route.method, path: asked.path } : asked
  if (response.status !== 200) throw failureOf(response, request)
  const got = response.body === '' ? 'an empty body' : 'something else'
  const text = `expected JSON from ${request.method} ${request.path.split('?')[0]}, but got ${got}; try again`
  throw new ProtocolError('not-json', text, { request })
}

/** Which error an answer that is not 200 stands for. */
export function failureOf(response: HttpResponse, request: RequestContext): IgError {
  const { status } = response
  const code = errorCodeOf(response)
  if (status < 400) {
    const text = `expected status 200 from ${request.method} ${request.path}, but got ${status}; check the address`
    return new ProtocolError(`http-${status}`, text, { request })
  }
  const { reaction, advice } = reactionTo(code, status)
  return failure(reaction, code, advice, status, request)
}

function failure(
  reaction: Reaction,
  code: string | null,
  advice: string,
  status: number,
  request: RequestContext,
): IgError {
  const got = code === null ? `status ${status}` : `${code} (${status})`
  const asked = `${request.method} ${request.path}`
  switch (reaction) {
    case 'wait':
      return new AllowanceError(code ?? `http-${status}`, request)
    case 'sign-in-again':
    case 'ask-the-user': {
      const text = `expected IG to let ${asked} in, but it answered ${got}; ${advice}`
      return new SignInError(code ?? `http-${status}`, text, { request })
    }
    case 'correct-the-request':
    case 'not-there':
    case 'not-entitled':
      return new RefusedError(code ?? `http-${status}`, status, request, advice)
    case 'try-later': {
      const text = `expected ${asked} to be answered, but got ${got}; ${advice}`
      return new TransportError(code ?? `http-${status}`, text, { request })
    }
    default:
      return unreachable(reaction)
  }
}

/** `undefined` when the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
