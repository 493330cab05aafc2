import type { Lane } from './allowance/lane.ts'

/**
 * What happens inside, for logs and metrics. Holds no header, body, query, password, key or token: a path is printed with its
 * parameters' names, never their values.
 */
export type SdkEvent =
  | RequestStarted
  | RequestEnded
  | {
      readonly kind: 'retry'
      readonly route: string
      readonly attempt: number
      readonly waitMs: number
      readonly code: string
    }
  /** A call stands in line for the allowance. */
  | { readonly kind: 'allowance-wait'; readonly route: string; readonly lane: Lane; readonly waitMs: number }
  /** IG answered that an allowance is used up. */
  | { readonly kind: 'allowance-refused'; readonly route: string; readonly code: string; readonly retryInMs: number }
  | { readonly kind: 'session'; readonly what: 'signed-in' | 'refreshed' | 'renewed' | 'switched' | 'signed-out' }
  | { readonly kind: 'session-failed'; readonly code: string }

interface RequestStarted {
  readonly kind: 'request'
  /** Counts up from 1; the same in the event of its end. */
  readonly id: number
  /** Such as `GET /markets/{epic} v3`. */
  readonly route: string
  readonly lane: Lane
  /** 1 for the first. */
  readonly attempt: number
}

interface RequestEnded {
  readonly kind: 'response'
  readonly id: number
  readonly route: string
  readonly lane: Lane
  readonly durationMs: number
  readonly result: 'answered' | 'unsent' | 'no-answer'
  /** `null` without an answer. */
  readonly status: number | null
  /** IG's `errorCode`, or ours where no answer came; `null` for a good answer. */
  readonly code: string | null
  /** IG's header X-REQUEST-ID, which its support asks for. */
  readonly igRequestId: string | null
}

/** Must not throw; what it throws is thrown again outside of the call. */
export type Observe = (event: SdkEvent) => void
