import type { MessageOptions, MessageOutcome } from './message-board.ts'
import type { Clock, Dial, Random } from './ports.ts'
import type { Credentials } from './request.ts'
import type { RowStream } from './row-stream.ts'
import type { ProtocolVersion } from './session-codes.ts'
import type { TlcpStatus } from './status.ts'
import type { Row, Subscription, SubscriptionListener, SubscriptionSpec, TlcpSubscription } from './subscription.ts'
import { TlcpDriver } from './tlcp-driver.ts'
import type { Trace } from './trace.ts'
import type { Transport, TransportChoice } from './transport.ts'

/**
 * Connects at once, and stays connected until closed.
 * @throws {RangeError} for options that contradict each other.
 */
export function openTlcp(options: TlcpOptions): Tlcp {
  return new TlcpDriver(options)
}

export interface TlcpOptions {
  /** With or without scheme (then TLS), closing slash and `/lightstreamer`. */
  readonly server: string
  /**
   * Who we are, asked for at each new session. `fresh`: those given last were refused. `null`: there are no others, give up.
   * A rejection is a failure like any other: tried again after a pause.
   */
  credentials?(need: 'known' | 'fresh'): Promise<Credentials | null>
  readonly adapterSet?: string
  readonly clock: Clock
  readonly random: Random
  /** Opens WebSockets. */
  readonly dial: Dial
  /** Goes by HTTP, for where a WebSocket cannot be had; without it there is no fallback. */
  readonly dialHttp?: Dial
  /** `auto`, unless told. */
  readonly transport?: TransportChoice
  /** TLCP-2.4.0 unless told: servers that refuse 2.5.0 still run, and it has nothing but responses to messages. */
  readonly version?: ProtocolVersion
  /**
   * A connection that says nothing for this long is dead; 3 000 ms unless told. Where pings are not answered it is never
   * under the keepalive that the server insists on, and two thirds of this.
   */
  readonly silenceMs?: number
  /** An attempt that has no session after this long has failed; 4 000 ms unless told. */
  readonly connectTimeoutMs?: number
  /** Where polls are: how long the server may hold one that has nothing to bring; a third of `silenceMs` unless told, 30 s at most. */
  readonly pollIdleMs?: number
  /** Where polls are: the pause between two of them; none unless told, 30 s at most. */
  readonly pollPauseMs?: number
  /**
   * Subscriptions that there are when a session is asked for are part of that request: their rows come a round trip sooner. It is
   * all or nothing: a server that refuses one of them refuses the session, which is then asked for alone, from there on. Off
   * unless told.
   */
  readonly combinesRequests?: boolean
  /** See `Tlcp.limitBandwidth`. */
  readonly maxBandwidthKbps?: number | 'unlimited'
  /** Stay at the server's address, even if it names another for the rest of the session. */
  readonly isControlLinkIgnored?: boolean
  /** Told about oddities that cost nothing. */
  onWarning?(text: string): void
  /** Told what goes on, line by line. Costs nothing where it is absent. */
  readonly trace?: Trace
}

/** What most readers of a stream need. */
export interface TlcpClient {
  readonly status: TlcpStatus
  subscribe(spec: SubscriptionSpec, listener: SubscriptionListener): Subscription
  /** Calls at once with the present status, then at every change, until the function that it returns is called. */
  onStatus(listener: (status: TlcpStatus) => void): () => void
  /** Ends the session and the connection. Resolves when nothing of it is left. */
  close(): Promise<void>
}

/** All that the protocol can do. */
export interface Tlcp extends TlcpClient, AsyncDisposable {
  /**
   * Rows are told in the call that brings them: a listener that takes its time holds up the socket, and through it the server.
   * @throws {RangeError} for a specification that no server could understand.
   */
  subscribe(spec: SubscriptionSpec, listener: SubscriptionListener<Row>): TlcpSubscription
  /**
   * The same for `for await`. A reader may take its time: in MERGE and COMMAND rows are merged meanwhile, in DISTINCT and RAW
   * a queue drops its oldest, and says so.
   * @throws {RangeError} as `subscribe`, and for a queue that is no positive whole number.
   */
  rows(spec: SubscriptionSpec, options?: RowStreamOptions): RowStream
  /**
   * A message to the server's adapter. Sent once, or not at all; the outcome never rejects.
   * @throws {RangeError} for a sequence or a wait that the protocol does not allow.
   */
  send(text: string, options?: MessageOptions): Promise<MessageOutcome>
  /**
   * Limits what the server sends, in kbps, now and in sessions to come. A server that does not let itself be limited is not asked.
   * @throws {RangeError} for a limit that is no positive plain number.
   */
  limitBandwidth(kbps: number | 'unlimited'): void
  /** Asks the server for a new connection of the same session (LOOP), by the best transport; nothing is lost. */
  rebind(): void
  /** The present session; `null` when there is none. */
  readonly session: SessionView | null
  /** How late our own timers were at worst, in milliseconds: for so long this program did not look at its sockets. */
  readonly worstLatenessMs: number
}

export interface RowStreamOptions {
  /** Events that may wait for their reader; 1 024 unless told. */
  readonly queue?: number
}

/** What is known of a session. Its id is not here: who has it can take the session over. */
export interface SessionView {
  readonly transport: Transport
  readonly version: ProtocolVersion
  /** The server says something at least this often. */
  readonly keepaliveMs: number
  /** Bytes in one request message. */
  readonly requestLimit: number
  readonly serverName: string | null
  /** Our address, as the server sees it. */
  readonly clientAddress: string | null
  /** In kbps; `unmanaged`: it cannot be limited. */
  readonly bandwidth: number | 'unlimited' | 'unmanaged' | null
}
