import type { Lane } from '../allowance/lane.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import type { Call } from './call.ts'

/** Of any call. */
export interface CallOptions {
  /** Ends the waiting. What had been written by then may have been done all the same. */
  readonly signal?: AbortSignal | undefined
  /** For each attempt; the connection's `requestTimeoutMs` unless told. */
  readonly timeoutMs?: number | undefined
}

/** Of a call that changes nothing at IG, and may therefore be repeated. */
export interface ReadOptions extends CallOptions {
  /** Who goes first when the allowance is short; `data` unless told. */
  readonly lane?: Lane | undefined
  /** How long the call may wait for its turn in the allowance; 60 000 ms unless told. 0: not at all. */
  readonly waitWithinMs?: number | undefined
}

/** IG's REST API as the resources see it: signed in, within the allowance, with failures as this package's errors. */
export interface Rest {
  /**
   * The JSON of a read's good answer. Repeats the read, a bounded number of times, where that may help.
   * @throws {RefusedError | AllowanceError | TransportError | ProtocolError | SignInError}
   */
  read(call: Call, options?: ReadOptions): Promise<unknown>
  /** As {@link read}, for callers to whom an answer that is not 200 means something, or who want its bytes. */
  answer(call: Call, options?: ReadOptions): Promise<HttpResponse>
  /**
   * The JSON of the good answer to a request that changes something but is no order; `null` for an empty body. Sent once: after a
   * {@link TransportError} it may have been done or not.
   * @throws {RefusedError | AllowanceError | TransportError | ProtocolError | SignInError}
   */
  write(call: Call, options?: CallOptions): Promise<unknown>
}
