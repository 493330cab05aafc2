import { socketUrl } from './address.ts'
import { retryDelayMs } from './backoff.ts'
import { Bandwidth } from './bandwidth.ts'
import { Connection } from './connection.ts'
import { DataCount } from './data-count.ts'
import { MessageBoard, type MessageOptions, type MessageOutcome } from './message-board.ts'
import { NotificationDesk } from './notification-desk.ts'
import { parameters } from './request.ts'
import { DEFAULT_QUEUE, QueuedRowStream, type RowStream } from './row-stream.ts'
import { step } from './session-machine.ts'
import type { Effect, Session, SessionInput, SessionState } from './session-state.ts'
import { SessionTimers } from './session-timers.ts'
import type { TlcpStatus } from './status.ts'
import { StatusBoard } from './status-board.ts'
import type { Row, SubscriptionListener, SubscriptionSpec, TlcpSubscription } from './subscription.ts'
import { SubscriptionBook } from './subscription-book.ts'
import { checkSpec } from './subscription-spec.ts'
import { guarded, throwOutside } from './throw-outside.ts'
import type { RowStreamOptions, SessionView, Tlcp, TlcpOptions } from './tlcp-client.ts'
import { readOptions, type Settings } from './tlcp-settings.ts'
import { unreachable } from './unreachable.ts'

/** Our choice. */
const GOODBYE_MS = 500

/** For the session's name, its framing and its line ends; our choice, and generous. */
const REQUEST_OVERHEAD_BYTES = 200
/** Feeds the session machine and does what it says. Decides nothing. */
export class TlcpDriver implements Tlcp {
  readonly #options: TlcpOptions
  readonly #settings: Settings
  readonly #serverUrl: string
  readonly #book: SubscriptionBook
  readonly #messages: MessageBoard
  readonly #bandwidth: Bandwidth
  readonly #desk: NotificationDesk
  readonly #board = new StatusBoard(throwOutside)
  readonly #timers: SessionTimers
  /** Timers of pauses: until the next attempt, and until subscriptions may be asked for again. */
  readonly #pauses = new Set<{ cancel(): void }>()
  readonly #count = new DataCount()
  #state: SessionState
  /** The present connection. */
  #link: Connection | null = null
  /** The last one that was live. */
  #session: Session | null = null
  #credentialsNeed: 'known' | 'fresh' = 'known'
  #goodbye: { cancel(): void } | null = null
  #closed: Promise<void> | null = null
  #onGone: () => void = () => {}

