/** Why a connection is not up. `code` is the server's own number where it sent one. */
export interface Cause {
  readonly code: number | 'asked' | 'lost' | 'silent' | 'timeout' | 'protocol' | 'credentials'
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
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly continuity: Continuity }
  /** Connected, but nothing came for longer than the server promised. */
  | { readonly kind: 'stalled' }
  /** Will try again at a monotonic time. */
  | { readonly kind: 'waiting'; readonly cause: Cause; readonly retryAtMs: number }
  /** For good. */
  | { readonly kind: 'closed'; readonly cause: Cause }
