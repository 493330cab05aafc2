import type { Row, Subscription, SubscriptionListener, SubscriptionSpec, Tlcp } from '@scalpdesk/tlcp'
import type { AccountId } from '../ids.ts'
import type { StreamStatus } from '../live-stream.ts'
import type { Clock } from '../ports.ts'
import type { StreamGap } from '../stream-gap.ts'
import { StatusTeller } from './status-teller.ts'
import { StreamLimitError } from './stream-limit-error.ts'
import { type Wanted, Wire } from './wire.ts'

/** What this package needs of a connection to a Lightstreamer server. */
export interface StreamClient extends Pick<Tlcp, 'status' | 'onStatus' | 'close'> {
  subscribe(spec: SubscriptionSpec, listener: SubscriptionListener<Row>): Subscription
}

export interface StreamPorts {
  /** Makes the connection; called at the first subscription, and at the first after the account was switched. */
  open(): StreamClient
  /** The account acted on now. */
  account(): AccountId
  /** Where the streams are, as the session says now. */
  server(): string
  readonly clock: Clock
}

export interface WireSubscription {
  readonly isRefused: boolean
  /** Asks once more for what was refused. @throws {StreamLimitError} */
  again(): void
  close(): void
}

/** Our choice. A login is renewed for a stream that is refused: where that is in vain, less and less often. */
const FIRST_PAUSE_MS = 60_000
const LONGEST_PAUSE_MS = 3_600_000

/** IG Labs, Streaming API guide and FAQ, "Limits": unless `GET /operations/application` says otherwise. */
const PUBLISHED_LIMIT = 40

/**
 * The one connection that IG allows, opened when it is needed, with its subscriptions and their limit. Begins again, with all of
 * them, for another account, and for a renewed session where the one before is of no use any more.
 */
export class StreamConnection {
  readonly #ports: StreamPorts
  readonly #wires = new Set<Wire>()
  readonly #endings = new Set<Promise<void>>()
  readonly #teller = new StatusTeller()
  #client: StreamClient | null = null
  #server = ''
  #isClosed = false
  /** Renewed logins that brought no session. */
  #fruitless = 0
  #pause: { cancel(): void } | null = null
  /** Sessions so far. */
  session = 0
  limit = PUBLISHED_LIMIT

  constructor(ports: StreamPorts) {
    this.#ports = ports
  }

