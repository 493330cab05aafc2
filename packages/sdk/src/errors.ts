/** Base of every error this package throws. `code` is ours or, where IG gave one, IG's `errorCode` word for word. */
export abstract class IgError extends Error {
  readonly code: string
  /** The request that failed; `null` where there was none. */
  readonly request: RequestContext | null

  constructor(code: string, message: string, context: ErrorContext = {}) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause })
    this.name = new.target.name
    this.code = code
    // Copied, and without its query: who throws may have more in hand than may be told.
    this.request = context.request ? { method: context.request.method, path: withoutQuery(context.request.path) } : null
  }
}

/** What was asked of IG when it failed. Never holds a query, headers or a body, because these carry secrets. */
export interface RequestContext {
  readonly method: string
  readonly path: string
}

export interface ErrorContext {
  readonly request?: RequestContext | null
  readonly cause?: unknown
}

/** IG refused to let us in, or to keep us in. Repeating it by itself locks the account: ask the user. */
export class SignInError extends IgError {}

/** IG understood a request and refused it. Repeating it unchanged gives the same answer. */
export class RefusedError extends IgError {
  readonly httpStatus: number
  /** What to do, as the end of a sentence. */
  readonly advice: string

  constructor(code: string, httpStatus: number, request: RequestContext, advice: string) {
    const text = `expected ${name(request)} to succeed, but IG refused it with ${code} (${httpStatus}); ${advice}`
    super(code, text, { request })
    this.httpStatus = httpStatus
    this.advice = advice
  }
}

/** Too many calls in the last minute, or the week's historical points are spent. Nothing was done. */
export class AllowanceError extends IgError {
  /** When asking again may succeed: monotonic milliseconds of the connection's clock; `null` where nobody knows. */
  readonly retryAtMs: number | null

  /** @param code IG's, or `allowance-wait` where this package held the call back by itself. */
  constructor(code: string, request: RequestContext, retryAtMs: number | null = null) {
    const advice = code.includes('historical')
      ? 'wait until the weekly allowance renews'
      : 'wait until `retryAtMs`, then ask less often'
    const found = code === 'allowance-wait' ? 'the calls of the last minute leave no room' : `IG answered ${code}`
    super(code, `expected ${name(request)} within the allowance, but ${found}; ${advice}`, { request })
    this.retryAtMs = retryAtMs
  }
}

/**
 * The network, or IG behind it, did not answer. A read may be repeated; for a write the outcome is unknown, unless the code is
 * `not-connected`: then nothing was sent.
 */
export class TransportError extends IgError {}

/** An answer came that HTTP or IG's API does not allow. Report it. */
export class ProtocolError extends IgError {}

/** A field of an answer was not what the API reference says. */
export class DecodeError extends IgError {
  /** Where in the document, such as `positions[0].position.level`. */
  readonly path: string

  constructor(path: string, expectation: string, got: string) {
    super('decode', `expected ${expectation} at ${path}, but got ${got}; report it with the name of the market`)
    this.path = path
  }
}

/** The caller's own value is wrong; nothing was sent. */
export class InvalidInputError extends IgError {
  constructor(message: string) {
    super('invalid-input', message)
  }
}

function name(request: RequestContext): string {
  return `${request.method} ${withoutQuery(request.path)}`
}

function withoutQuery(path: string): string {
  return path.split('?')[0] ?? path
}
