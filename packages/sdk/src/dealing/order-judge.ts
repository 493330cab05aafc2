import type { DealRequest } from '../deal-request.ts'
import { ProtocolError, type RequestContext, TransportError } from '../errors.ts'
import { type DealReference, dealReference } from '../ids.ts'
import type { Clock } from '../ports.ts'
import { errorCodeOf, parseJson } from '../rest/answer.ts'
import type { Submission } from '../submission.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import type { SentRegister } from './sent-register.ts'

/** Says what IG's answer to an order proves. */
export class OrderJudge {
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #register: SentRegister
  #lastRead: { readonly response: HttpResponse; readonly reference: DealReference | null } | null = null

  constructor(clock: Pick<Clock, 'monotonicMs'>, register: SentRegister) {
    this.#clock = clock
    this.#register = register
  }

  judge(response: HttpResponse, request: DealRequest, context: RequestContext): Submission {
    if (response.status === 200) return this.#judgeTaken(response, request, context)
    const code = errorCodeOf(response)
    // 408 is said by what stands before IG, which cannot know what IG does.
    if (response.status >= 400 && response.status < 500 && response.status !== 408 && code !== null) {
      return { kind: 'rejected', code, httpStatus: response.status }
    }
    const what = code === null ? `status ${response.status}` : `${code} (${response.status})`
    const text = `expected IG to take or refuse the order, but got ${what}; do not send it again: settle() finds out`
    return {
      kind: 'unknown',
      cause: new TransportError(code ?? `http-${response.status}`, text, { request: context }),
    }
  }

  /** An acknowledgement that names another request is the answer to that one. */
  isOurs(response: HttpResponse, request: DealRequest): boolean {
    if (response.status !== 200) return true
    const reference = this.#referenceIn(response)
    return reference === null || this.#isNameOf(reference, request)
  }

  #judgeTaken(response: HttpResponse, request: DealRequest, context: RequestContext): Submission {
    const acknowledgedAtMs = this.#clock.monotonicMs()
    const reference = this.#referenceIn(response)
    if (reference !== null && this.#isNameOf(reference, request)) {
      return { kind: 'acknowledged', reference, acknowledgedAtMs }
    }
    const got = reference === null ? 'none' : 'another one'
    const text = `expected the deal reference in IG's answer, but got ${got}; do not send it again: settle() finds out`
    return { kind: 'unknown', cause: new ProtocolError('no-reference', text, { request: context }) }
  }

  /** Looked at by the transport and then by us: read once. */
  #referenceIn(response: HttpResponse): DealReference | null {
    if (this.#lastRead?.response !== response) this.#lastRead = { response, reference: referenceOf(response.body) }
    return this.#lastRead.reference
  }

  #isNameOf(reference: DealReference, request: DealRequest): boolean {
    if (request.reference !== null) return request.reference === reference
    return !this.#register.isOthers(reference, request)
  }
}

function referenceOf(body: string): DealReference | null {
  const json = parseJson(body)
  if (typeof json !== 'object' || json === null || !('dealReference' in json)) return null
  if (typeof json.dealReference !== 'string') return null
  try {
    return dealReference(json.dealReference)
  } catch {
    return null
  }
}
