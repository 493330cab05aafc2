import type { ProtocolVersion } from './session-codes.ts'
import type { Cause, TlcpStatus } from './status.ts'
import type { Transport, Transports } from './transport.ts'

/** A session that the server holds for us. */
export interface Session {
  readonly id: string
  /** Where its further connections go. */
  readonly url: string
  /** Bytes in one request message. */
  readonly requestLimit: number
  /** The server says something at least this often: a keepalive in a stream, the end of a poll. */
  readonly keepaliveMs: number
}

/** The present poll of a session that comes poll by poll. */
export interface Poll {
  /** `first`: the one that shook hands. `asked`: its CONOK is awaited. `resting`: over, and the next one is not due yet. */
  readonly phase: 'first' | 'asked' | 'answered' | 'resting'
  readonly askedAtMs: number
  /** Data notifications before it. */
  readonly received: number
}

/** What the next connection is for. */
export type Goal =
  | { readonly kind: 'create'; readonly replaces: boolean }
  /** The server asked for it with LOOP. */
  | { readonly kind: 'rebind'; readonly session: Session }
  /** The connection was lost; after `untilMs` the server will have forgotten the session. */
  | { readonly kind: 'recover'; readonly session: Session; readonly untilMs: number }

/** What we learned from failures; forgotten after a stable connection. */
export interface Retry {
  readonly attempt: number
  /** Why the credentials given last were refused: others have been asked for since. */
  readonly refusal: Cause | null
  readonly version: ProtocolVersion
  /** Of the present connection, or the next one. */
  readonly transport: Transport
  /** Subscriptions go with create_session, until a server refuses that. */
  readonly isCombining: boolean
}

export type SessionState =
  | { readonly kind: 'idle'; readonly retry: Retry }
  | { readonly kind: 'dialling'; readonly goal: Goal; readonly retry: Retry }
  /** Connected; the answer to create_session or bind_session is awaited. */
  | { readonly kind: 'handshaking'; readonly goal: Goal; readonly retry: Retry }
  /** Bound again after a loss; where the server takes up (PROG) is awaited. */
  | { readonly kind: 'recovering'; readonly session: Session; readonly untilMs: number; readonly retry: Retry }
  | {
      readonly kind: 'live'
      readonly session: Session
      readonly pulse: 'beating' | 'stalled'
      readonly sinceMs: number
      readonly retry: Retry
      /** `null` for a stream. */
      readonly poll: Poll | null
      /** The next LOOP leads to a connection of its own, and back to the best transport. */
      readonly isLeaving: boolean
    }
  | { readonly kind: 'waiting'; readonly goal: Goal; readonly cause: Cause; readonly retry: Retry }
  | { readonly kind: 'closed'; readonly cause: Cause }

export type SessionInput =
  | { readonly kind: 'start' }
  | { readonly kind: 'opened' }
  /** `isUpgradeRefused`: someone is there, but does not speak this version over WebSocket. */
  | { readonly kind: 'lost'; readonly cause: Cause; readonly isUpgradeRefused?: boolean }
  /** No answer to the dialling or to the handshake. */
  | { readonly kind: 'overdue' }
  /** Nothing came for longer than promised. */
  | { readonly kind: 'quiet' }
  /** Nothing came for so long that the connection counts as dead. */
  | { readonly kind: 'dead' }
  /** A line came after `quiet`. */
  | { readonly kind: 'heard' }
  /** The pause is over. */
  | { readonly kind: 'due' }
  /** The whole answer to a poll has come. */
  | { readonly kind: 'poll-over' }
  /** Another connection is wanted, by the best transport. */
  | { readonly kind: 'leave' }
  /** The credentials that a new session needs cannot be had. */
  | { readonly kind: 'no-credentials'; readonly cause: Cause }
  /** A data row came that the state does not allow, or a line that we cannot read. */
  | { readonly kind: 'nonsense'; readonly cause: Cause }
  /** The server said, about a request, that it does not know the session. */
  | { readonly kind: 'forgotten'; readonly cause: Cause }
  | {
      readonly kind: 'connected'
      readonly sessionId: string
      readonly requestLimit: number
      readonly keepaliveMs: number
      readonly controlLink: string | null
    }
  | { readonly kind: 'refused' | 'ended'; readonly code: number; readonly text: string }
  | { readonly kind: 'loop'; readonly afterMs: number }
  | { readonly kind: 'progress'; readonly count: number }
  | { readonly kind: 'stop' }

export type Effect =
  | { readonly kind: 'dial'; readonly url: string; readonly version: ProtocolVersion; readonly transport: Transport }
  /** Cut the connection and ignore whatever it still brings. */
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'create'; readonly isCombined: boolean }
  | { readonly kind: 'bind'; readonly session: Session; readonly isRecovery: boolean }
  /** The next poll, on the connection that there is. */
  | { readonly kind: 'poll'; readonly session: Session }
  /** The server is to send LOOP. */
  | { readonly kind: 'ask-to-rebind' }
  | { readonly kind: 'wait'; readonly untilMs: number }
  /** The credentials at hand were refused: others, before the next create. */
  | { readonly kind: 'refresh-credentials' }
  /** A session without subscriptions has begun: all of them again, and the count from zero. */
  | { readonly kind: 'subscribe-all' }
  /** The server no longer holds the session, or we gave it up: its subscriptions are over until the next one. */
  | { readonly kind: 'session-gone'; readonly cause: Cause }
  /** The session is live again: the subscriptions that it has go on. */
  | { readonly kind: 'tell-active' }
  /** Requests that were not answered before the connection went. */
  | { readonly kind: 'repeat-requests' }
  /** That many data notifications will come a second time. */
  | { readonly kind: 'skip'; readonly count: number }
  /** Destroy the session politely, then hang up. */
  | { readonly kind: 'say-goodbye' }
  | { readonly kind: 'tell'; readonly status: TlcpStatus }

/** What the machine needs to know at a step, apart from its input. */
export interface Now {
  readonly atMs: number
  /** In [0, 1), fresh for each step. */
  readonly random: number
  /** Data notifications of this session so far. */
  readonly received: number
  /** A result of `socketUrl`. */
  readonly serverUrl: string
  readonly transports: Transports
  /** How long we let the server hold an empty poll. */
  readonly pollIdleMs: number
  /** The version that was asked for. */
  readonly version: ProtocolVersion
}

export interface Step {
  readonly state: SessionState
  readonly effects: readonly Effect[]
}
