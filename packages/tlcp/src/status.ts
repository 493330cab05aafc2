/** Why a connection is not up. `code` is the server's own number where it sent one. */
export interface Cause {
  /** `loop`: the server asked for a new connection, and keeps the session. */
  readonly code: number | 'asked' | 'loop' | 'lost' | 'silent' | 'timeout' | 'protocol' | 'credentials'
  /** The server's text in full, or ours. Never holds a password. */
  readonly text: string
}

/**
 * How the data of this session continues what was delivered before.
 * - `new`: the first session.
 * - `preserved`: the server asked for a new connection of the same session; nothing was missed.
 * - `recovered`: the connection was lost and everything missed was sent again.
 * - `replaced`: another session; what happened in between is lost, and each subscription starts from its snapshot.
 */
export type Continuity = 'new' | 'preserved' | 'recovered' | 'replaced'

export type TlcpStatus =
  /** `cause`: why the connection before this one ended; absent at the first. */
  | { readonly kind: 'connecting'; readonly cause?: Cause }
  | { readonly kind: 'live'; readonly continuity: Continuity }
  /** Connected, but nothing came for longer than the server promised. */
  | { readonly kind: 'stalled' }
  /** Will try again at a monotonic time. */
  | { readonly kind: 'waiting'; readonly cause: Cause; readonly retryAtMs: number }
  /** For good. */
  | { readonly kind: 'closed'; readonly cause: Cause }