  constructor(options: TlcpOptions) {
    this.#options = options
    this.#settings = readOptions(options)
    this.#serverUrl = socketUrl(options.server)
    const warn = (text: string): void => guarded(() => options.onWarning?.(text))
    const requests = {
      nextRequestId: (): number => this.#book.nextRequestId(),
      isLive: () => this.#state.kind === 'live',
      takes: (bytes: number) =>
        bytes + REQUEST_OVERHEAD_BYTES <= (this.#session?.requestLimit ?? Number.POSITIVE_INFINITY),
    }
    this.#book = new SubscriptionBook({
      ...requests,
      send: lines => this.#send('control', lines),
      later: (attempt, run) => this.#pause(retryDelayMs(attempt, options.random.next()), run),
      warn,
      report: throwOutside,
    })
    this.#messages = new MessageBoard({ ...requests, send: lines => this.#send('msg', lines) })
    this.#bandwidth = new Bandwidth(options.maxBandwidthKbps ?? null, {
      ...requests,
      send: lines => this.#send('control', lines),
    })
    this.#desk = new NotificationDesk({
      book: this.#book,
      messages: this.#messages,
      bandwidth: this.#bandwidth,
      isControlLinkIgnored: options.isControlLinkIgnored ?? false,
      feed: input => this.#feed(input),
      saidGoodbye: () => this.#link?.close(),
      isClosed: () => this.#state.kind === 'closed',
      warn,
    })
    this.#timers = new SessionTimers(options.clock, this.#settings.patience, {
      overdue: () => this.#feed({ kind: 'overdue' }),
      quiet: () => this.#feed({ kind: 'quiet' }),
      dead: () => this.#feed({ kind: 'dead' }),
      beat: () => this.#session === null || this.#link?.beat(this.#session),
      ping: () => this.#link?.ping(),
    })
    const { version, transports } = this.#settings
    const transport = transports === 'http' ? 'http' : 'websocket'
    this.#state = { kind: 'idle', retry: { attempt: 0, refusal: null, version, transport } }
    this.#feed({ kind: 'start' })
  }

  get status(): TlcpStatus {
    return this.#board.status
  }

  get session(): SessionView | null {
    if (this.#state.kind !== 'live' || this.#link === null) return null
    const { transport, version } = this.#link
    const { keepaliveMs, requestLimit } = this.#state.session
    const { serverName, clientAddress } = this.#desk
    const bandwidth = this.#bandwidth.real
    return { transport, version, keepaliveMs, requestLimit, serverName, clientAddress, bandwidth }
  }

  get worstLatenessMs(): number {
    return this.#timers.worstLatenessMs
  }

  subscribe(spec: SubscriptionSpec, listener: SubscriptionListener<Row>): TlcpSubscription {
    checkSpec(spec)
    return this.#book.add(spec, listener)
  }

  rows(spec: SubscriptionSpec, { queue = DEFAULT_QUEUE }: RowStreamOptions = {}): RowStream {
    checkSpec(spec)
    if (!Number.isSafeInteger(queue) || queue < 1) {
      throw new RangeError(`expected the queue to be a positive whole number, but got ${queue}`)
    }
    const stream = new QueuedRowStream(spec, queue, () => subscription.close())
    const subscription = this.#book.add(spec, stream.listener)
    return stream
  }

  send(text: string, options?: MessageOptions): Promise<MessageOutcome> {
    return this.#messages.send(text, options)
  }

  limitBandwidth(kbps: number | 'unlimited'): void {
    this.#bandwidth.limit(kbps)
  }

  rebind(): void {
    if (this.#state.kind !== 'live') return
    this.#send('control', [parameters({ LS_reqId: this.#book.nextRequestId(), LS_op: 'force_rebind' })])
  }

  onStatus(listener: (status: TlcpStatus) => void): () => void {
    return this.#board.onStatus(listener)
  }

  close(): Promise<void> {
    this.#closed ??= new Promise(resolve => {
      this.#onGone = resolve
      this.#feed({ kind: 'stop' })
      if (this.#link === null) resolve()
    })
    return this.#closed
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #feed(input: SessionInput): void {
    if (this.#state.kind === 'closed') return
    const { clock, random } = this.#options
    const { transports, version } = this.#settings
    const { state, effects } = step(this.#state, input, {
      atMs: clock.monotonicMs(),
      random: random.next(),
      received: this.#count.received,
      serverUrl: this.#serverUrl,
      transports,
      version,
    })
    this.#state = state
    if (state.kind === 'live') this.#session = state.session
    this.#timers.follow(state)
    for (const effect of effects) {
      // A listener told of a status may have closed us: the rest of the effects is then out of date.
      if (this.#state !== state) return
      this.#perform(effect)
    }
    if (state.kind === 'closed') this.#forget()
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case 'dial':
        return this.#dial(effect)
      case 'hang-up':
        return this.#hangUp()
      case 'create':
        return void this.#create()
      case 'bind':
        return this.#link?.bind(this.#settings.wishes, effect.session, effect.isRecovery ? this.#count.received : null)
      case 'wait':
        return this.#pause(effect.untilMs - this.#options.clock.monotonicMs(), () => this.#feed({ kind: 'due' }))
      case 'refresh-credentials':
        this.#credentialsNeed = 'fresh'
        return
      case 'subscribe-all':
        this.#count.restart()
        return this.#book.subscribeAll()
      case 'session-gone':
        this.#messages.sessionGone(effect.cause.text)
        return this.#book.sessionGone(effect.cause.text)
      case 'tell-active':
        return this.#book.tellActive()
      case 'repeat-requests':
        this.#bandwidth.repeat()
        this.#messages.repeatRequests()
        return this.#book.repeatRequests()
      case 'skip':
        return this.#count.expectRepeated(effect.count)
      case 'say-goodbye':
        return this.#sayGoodbye()
      case 'tell':
        return this.#board.tell(effect.status)
      default:
        return unreachable(effect)
    }
  }

  #dial(to: Effect & { kind: 'dial' }): void {
    this.#link = new Connection(to, this.#options, this.#count, {
      opened: () => this.#feed({ kind: 'opened' }),
      heard: atMs => this.#heard(atMs),
      alive: atMs => this.#timers.answered(atMs),
      closed: (text, isUpgradeRefused) => this.#gone(text, isUpgradeRefused),
      isLive: () => this.#state.kind === 'live',
      row: (bytes, start, end, receivedAtMs) => this.#book.row(bytes, start, end, receivedAtMs),
      notification: notification => this.#desk.handle(notification),
      nonsense: text => this.#desk.nonsense(text),
    })
  }

  #heard(atMs: number): void {
    this.#timers.heard(atMs)
    if (this.#state.kind === 'live' && this.#state.pulse === 'stalled') this.#feed({ kind: 'heard' })
  }

  #gone(text: string, isUpgradeRefused: boolean): void {
    this.#link = null
    if (this.#state.kind === 'closed') return this.#leave()
    this.#feed({ kind: 'lost', cause: { code: 'lost', text }, isUpgradeRefused })
  }

  #hangUp(): void {
    this.#link?.destroy()
    this.#link = null
    if (this.#state.kind === 'closed') this.#leave()
  }

  #leave(): void {
    this.#goodbye?.cancel()
    this.#onGone()
  }

  async #create(): Promise<void> {
    const link = this.#link
    if (link === null) return
    try {
      const credentials = (await this.#options.credentials?.(this.#credentialsNeed)) ?? null
      if (this.#link !== link || this.#state.kind !== 'handshaking') return
      if (credentials === null && this.#options.credentials !== undefined) {
        const cause = { code: 'credentials', text: 'there are no credentials that the server has not refused' } as const
        return this.#feed({ kind: 'no-credentials', cause })
      }
      this.#credentialsNeed = 'known'
      link.create(this.#settings.wishes, credentials ?? {}, this.#bandwidth.forCreate())
    } catch (error) {
      if (this.#link !== link || this.#state.kind !== 'handshaking') return
      const text = error instanceof Error ? error.message : 'the credentials could not be had'
      this.#feed({ kind: 'lost', cause: { code: 'credentials', text } })
    }
  }

  #send(name: 'control' | 'msg', lines: readonly string[]): void {
    if (lines.length > 0 && this.#session !== null) this.#link?.request(name, lines, this.#session)
  }

  #sayGoodbye(): void {
    const line = { LS_reqId: this.#book.nextRequestId(), LS_op: 'destroy', LS_close_socket: true }
    this.#send('control', [parameters(line)])
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
    this.#messages.sessionGone('closed')
    this.#book.clear()
  }
}
