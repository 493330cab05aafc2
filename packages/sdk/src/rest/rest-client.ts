import type { Lane } from '../allowance/lane.ts'
import { AllowanceError, type RequestContext, TransportError } from '../errors.ts'
import type { Clock, Random } from '../ports.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import type { AllowancePort } from './allowance-port.ts'
import { errorCodeOf, failureOf, isAllowanceCode, isTokenCode, isTransient, readAnswer } from './answer.ts'
import { backoffMs } from './backoff.ts'
import type { Call } from './call.ts'
import { type Caller, routeLabel } from './caller.ts'
import { pause } from './pause.ts'
import type { CallOptions, ReadOptions, Rest } from './rest.ts'

/** Our choice: a read that failed three times is not mended by a fourth within the time in which its answer is wanted. */
const MAX_ATTEMPTS = 3
/** Our choice: the window of IG's allowances. */
const WAIT_WITHIN_MS = 60_000

/** The session as this needs it. */
export interface Authority<Auth> {
  /** What to prove ourselves with, where nothing has to be waited for. */
  authNow(): Auth | null
  /** What to prove ourselves with now; waits for a renewal that is under way. @throws {SignInError | TransportError} */
  auth(signal: AbortSignal | undefined, lane: Lane): Promise<Auth>
  headers(auth: Auth, version: number, hasBody: boolean): Readonly<Record<string, string>>
  /** IG refused this; resolves when there is something else. @throws {SignInError | TransportError} */
  renew(refused: Auth, signal: AbortSignal | undefined, lane: Lane): Promise<unknown>
}

export interface RestClientPorts<Auth> {
  readonly caller: Caller
  readonly authority: Authority<Auth>
  readonly allowance: AllowancePort
  readonly clock: Clock
  readonly random: Random
  /** The connection is being closed: nothing is repeated any more. */
  readonly ending: AbortSignal
}

/** Calls of a signed-in connection: within the allowance, renewed when the session ends, repeated where that is safe. */
export class RestClient<Auth> implements Rest {
  readonly #ports: RestClientPorts<Auth>

  constructor(ports: RestClientPorts<Auth>) {
    this.#ports = ports
  }

  async read(call: Call, options: ReadOptions = NONE): Promise<unknown> {
    const response = await this.#readUntil(call, options, isLasting)
    if (response.status !== 200) throw failureOf(response, contextOf(call))
    return readAnswer(response, call)
  }

  answer(call: Call, options: ReadOptions = NONE): Promise<HttpResponse> {
    return this.#readUntil(call, options, isAny)
  }

  async write(call: Call, options: CallOptions = NONE): Promise<unknown> {
    const { allowance } = this.#ports
    if (!allowance.enterNow(call.route, 'data')) {
      await allowance.enter(call.route, 'data', { signal: options.signal, withinMs: WAIT_WITHIN_MS })
    }
    const auth = await this.#auth(options)
    const response = await this.#send(call, auth, options, 1)
    const code = errorCodeOf(response)
    const retryAtMs = this.#heed(call, response, code, 'data')
    if (response.status !== 200) {
      // For the next call: this one is over, because it changes something and goes out once.
      if (isTokenCode(code)) this.#ports.authority.renew(auth, undefined, 'data').catch(() => {})
      throw this.#failure(response, call, retryAtMs)
    }
    return response.body === '' ? null : readAnswer(response, call)
  }

  /** @param isFinal of a response that is neither about tokens nor about allowances. */
  async #readUntil(
    call: Call,
    options: ReadOptions,
    isFinal: (response: HttpResponse) => boolean,
  ): Promise<HttpResponse> {
    const { allowance, clock, authority } = this.#ports
    const deadlineMs = clock.monotonicMs() + (options.waitWithinMs ?? WAIT_WITHIN_MS)
    const lane = options.lane ?? 'data'
    let hasRenewed = false
    for (let attempt = 1; ; ) {
      if (!allowance.enterNow(call.route, lane)) {
        const withinMs = Math.max(0, deadlineMs - clock.monotonicMs())
        await allowance.enter(call.route, lane, { signal: options.signal, withinMs })
      }
      let auth: Auth | null = null
      let response: HttpResponse
      try {
        auth = authority.authNow() ?? (await authority.auth(options.signal, lane))
        response = await this.#send(call, auth, options, attempt)
      } catch (error) {
        if (!(error instanceof TransportError) || attempt >= MAX_ATTEMPTS || !isWorthRepeating(error)) throw error
        await this.#backOff(call, attempt++, error.code, options.signal)
        continue
      }
      const code = errorCodeOf(response)
      const retryAtMs = this.#heed(call, response, code, lane)
      if (isTokenCode(code)) {
        if (hasRenewed) throw this.#failure(response, call)
        hasRenewed = true
        await authority.renew(auth, options.signal, lane)
      } else if (retryAtMs !== null) {
        if (attempt++ >= MAX_ATTEMPTS || retryAtMs > deadlineMs) throw this.#failure(response, call, retryAtMs)
      } else if (isFinal(response) || attempt >= MAX_ATTEMPTS) {
        return response
      } else {
        await this.#backOff(call, attempt++, code ?? `http-${response.status}`, options.signal)
      }
    }
  }

  async #auth(options: CallOptions): Promise<Auth> {
    return this.#ports.authority.authNow() ?? this.#ports.authority.auth(options.signal, 'data')
  }

  #send(call: Call, auth: Auth, options: ReadOptions, attempt: number): Promise<HttpResponse> {
    const { caller, authority } = this.#ports
    const headers = authority.headers(auth, call.route.version, call.body !== undefined)
    return caller.send(call, headers, { lane: options.lane ?? 'data', attempt }, options)
  }

  /** Learns from an answer what the allowance is. Returns when to ask again, where the answer was that it is used up. */
  #heed(call: Call, response: HttpResponse, code: string | null, lane: Lane): number | null {
    const { allowance, caller, clock } = this.#ports
    if (response.status === 200 || !isAllowanceCode(code)) {
      // A 5xx says nothing about the allowance.
      if (response.status < 500) allowance.answered(call.route)
      return null
    }
    const { retryAtMs } = allowance.refused(code, lane)
    const retryInMs = Math.max(0, retryAtMs - clock.monotonicMs())
    caller.tell({ kind: 'allowance-refused', route: routeLabel(call.route), code, retryInMs })
    return retryAtMs
  }

  #failure(response: HttpResponse, call: Call, retryAtMs: number | null = null): Error {
    const failure = failureOf(response, contextOf(call))
    if (!(failure instanceof AllowanceError) || failure.request === null) return failure
    return new AllowanceError(failure.code, failure.request, retryAtMs)
  }

  async #backOff(call: Call, attempt: number, code: string, signal: AbortSignal | undefined): Promise<void> {
    const { clock, random, caller, ending } = this.#ports
    const waitMs = backoffMs(attempt, random)
    caller.tell({ kind: 'retry', route: routeLabel(call.route), attempt: attempt + 1, waitMs, code })
    await pause(clock, waitMs, signal === undefined ? ending : AbortSignal.any([signal, ending]))
  }
}

const NONE = {}
const isLasting = (response: HttpResponse): boolean => !isTransient(response)
const isAny = (): boolean => true

/** Neither the caller's own doing nor the end of the connection. */
function isWorthRepeating({ code }: TransportError): boolean {
  return code !== 'aborted' && code !== 'closed'
}

/** The query is left out: a search text belongs in no error. */
export function contextOf(call: Call): RequestContext {
  return { method: call.route.method, path: call.path.split('?')[0] ?? call.path }
}