  get status(): StreamStatus {
    if (this.#client !== null) return this.#client.status
    return this.#isClosed ? CLOSED : CONNECTING
  }

  /** Subscriptions that the server has, or will be asked for. */
  get open(): number {
    return this.#open().length
  }

  nowMs(): number {
    return this.#ports.clock.monotonicMs()
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** @throws {StreamLimitError} where there is no room for all of these. */
  checkRoom(names: readonly string[]): void {
    const open = this.#open()
    if (names.length === 0 || open.length + names.length <= this.limit) return
    throw new StreamLimitError(
      names,
      open.map(wire => wire.wanted.name),
      this.limit,
    )
  }

  /** @throws {StreamLimitError} */
  subscribe(wanted: Wanted): WireSubscription {
    this.checkRoom([wanted.name])
    const wire = new Wire(wanted)
    this.#begin(wire, this.#connected())
    // Only now: what could not be begun takes no room.
    this.#wires.add(wire)
    return {
      get isRefused() {
        return wire.isRefused
      },
      again: () => {
        this.checkRoom([wanted.name])
        if (this.#wires.has(wire)) this.#begin(wire, this.#connected())
      },
      close: () => {
        this.#wires.delete(wire)
        wire.end()
      },
    }
  }

  onStatus(listener: (status: StreamStatus) => void): () => void {
    return this.#teller.add(listener, this.status)
  }

  /** Another account is acted on: the session of the one before ends, and every subscription begins again on the new one. */
  switchAccount(): void {
    this.#beginAgain({ kind: 'switched', text: 'another account is acted on', missed: null })
  }

  /**
   * The login has a new session: a stream that is closed for good, or at another server than the session names, begins again. Of one
   * that is up only what IG denied is asked for once more.
   */
  sessionRenewed(): void {
    if (this.#client === null) return
    const isAtHome = this.#server === this.#ports.server()
    const isOver = this.#client.status.kind === 'closed'
    if (isAtHome && !isOver) return this.#askAgain(wire => wire.isDenied)
    const again = (): void => this.#beginAgain({ kind: 'lost', text: 'the session was renewed', missed: null })
    // The first login that is new may be all that was wanting.
    if (!isOver || this.#fruitless++ === 0) return again()
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#fruitless - 2))
    this.#pause?.cancel()
    this.#pause = this.#ports.clock.at(this.#ports.clock.monotonicMs() + pauseMs, again)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#pause?.cancel()
    if (this.#client === null) this.#teller.tell(CLOSED)
    for (const wire of this.#wires) wire.isLeft = true
    await Promise.all([this.#client?.close(), ...this.#endings])
  }

  #beginAgain(gap: StreamGap): void {
    const before = this.#client
    if (before === null || this.#isClosed) return
    this.#pause?.cancel()
    // What it says from now on is of no interest.
    this.#client = null
    // Nothing of the session before is told as if it were of the next.
    for (const wire of this.#wires) wire.end()
    const ending = before.close()
    this.#endings.add(ending)
    void ending.finally(() => this.#endings.delete(ending))
    for (const wire of [...this.#wires]) wire.wanted.gap(gap)
    // Who hears of it may close everything, or begin something new.
    if (this.#isClosed) return
    if (this.#wires.size === 0) return this.#teller.tell(CONNECTING)
    const client = this.#connected()
    for (const wire of this.#open()) if (wire.subscription === null) this.#begin(wire, client)
    // What was refused takes no room from the rest.
    this.#askAgain(() => true)
  }

  #askAgain(isWorthIt: (wire: Wire) => boolean): void {
    for (const wire of [...this.#wires]) {
      if (!wire.isRefused || !isWorthIt(wire)) continue
      if (this.open < this.limit) this.#begin(wire, this.#connected())
      else if (wire.subscription === null) wire.wanted.gap(NO_ROOM)
    }
  }

  #begin(wire: Wire, client: StreamClient): void {
    wire.isRefused = false
    wire.isDenied = false
    wire.subscription = client.subscribe(wire.wanted.spec(this.#ports.account()), wire.listener())
    if (client.status.kind === 'closed') queueMicrotask(() => this.#tellOver(wire, client))
  }

  /** A stream that is closed for good tells nothing more by itself. */
  #tellOver(wire: Wire, client: StreamClient): void {
    if (this.#wires.has(wire) && this.#client === client && !this.#isClosed) wire.wanted.gap(OVER)
  }

  #connected(): StreamClient {
    if (this.#client !== null) return this.#client
    const client = this.#ports.open()
    this.#client = client
    this.#server = this.#ports.server()
    client.onStatus(status => {
      if (this.#client !== client) return
      // Before anybody else hears of it, and before the first row of a session.
      this.#count(status)
      this.#teller.tell(status)
    })
    return client
  }

  #count(status: StreamStatus): void {
    if (status.kind === 'live') this.#fruitless = 0
    if (status.kind === 'live' && (status.continuity === 'new' || status.continuity === 'replaced')) this.session++
  }

  #open(): readonly Wire[] {
    return [...this.#wires].filter(wire => !wire.isRefused)
  }
}

const NO_ROOM: StreamGap = { kind: 'refused', text: 'no room among the subscriptions that IG allows', missed: null }
const OVER: StreamGap = { kind: 'closed', text: 'the stream was closed for good', missed: null }
const CONNECTING: StreamStatus = { kind: 'connecting' }
const CLOSED: StreamStatus = { kind: 'closed', cause: { code: 'asked', text: 'closed by this program' } }
