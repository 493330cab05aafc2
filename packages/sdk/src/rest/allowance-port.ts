import type { Lane } from '../allowance/lane.ts'
import type { Route } from './routes.ts'

/** IG's allowances, as those who call see them. */
export interface AllowancePort {
  /** Counts the call and lets it go, where it need not wait. */
  enterNow(route: Route, lane: Lane): boolean
  /**
   * Waits for the call's turn and counts it.
   * @throws {AllowanceError} when the wait would be longer than `withinMs`; at once.
   * @throws {TransportError} with the code `aborted`.
   */
  enter(
    route: Route,
    lane: Lane,
    options: { readonly signal: AbortSignal | undefined; readonly withinMs: number },
  ): Promise<void>
  /** Counts a call that stands in no line, such as a sign-in. */
  count(route: Route): void
  /** IG answered that an allowance is used up. When a call of the same lane may ask again; monotonic. */
  refused(code: string, lane: Lane): { readonly retryAtMs: number }
  /** IG answered something else. */
  answered(route: Route): void
}
