/** Base of every error this package throws. `code` is ours or, where IG gave one, IG's `errorCode` word for word. */
export abstract class IgError extends Error {
  readonly code: string

  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = new.target.name
    this.code = code
  }
}

/** What was asked of IG when it failed. Never holds headers or bodies, because these carry secrets. */
export interface RequestContext {
  readonly method: string
  readonly path: string
}

/** IG refused to let us in. Repeating it by itself locks the account: ask the user. */
export class SignInError extends IgError {}

/** IG understood a read and refused it. Repeating it unchanged gives the same answer. */
export class RefusedError extends IgError {
  readonly httpStatus: number
  readonly request: RequestContext

  constructor(code: string, httpStatus: number, request: RequestContext, advice: string) {
    super(code, `expected ${name(request)} to succeed, but IG refused it with ${code} (${httpStatus}); ${advice}`)
    this.httpStatus = httpStatus
    this.request = request
  }
}

/** Too many calls in the last minute, or the historical points are spent. Wait before asking again. */
export class AllowanceError extends IgError {
  readonly request: RequestContext

  constructor(code: string, request: RequestContext) {
    const advice = code.includes('historical')
      ? 'wait until the weekly allowance renews'
      : 'wait a minute, then ask less often'
    super(code, `expected ${name(request)} within the allowance, but IG answered ${code}; ${advice}`)
    this.request = request
  }
}

/** The network, or IG behind it, did not answer. A read may be repeated; for a write the outcome is unknown. */
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
  return `${request.method} ${request.path}`
}
