import type { Lane } from '../allowance/lane.ts'
import type { AllowanceError } from '../errors.ts'

/** What stands between an order and the socket: the session and the allowance. */
export interface OrderGate {
  headers(version: 1 | 2, asDelete: boolean, lane: Lane): OrderHeaders
  /** `null`: it may go, and was counted. Otherwise when it may; it was not counted. An exit is always let through. */
  admit(lane: Lane): AllowanceError | null
  /** What IG answered, for the session (token codes) and the allowance (403 codes). `code` is `null` for a good answer. */
  answered(headers: Readonly<Record<string, string>>, status: number, code: string | null, lane: Lane): void
}

/** The headers of a dealing request, now. */
export type OrderHeaders =
  /** The same object while nothing changed. */
  | { readonly kind: 'ready'; readonly headers: Readonly<Record<string, string>> }
  /** Tokens are being renewed: an order waits for it, at most `connectWithinMs`. */
  | { readonly kind: 'waiting'; readonly until: Promise<unknown> }
  /** Nothing may be sent: signed out, the account is being switched, or IG has refused the login. */
  | { readonly kind: 'closed'; readonly cause: Error }
