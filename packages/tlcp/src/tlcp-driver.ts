import { socketUrl } from './address.ts'
import { retryDelayMs } from './backoff.ts'
import { type LineSplitter, lineSplitter } from './line-splitter.ts'
import { isDataNotification, parseNotification } from './notification.ts'
import type { Socket } from './ports.ts'
import {
  bindSessionRequest,
  controlRequests,
  createSessionRequest,
  HEARTBEAT_REQUEST,
  parameters,
  type SessionWishes,
  WELCOME_REQUEST,
} from './request.ts'
import type { ProtocolVersion } from './session-codes.ts'
import { step } from './session-machine.ts'
import type { Effect, SessionInput, SessionState } from './session-state.ts'
import { SessionTimers } from './session-timers.ts'
import type { TlcpStatus } from './status.ts'
import { StatusBoard } from './status-board.ts'
import type { Subscription, SubscriptionListener, SubscriptionSpec } from './subscription.ts'
import { SubscriptionBook } from './subscription-book.ts'
import type { TlcpClient, TlcpOptions } from './tlcp-client.ts'
import { unreachable } from './unreachable.ts'

// All of these are our choice.
const KEEPALIVE_WISH_MS = 1_000
const INACTIVITY_WISH_MS = 5_000
const SILENCE_MS = 3_000
const GOODBYE_MS = 500

/** Feeds the session machine and does what it says. Decides nothing. */
export class TlcpDriver implements TlcpClient {
  readonly #options: TlcpOptions
  readonly #serverUrl: string
  readonly #wishes: SessionWishes
  readonly #book: SubscriptionBook
  readonly #board = new StatusBoard(throwOutside)
  #state: SessionState
  #socket: Socket | null = null
  #lines: LineSplitter = lineSplitter()
  #credentialsNeed: 'known' | 'fresh' = 'known'
  /** Data notifications of this session so far; what recovery counts. */
  #received = 0
  /** Data notifications that the server is about to repeat. */
  #skip = 0
  readonly #timers: SessionTimers
  /** Timers of pauses: until the next attempt, and until subscriptions may be asked for again. */
  readonly #pauses = new Set<{ cancel(): void }>()
  #goodbye: { cancel(): void } | null = null
  #closed: Promise<void> | null = null
  #onGone: () => void = () => {}

