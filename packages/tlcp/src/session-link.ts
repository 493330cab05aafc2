import { Connection, type ConnectionEvents } from './connection.ts'
import type { DataCount } from './data-count.ts'
import { parameters } from './request.ts'
import type { Effect, Session, SessionInput } from './session-state.ts'
import type { TlcpOptions } from './tlcp-client.ts'
import type { Settings } from './tlcp-settings.ts'
import type { Trace } from './trace.ts'

export interface LinkPorts extends Omit<ConnectionEvents, 'opened' | 'closed' | 'pollOver'> {
  feed(input: SessionInput): void
  nextRequestId(): number
  /** What is to be asked for with a new session. */
  bandwidth(): number | 'unlimited' | null
  /** The subscriptions that are to be part of create_session; none, where that is not wanted. */
  combined(isWanted: boolean): readonly string[]
  /** The session is closed, and so is its connection. */
  left(): void
  isClosed(): boolean
}

/** Our choice. */
const GOODBYE_MS = 500

/** The present connection of a session, and what the session says over it. */
export class SessionLink {
  readonly #options: TlcpOptions
  readonly #settings: Settings
  readonly #count: DataCount
  readonly #ports: LinkPorts
  readonly #trace: Trace | undefined
  #connection: Connection | null = null
  #credentialsNeed: 'known' | 'fresh' = 'known'
  #goodbye: { cancel(): void } | null = null

  constructor(options: TlcpOptions, settings: Settings, count: DataCount, ports: LinkPorts, trace: Trace | undefined) {
    this.#options = options
    this.#settings = settings
    this.#count = count
    this.#ports = ports
    this.#trace = trace
  }

  /** `null` between two connections. */
  get present(): Connection | null {
    return this.#connection
  }

  dial(to: Effect & { kind: 'dial' }): void {
    const ports = this.#ports
    const events: ConnectionEvents = {
      opened: () => ports.feed({ kind: 'opened' }),
      heard: atMs => ports.heard(atMs),
      alive: atMs => ports.alive(atMs),
      pollOver: () => (ports.isClosed() ? this.hangUp() : ports.feed({ kind: 'poll-over' })),
      closed: (text, isUpgradeRefused) => this.#lost(text, isUpgradeRefused),
      isLive: () => ports.isLive(),
      row: (bytes, start, end, receivedAtMs) => ports.row(bytes, start, end, receivedAtMs),
      notification: notification => ports.notification(notification),
      nonsense: text => ports.nonsense(text),
    }
    this.#connection = new Connection(to, this.#options, this.#count, events, this.#trace)
  }

  /** Other credentials, for the next new session. */
  refreshCredentials(): void {
    this.#credentialsNeed = 'fresh'
  }

  /** @param isCombined with the subscriptions that there are. */
  async create(isCombined: boolean): Promise<void> {
    const connection = this.#connection
    if (connection === null) return
    const { credentials: ask } = this.#options
    this.#ports.combined(false)
    // Meanwhile the attempt may be over, or the server may have said that we are in.
    const isAwaited = () => this.#connection === connection && !this.#ports.isLive() && !this.#ports.isClosed()
    try {
      const credentials = (await ask?.(this.#credentialsNeed)) ?? null
      if (!isAwaited()) return
      if (credentials === null && ask !== undefined) {
        const cause = { code: 'credentials', text: 'there are no credentials that the server has not refused' } as const
        return this.#ports.feed({ kind: 'no-credentials', cause })
      }
      this.#credentialsNeed = 'known'
      const subscriptions = this.#ports.combined(isCombined)
      connection.create(this.#settings.wishes, credentials ?? {}, this.#ports.bandwidth(), subscriptions)
    } catch (error) {
      if (!isAwaited()) return
      const text = error instanceof Error ? error.message : 'the credentials could not be had'
      this.#ports.feed({ kind: 'lost', cause: { code: 'credentials', text } })
    }
  }

  bind(session: Session, isRecovery: boolean): void {
    const bind = isRecovery ? ({ kind: 'recover', from: this.#count.received } as const) : ({ kind: 'resume' } as const)
    this.#connection?.bind(this.#settings.wishes, session, bind)
  }

  poll(session: Session): void {
    this.#connection?.bind(this.#settings.wishes, session, { kind: 'poll' })
  }

  /** Destroys the session; a server that does not answer must not keep us. */
  sayGoodbye(session: Session): void {
    const { clock } = this.#options
    const line = { LS_reqId: this.#ports.nextRequestId(), LS_op: 'destroy', LS_close_socket: true }
    this.#connection?.request('control', [parameters(line)], session)
    this.#goodbye = clock.at(clock.monotonicMs() + GOODBYE_MS, () => this.hangUp())
  }

  hangUp(): void {
    this.#connection?.destroy()
    this.#connection = null
    if (this.#ports.isClosed()) this.#leave()
  }

  #lost(text: string, isUpgradeRefused: boolean): void {
    this.#connection = null
    if (this.#ports.isClosed()) return this.#leave()
    this.#ports.feed({ kind: 'lost', cause: { code: 'lost', text }, isUpgradeRefused })
  }

  #leave(): void {
    this.#goodbye?.cancel()
    this.#ports.left()
  }
}
