import type { Decimal } from 'decimal.js'
import type { DealRequest } from '../deal-request.ts'
import type { DealId, DealReference } from '../ids.ts'
import { SeenActivity } from './seen-activity.ts'
import { LIST_LAG_MS } from './settle-pace.ts'
import { SizesHeld } from './sizes-held.ts'

/** Our choice: more than a minute of dealing can hold, because IG's allowance is 100 a minute. */
const KEPT = 500
/** Our choice: requests so near to each other in time can be taken for one another. */
const RIVAL_MS = 120_000
/** Our choice: a journal is written so much before the call, at most; tokens may have been renewed in between. */
const WRITTEN_BEFORE_MS = 5_000

interface Entry {
  request: DealRequest
  /** It left here, in contrast to one that a journal told of. */
  readonly isSent: boolean
}

/**
 * Remembers what was sent, so that the trace of one request is not taken for that of another: what has no reference of ours can
 * only be known by the deal that it is about.
 */
export class SentRegister {
  readonly activity = new SeenActivity()
  readonly sizes = new SizesHeld()
  readonly #entries: Entry[] = []

  /** Before its bytes leave. */
  note(request: DealRequest): void {
    this.#add({ request, isSent: true })
  }

  /** One that is asked about: it may be another process's. */
  noteAsked(request: DealRequest): void {
    if (this.#entryOf(request) === null) this.#add({ request, isSent: false })
  }

  /** IG has told its reference, or it certainly did not reach dealing (`null`). */
  clear(request: DealRequest, named: DealRequest | null): void {
    const index = this.#entries.findLastIndex(entry => entry.request === request)
    const entry = this.#entries[index]
    if (entry === undefined) return
    if (named === null) this.#entries.splice(index, 1)
    else entry.request = named
  }

  /** The history told its reference. */
  noteName(request: DealRequest, reference: DealReference): void {
    const entry = this.#entryOf(request)
    if (entry?.request.reference === null) entry.request = { ...entry.request, reference }
  }

  /** Also of a copy that a journal kept, written before IG told the reference or just before the call. */
  isSame(one: DealRequest, other: DealRequest): boolean {
    if (one === other) return true
    const entry = this.#entryOf(one)
    return entry !== null && entry === this.#entryOf(other)
  }

  /** References that belong to other requests than this one. */
  isOthers(reference: DealReference, request: DealRequest): boolean {
    const named = this.#entries.filter(entry => entry.request.reference === reference)
    // Each acknowledgement asks: the search for its own entry is for when there is need.
    if (named.length === 0) return false
    const own = this.#entryOf(request)
    return named.some(entry => entry !== own)
  }

  /** Whether another request without a reference could have left the same trace. */
  hasRival(request: DealRequest): boolean {
    const own = this.#entryOf(request)
    return this.#entries.some(
      entry =>
        entry !== own &&
        entry.request.reference === null &&
        isAboutSame(entry.request, request) &&
        Math.abs(entry.request.sentAtMs - request.sentAtMs) <= RIVAL_MS,
    )
  }

  /** The size of a position before this close; `null` where it was not listed, or may have been closed in part since. */
  sizeBefore(dealId: DealId, request: DealRequest): Decimal | null {
    const held = this.sizes.before(dealId, request.sentAtMs)
    if (held === null) return null
    const own = this.#entryOf(request)
    const isStale = this.#entries.some(
      entry =>
        entry !== own &&
        isAboutSame(entry.request, request) &&
        entry.request.sentAtMs > held.askedAtMs - LIST_LAG_MS &&
        entry.request.sentAtMs <= request.sentAtMs,
    )
    return isStale ? null : held.size
  }

  #add(entry: Entry): void {
    this.#entries.push(entry)
    if (this.#entries.length > KEPT) this.#entries.shift()
  }

  #entryOf(request: DealRequest): Entry | null {
    const itself = this.#entries.find(entry => entry.request === request)
    if (itself !== undefined) return itself
    const alike = this.#entries.filter(entry => isAlike(entry.request, request))
    const exact =
      alike.find(({ request: { reference } }) => reference !== null && reference === request.reference) ??
      alike.find(({ request: { sentAtMs } }) => sentAtMs === request.sentAtMs)
    if (exact !== undefined) return exact
    const later = alike.filter(entry => {
      const byMs = entry.request.sentAtMs - request.sentAtMs
      return entry.isSent && byMs > 0 && byMs <= WRITTEN_BEFORE_MS
    })
    // The first that was sent after it was written down.
    return later[0] ?? null
  }
}

/** The same order word for word, whenever it was sent. */
function isAlike(one: DealRequest, other: DealRequest): boolean {
  if (one.reference !== null && other.reference !== null && one.reference !== other.reference) return false
  return isOfOneAccount(one, other) && wordsOf(one) === wordsOf(other)
}

function wordsOf({ kind, ...request }: DealRequest): string {
  const { dealId, epic, direction, size, level, stopLevel, limitLevel }: Partial<Record<string, unknown>> = request
  return JSON.stringify([kind, dealId, epic, direction, size, level, stopLevel, limitLevel])
}

function isAboutSame(one: DealRequest, other: DealRequest): boolean {
  if (one.kind !== other.kind || !isOfOneAccount(one, other)) return false
  // A close by market may have ended any deal of it.
  if (one.kind === 'close' && other.kind === 'close' && (one.dealId === null || other.dealId === null)) return true
  return 'dealId' in one && 'dealId' in other && one.dealId === other.dealId
}

/** A journal of an older kind did not say: it may be. */
function isOfOneAccount(one: DealRequest, other: DealRequest): boolean {
  return !one.accountId || !other.accountId || one.accountId === other.accountId
}
