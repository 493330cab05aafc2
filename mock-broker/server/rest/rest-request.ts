import type { Tokens } from '../login-sessions.ts'

/** A request that passed the checks of key, route and tokens. */
export interface RestRequest {
  readonly version: number
  /** The variable parts of the path, decoded, in order. */
  readonly parameters: readonly string[]
  readonly query: URLSearchParams
  /** Parsed JSON; undefined when there was no body. */
  readonly body: unknown
  /** Null on the routes that need no session. */
  readonly tokens: Tokens | null
}