  constructor(options: TlcpOptions) {
    this.#options = options
    this.#serverUrl = socketUrl(options.server)
    this.#wishes = {
      adapterSet: options.adapterSet ?? null,
      keepaliveMs: KEEPALIVE_WISH_MS,
      inactivityMs: INACTIVITY_WISH_MS,
    }
    this.#book = new SubscriptionBook({
      send: lines => this.#sendControls(lines),
      isLive: () => this.#state.kind === 'live',
      later: (attempt, run) => this.#pause(retryDelayMs(attempt, options.random.next()), run),
      warn: text => options.onWarning?.(text),
      report: throwOutside,
    })
    this.#timers = new SessionTimers(options.clock, options.silenceMs ?? SILENCE_MS, {
      overdue: () => this.#feed({ kind: 'overdue' }),
      quiet: () => this.#feed({ kind: 'quiet' }),
      dead: () => this.#feed({ kind: 'dead' }),
      beat: () => this.#socket?.send(HEARTBEAT_REQUEST),
    })
    const version = options.version ?? '2.4.0'
    this.#state = { kind: 'idle', retry: { attempt: 0, refusal: null, version } }
    this.#feed({ kind: 'start' })
  }

  get status(): TlcpStatus {
    return this.#board.status
  }

  subscribe(spec: SubscriptionSpec, listener: SubscriptionListener): Subscription {
    return this.#book.add(spec, listener)
  }

  onStatus(listener: (status: TlcpStatus) => void): () => void {
    return this.#board.onStatus(listener)
  }

  close(): Promise<void> {
    this.#closed ??= new Promise(resolve => {
      this.#onGone = resolve
      this.#feed({ kind: 'stop' })
      if (this.#socket === null) resolve()
    })
    return this.#closed
  }

  #feed(input: SessionInput): void {
    if (this.#state.kind === 'closed') return
    const { clock, random } = this.#options
    const now = {
      atMs: clock.monotonicMs(),
      random: random.next(),
      received: this.#received,
      serverUrl: this.#serverUrl,
    }
    const { state, effects } = step(this.#state, input, now)
    this.#state = state
    this.#timers.follow(state)
    for (const effect of effects) {
      // A listener told of a status may have closed us: the rest of the effects is then out of date.
      if (this.#state !== state) return
      this.#perform(effect)
    }
    if (state.kind === 'closed') this.#forget()
  }

  #perform(effect: Effect): void {
    const { clock } = this.#options
    switch (effect.kind) {
      case 'dial':
        return this.#dial(effect.url, effect.version)
      case 'hang-up':
        return this.#hangUp()
      case 'create':
        return void this.#create()
      case 'bind': {
        const from = effect.isRecovery ? this.#received : null
        this.#socket?.send(WELCOME_REQUEST)
        this.#socket?.send(bindSessionRequest(this.#wishes, effect.session, from))
        return
      }
      case 'wait':
        return this.#pause(effect.untilMs - clock.monotonicMs(), () => this.#feed({ kind: 'due' }))
      case 'refresh-credentials':
        this.#credentialsNeed = 'fresh'
        return
      case 'subscribe-all':
        this.#received = 0
        this.#skip = 0
        return this.#book.subscribeAll()
      case 'session-gone':
        return this.#book.sessionGone(effect.cause.text)
      case 'tell-active':
        return this.#book.tellActive()
      case 'repeat-requests':
        return this.#book.repeatRequests()
      case 'skip':
        this.#skip = effect.count
        return
      case 'say-goodbye':
        return this.#sayGoodbye()
      case 'tell':
        return this.#board.tell(effect.status)
      default:
        return unreachable(effect)
    }
  }

  #dial(url: string, version: ProtocolVersion): void {
    this.#lines = lineSplitter()
    // Everything that a given-up connection still brings is ignored: it is no longer `this.#socket`.
    const socket: Socket = this.#options.dial(url, `TLCP-${version}.lightstreamer.com`, {
      opened: () => this.#socket === socket && this.#feed({ kind: 'opened' }),
      text: chunk => this.#socket === socket && this.#chunk(chunk),
      closed: text => this.#socket === socket && this.#gone(text),
    })
    this.#socket = socket
  }

  #gone(text: string): void {
    this.#socket = null
    if (this.#state.kind === 'closed') return this.#leave()
    this.#feed({ kind: 'lost', cause: { code: 'lost', text } })
  }

  #hangUp(): void {
    const socket = this.#socket
    this.#socket = null
    socket?.destroy()
    if (this.#state.kind === 'closed') this.#leave()
  }

  #leave(): void {
    this.#goodbye?.cancel()
    this.#onGone()
  }

  async #create(): Promise<void> {
    const socket = this.#socket
    try {
      const credentials = (await this.#options.credentials?.(this.#credentialsNeed)) ?? null
      if (this.#socket !== socket || this.#state.kind !== 'handshaking') return
      if (credentials === null && this.#options.credentials !== undefined) {
        const cause = { code: 'credentials', text: 'there are no credentials that the server has not refused' } as const
        return this.#feed({ kind: 'no-credentials', cause })
      }
      this.#credentialsNeed = 'known'
      socket?.send(WELCOME_REQUEST)
      socket?.send(createSessionRequest(this.#wishes, credentials ?? {}))
    } catch (error) {
      if (this.#socket !== socket || this.#state.kind !== 'handshaking') return
      const text = error instanceof Error ? error.message : 'the credentials could not be had'
      this.#feed({ kind: 'lost', cause: { code: 'credentials', text } })
    }
  }

  #chunk(chunk: string): void {
    const receivedAtMs = this.#options.clock.monotonicMs()
    this.#timers.heard(receivedAtMs)
    const socket = this.#socket
    if (this.#state.kind === 'live' && this.#state.pulse === 'stalled') this.#feed({ kind: 'heard' })
    try {
      this.#lines.push(chunk, line => {
        // A line may have ended this connection: the rest of the chunk belongs to nobody.
        if (this.#socket === socket) this.#line(line, receivedAtMs)
      })
    } catch (error) {
      this.#nonsense(error instanceof Error ? error.message : 'a line without end')
    }
  }

  #line(line: string, receivedAtMs: number): void {
    if (isRow(line) || isDataNotification(line)) {
      if (this.#state.kind !== 'live') {
        if (this.#state.kind !== 'closed') this.#nonsense('data came before the session was bound')
        return
      }
      if (this.#skip > 0) {
        this.#skip--
        return
      }
      this.#received++
      if (isRow(line)) return this.#book.row(line, receivedAtMs)
    }
    const notification = parseNotification(line)
    switch (notification.kind) {
      case 'connected':
      case 'refused':
      case 'loop':
      case 'progress':
        return this.#feed(notification)
      case 'ended':
        // The answer to our goodbye.
        if (this.#state.kind === 'closed') return this.#socket?.close()
        return this.#feed(notification)
      case 'request-unreadable':
        return this.#nonsense(`the server could not read a request: ${notification.text} (${notification.code})`)
      case 'malformed':
        return this.#options.onWarning?.(`a line that cannot be read: ${notification.line}`)
      case 'request-refused':
        if (notification.code === SESSION_NOT_FOUND) {
          return this.#feed({ kind: 'forgotten', cause: { code: notification.code, text: notification.text } })
        }
        return this.#book.handle(notification)
      default:
        return this.#book.handle(notification)
    }
  }

  #nonsense(text: string): void {
    this.#feed({ kind: 'nonsense', cause: { code: 'protocol', text } })
  }

  #sendControls(lines: readonly string[]): void {
    const limit = this.#state.kind === 'live' ? this.#state.session.requestLimit : Number.POSITIVE_INFINITY
    for (const message of controlRequests(lines, limit)) this.#socket?.send(message)
  }

  #sayGoodbye(): void {
    const line = parameters({ LS_reqId: this.#book.nextRequestId(), LS_op: 'destroy', LS_close_socket: true })
    this.#sendControls([line])
    // A server that does not answer must not keep us.
    this.#goodbye = this.#options.clock.at(this.#options.clock.monotonicMs() + GOODBYE_MS, () => this.#hangUp())
  }

  #pause(delayMs: number, run: () => void): void {
    const { clock } = this.#options
    const timer = clock.at(clock.monotonicMs() + delayMs, () => {
      this.#pauses.delete(timer)
      run()
    })
    this.#pauses.add(timer)
  }

  #forget(): void {
    for (const timer of this.#pauses) timer.cancel()
    this.#pauses.clear()
    this.#book.clear()
  }
}

/** TLCP specification, "Request error codes". */
const SESSION_NOT_FOUND = 20

/** Loud, but outside of our own work: a listener's fault must neither be lost nor cost the session. */
function throwOutside(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}

function isRow(line: string): boolean {
  return line.charCodeAt(0) === 0x55 /* U */ && line.charCodeAt(1) === 0x2c
}
