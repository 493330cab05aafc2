import type { Login, Proof } from '../login/login.ts'

/** A request that passed the checks of key and route. */
export interface RestRequest {
  readonly version: number
  /** The variable parts of the path, decoded, in order. */
  readonly parameters: readonly string[]
  readonly query: URLSearchParams
  /** Parsed JSON; undefined when there was no body. */
  readonly body: unknown
}

/** One that passed the check of its tokens as well. */
export interface SignedInRequest extends RestRequest {
  readonly login: Login
  readonly proof: Proof
}
