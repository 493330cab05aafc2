import type { Clock, Dial, Random } from './ports.ts'
import type { Credentials } from './request.ts'
import type { ProtocolVersion } from './session-codes.ts'
import type { TlcpStatus } from './status.ts'
import type { Subscription, SubscriptionListener, SubscriptionSpec } from './subscription.ts'
import { TlcpDriver } from './tlcp-driver.ts'

/** Connects at once, and stays connected until closed. */
export function openTlcp(options: TlcpOptions): TlcpClient {
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
  readonly dial: Dial
  /** TLCP-2.4.0 unless told: brokers still run servers that refuse 2.5.0, and it has nothing that we need. */
  readonly version?: ProtocolVersion
  /** A connection that says nothing for this long is dead; 3 000 ms unless told, and never under the server's keepalive + 2 s. */
  readonly silenceMs?: number
  /** Told about oddities that cost nothing. */
  onWarning?(text: string): void
}

export interface TlcpClient {
  readonly status: TlcpStatus
  subscribe(spec: SubscriptionSpec, listener: SubscriptionListener): Subscription
  /** Calls at once with the present status, then at every change, until the function that it returns is called. */
  onStatus(listener: (status: TlcpStatus) => void): () => void
  /** Ends the session and the connection. Resolves when nothing of it is left. */
  close(): Promise<void>
}
