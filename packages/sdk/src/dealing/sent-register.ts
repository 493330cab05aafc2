import type { DealRequest } from '../deal-request.ts'
import type { DealReference } from '../ids.ts'

/** Our choice: more than a minute of dealing can hold, because IG's allowance is 100 a minute. */
const KEPT = 500
/** Our choice: requests so near to each other in time can be taken for one another. */
const RIVAL_MS = 120_000

/**
 * Remembers what was sent, so that the trace of one request is not taken for that of another: what has no reference of ours can
 * only be known by the deal that it is about.
 */
export class SentRegister {
  readonly #requests: DealRequest[] = []

  /** Before its bytes leave. */
  note(request: DealRequest): void {
    this.#requests.push(request)
    if (this.#requests.length > KEPT) this.#requests.shift()
  }

  /** IG has told its reference, or it certainly did not reach dealing (`null`). */
  clear(request: DealRequest, named: DealRequest | null): void {
    const index = this.#requests.lastIndexOf(request)
    if (index === -1) return
    if (named === null) this.#requests.splice(index, 1)
    else this.#requests[index] = named
  }

  /** References that belong to other requests than this one. */
  isOthers(reference: DealReference, request: DealRequest): boolean {
    return this.#requests.some(other => other.reference === reference && !isSame(other, request))
  }

  /** Whether another request without a reference could have left the same trace. */
  hasRival(request: DealRequest): boolean {
    const alike = this.#requests.filter(
      other =>
        other.reference === null &&
        isAboutSame(other, request) &&
        Math.abs(other.sentAtMs - request.sentAtMs) <= RIVAL_MS,
    )
    const own = alike.findIndex(other => isSame(other, request))
    return alike.length > (own === -1 ? 0 : 1)
  }
}

/** A copy from a journal is the same request, also one that was written before IG told its reference. */
function isSame(one: DealRequest, other: DealRequest): boolean {
  return one === other || unnamed(one) === unnamed(other)
}

function unnamed(request: DealRequest): string {
  return JSON.stringify({ ...request, reference: null })
}

function isAboutSame(one: DealRequest, other: DealRequest): boolean {
  if (one.kind !== other.kind) return false
  // A close by market may have ended any deal of it.
  if (one.kind === 'close' && other.kind === 'close' && (one.dealId === null || other.dealId === null)) return true
  return 'dealId' in one && 'dealId' in other && one.dealId === other.dealId
}
