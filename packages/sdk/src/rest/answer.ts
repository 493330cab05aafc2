import {
  AllowanceError,
  type IgError,
  ProtocolError,
  RefusedError,
  type RequestContext,
  TransportError,
} from '../errors.ts'
import type { HttpResponse } from './http-response.ts'

/** Codes that mean: sign in again. They come as 401, and for some as 403. Source: IG Labs, REST API reference, "Session". */
const TOKEN_CODES: ReadonlySet<string> = new Set([
  'error.security.client-token-invalid',
  'error.security.client-token-missing',
  'error.security.account-token-invalid',
  'error.security.account-token-missing',
  'error.security.oauth-token-invalid',
])

export function isTokenCode(code: string | null): boolean {
  return code !== null && TOKEN_CODES.has(code)
}

/** IG's `errorCode`, word for word; `null` when the body has none (empty, HTML, plain text, `null`). */
export function errorCodeOf(response: HttpResponse): string | null {
  const json = parseJson(response.body)
  if (typeof json !== 'object' || json === null || !('errorCode' in json)) return null
  const code = json.errorCode
  // The code goes into messages that people read: one line of a sane length.
  return typeof code === 'string' && /^[\x20-\x7e]{1,200}$/.test(code) ? code : null
}

/** The JSON of a good answer. @throws {RefusedError | AllowanceError | TransportError | ProtocolError} for any other. */
export function readAnswer(response: HttpResponse, request: RequestContext): unknown {
  if (response.status !== 200) throw failureOf(response, request)
  const json = parseJson(response.body)
  if (json !== undefined) return json
  const got = response.body === '' ? 'an empty body' : 'something else'
  throw new ProtocolError('not-json', `expected JSON from ${request.method} ${request.path}, but got ${got}; try again`)
}

/** Which error an answer that is not 200 stands for. */
export function failureOf(response: HttpResponse, request: RequestContext): IgError {
  const { status } = response
  const code = errorCodeOf(response)
  if (code?.includes('exceeded-') && code.includes('allowance')) return new AllowanceError(code, request)
  if (status >= 500 || (code === null && status >= 400)) {
    const got = code === null ? `status ${status}` : `${code} (${status})`
    const text = `expected ${request.method} ${request.path} to be answered, but got ${got}; IG is busy or closed, try again later`
    return new TransportError(code ?? `http-${status}`, text)
  }
  if (code !== null) return new RefusedError(code, status, request, adviceFor(code))
  const text = `expected status 200 from ${request.method} ${request.path}, but got ${status}; check the address`
  return new ProtocolError(`http-${status}`, text)
}

/** What a person can do about a code. Sources: IG Labs, REST API reference, the error lists of each page. */
export function adviceFor(code: string): string {
  if (code === 'error.security.invalid-details') return 'check the login name and the password'
  if (code === 'error.security.too-many-failed-attempts') return "the account is locked: unlock it on IG's website"
  if (code.startsWith('validation.pattern.invalid.authenticationRequest.identifier')) {
    return 'use the login name: IG takes no e-mail address here'
  }
  if (code.includes('encryption.required'))
    return 'this IG company wants an encrypted password, which is not supported yet'
  if (code.includes('api-key'))
    return 'check the API key and that it belongs to this environment (demo and live have their own)'
  if (isTokenCode(code)) return 'sign in again'
  if (code.includes('epic-not-found')) return 'look the market up with markets.search()'
  if (code.includes('stockbroking')) return 'choose a CFD or spread-bet account'
  if (code.startsWith('error.public-api.failure.')) return "finish what IG's website asks of the account"
  if (code.startsWith('error.security.')) return "sign in on IG's website and see what it says"
  if (code.startsWith('validation.') || code.startsWith('invalid.')) return 'correct the request'
  return "see this code in IG's API reference"
}

/** `undefined` when the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
