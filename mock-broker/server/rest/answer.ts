import type { Reason } from '../../engine/index.ts'
import type { OrderDraft } from '../deal-references.ts'

/** What a handler decided; the HTTP server carries it out. */
export type Answer =
  | ReadyAnswer
  /** Taken, not dealt: answered with the reference, confirmed later. */
  | { readonly kind: 'dealing'; readonly order: OrderDraft; readonly refusal: Reason | null }
  /** Takes long: done in pieces, so that everybody else is served meanwhile. It may end in a refusal. */
  | { readonly kind: 'work'; readonly work: Iterator<void, ReadyAnswer> }

export type ReadyAnswer =
  | {
      readonly kind: 'now'
      readonly status: number
      /** Undefined: an empty body. */
      readonly body: unknown
      readonly headers?: Readonly<Record<string, string>>
    }
  | { readonly kind: 'file'; readonly contentType: string; readonly bytes: Buffer }

export function ok(body: unknown, headers: Readonly<Record<string, string>> = {}): ReadyAnswer {
  return { kind: 'now', status: 200, body, headers }
}

/** Ends a request with an error answer: `{"errorCode": …}` (IG Labs, REST API reference, error codes). */
export class RestRefusal extends Error {
  override readonly name = 'RestRefusal'
  readonly status: number
  readonly errorCode: string

  constructor(status: number, errorCode: string) {
    super(`${status} ${errorCode}`)
    this.status = status
    this.errorCode = errorCode
  }
}
