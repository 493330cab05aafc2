import { socketUrl } from './address.ts'
import { retryDelayMs } from './backoff.ts'
import { Bandwidth } from './bandwidth.ts'
import { DataCount } from './data-count.ts'
import { MessageBoard, type MessageOptions, type MessageOutcome } from './message-board.ts'
import { NotificationDesk } from './notification-desk.ts'
import { Pauses } from './pauses.ts'
import { parameters } from './request.ts'
import { DEFAULT_QUEUE, QueuedRowStream, type RowStream } from './row-stream.ts'
import { SessionLink } from './session-link.ts'
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
import type { Trace, TraceEvent } from './trace.ts'
import { TransportScout } from './transport-scout.ts'
import { unreachable } from './unreachable.ts'

/** For the session's name, its framing and its line ends; our choice, and generous. */
const REQUEST_OVERHEAD_BYTES = 200

/** Feeds the session machine and does what it says. Decides nothing. */
export class TlcpDriver implements Tlcp {
  readonly #options: TlcpOptions
  readonly #settings: Settings
  readonly #serverUrl: string
  readonly #trace: Trace | undefined
  readonly #book: SubscriptionBook
  readonly #messages: MessageBoard
  readonly #bandwidth: Bandwidth
  readonly #desk: NotificationDesk
  readonly #board = new StatusBoard(throwOutside)
  readonly #link: SessionLink
  readonly #timers: SessionTimers
  readonly #scout: TransportScout
  /** Until the next attempt or poll, and until subscriptions may be asked for again. */
  readonly #pauses: Pauses
  #wait: { cancel(): void } | null = null
  readonly #count = new DataCount()
  #state: SessionState
  /** The last one that was live. */
  #session: Session | null = null
  #closed: Promise<void> | null = null
  #onGone: () => void = () => {}

  constructor(options: TlcpOptions) {
    const { clock, random, trace } = options
    this.#options = options
    this.#settings = readOptions(options)
    this.#serverUrl = socketUrl(options.server)
    this.#trace = trace === undefined ? undefined : (event: TraceEvent) => guarded(() => trace(event))
    this.#pauses = new Pauses(clock)
    const warn = (text: string): void => guarded(() => options.onWarning?.(text))
    const send = (lines: readonly string[]): void => this.#send('control', lines)
    const requests = {
      nextRequestId: (): number => this.#book.nextRequestId(),
      isLive: () => this.#state.kind === 'live',
      takes: (bytes: number) =>
        bytes + REQUEST_OVERHEAD_BYTES <= (this.#session?.requestLimit ?? Number.POSITIVE_INFINITY),
    }
    this.#book = new SubscriptionBook({
      ...requests,
      send,
      later: (attempt, run) => void this.#pauses.after(retryDelayMs(attempt, random.next()), run),
      nowMs: () => clock.monotonicMs(),
      warn,
      report: throwOutside,
    })
    this.#messages = new MessageBoard({ ...requests, send: lines => this.#send('msg', lines) })
    this.#bandwidth = new Bandwidth(options.maxBandwidthKbps ?? null, { ...requests, send })
    this.#scout = new TransportScout({ clock, dial: options.dial, found: () => this.#feed({ kind: 'leave' }) })
    this.#desk = new NotificationDesk({
      book: this.#book,
      messages: this.#messages,
      bandwidth: this.#bandwidth,
      isControlLinkIgnored: options.isControlLinkIgnored ?? false,
      feed: input => this.#feed(input),
      moved: () => this.#scout.hurry(),
      saidGoodbye: () => this.#link.present?.close(),
      isClosed: () => this.#state.kind === 'closed',
      warn,
    })
    const ports = {
      ...requests,
      heard: (atMs: number) => this.#heard(atMs),
      alive: (atMs: number) => this.#timers.answered(atMs),
      row: (bytes: Uint8Array, start: number, end: number, receivedAtMs: number) =>
        this.#book.row(bytes, start, end, receivedAtMs),
      notification: this.#desk.handle.bind(this.#desk),
      nonsense: (text: string) => this.#desk.nonsense(text),
      feed: (input: SessionInput) => this.#feed(input),
      bandwidth: () => this.#bandwidth.forCreate(),
      combined: (isWanted: boolean) => this.#book.combine(isWanted),
      left: () => this.#onGone(),
      isClosed: () => this.#state.kind === 'closed',
    }
    this.#link = new SessionLink(options, this.#settings, this.#count, ports, this.#trace)
    this.#timers = new SessionTimers(clock, this.#settings.patience, {
      overdue: () => this.#feed({ kind: 'overdue' }),
      quiet: () => this.#feed({ kind: 'quiet' }),
      dead: () => this.#feed({ kind: 'dead' }),
      beat: () => this.#session === null || this.#link.present?.beat(this.#session),
      ping: () => this.#link.present?.ping(),
    })
    const { version, transports } = this.#settings
    const isCombining = options.combinesRequests ?? false
    this.#state = { kind: 'idle', retry: { attempt: 0, refusal: null, version, transport: transports[0], isCombining } }
    this.#feed({ kind: 'start' })
  }

  get status(): TlcpStatus {
    return this.#board.status
  }

  get session(): SessionView | null {
    const { present } = this.#link
    if (this.#state.kind !== 'live' || present === null) return null
    const { transport, version } = present
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
    this.#feed({ kind: 'leave' })
  }

  onStatus(listener: (status: TlcpStatus) => void): () => void {
    return this.#board.onStatus(listener)
  }

  close(): Promise<void> {
    this.#closed ??= new Promise(resolve => {
      this.#onGone = resolve
      this.#feed({ kind: 'stop' })
      if (this.#link.present === null) resolve()
    })
    return this.#closed
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #feed(input: SessionInput): void {
    const before = this.#state
    if (before.kind === 'closed') return
    const { clock, random } = this.#options
    const { transports, version, wishes } = this.#settings
    const { state, effects } = step(before, input, {
      atMs: clock.monotonicMs(),
      random: random.next(),
      received: this.#count.received,
      serverUrl: this.#serverUrl,
      transports,
      pollIdleMs: wishes.pollIdleMs,
      version,
    })
    this.#trace?.({ category: 'session', text: `${before.kind} + ${input.kind} -> ${state.kind}` })
    this.#state = state
    if (state.kind === 'live') this.#session = state.session
    this.#timers.follow(state)
    this.#look(state)
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
        return this.#link.dial(effect)
      case 'hang-up':
        return this.#link.hangUp()
      case 'create':
        return void this.#link.create(effect.isCombined)
      case 'bind':
        return this.#link.bind(effect.session, effect.isRecovery)
      case 'poll':
        this.#timers.expect(this.#options.clock.monotonicMs())
        return this.#link.poll(effect.session)
      case 'ask-to-rebind':
        return this.#send('control', [parameters({ LS_reqId: this.#book.nextRequestId(), LS_op: 'force_rebind' })])
      case 'wait':
        return this.#waitUntil(effect.untilMs)
      case 'refresh-credentials':
        return this.#link.refreshCredentials()
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
        return this.#session === null ? this.#link.hangUp() : this.#link.sayGoodbye(this.#session)
      case 'tell':
        return this.#board.tell(effect.status)
      default:
        return unreachable(effect)
    }
  }

  #heard(atMs: number): void {
    this.#timers.heard(atMs)
    if (this.#state.kind === 'live' && this.#state.pulse === 'stalled') this.#feed({ kind: 'heard' })
  }

  #waitUntil(untilMs: number): void {
    // One at a time: a pause between polls ends with the connection that they go over.
    this.#wait?.cancel()
    this.#timers.expect(untilMs)
    const delayMs = untilMs - this.#options.clock.monotonicMs()
    this.#wait = this.#pauses.after(delayMs, () => this.#feed({ kind: 'due' }))
  }

  #look(state: SessionState): void {
    const isAway = state.kind === 'live' && state.retry.transport !== this.#settings.transports[0]
    const isWanted = isAway && this.#settings.transports[0] === 'websocket-streaming'
    if (isWanted) this.#scout.start(state.session.url, `TLCP-${state.retry.version}.lightstreamer.com`)
    else this.#scout.stop()
  }

  #send(name: 'control' | 'msg', lines: readonly string[]): void {
    if (lines.length > 0 && this.#session !== null) this.#link.present?.request(name, lines, this.#session)
  }

  #forget(): void {
    this.#pauses.cancelAll()
    this.#messages.sessionGone('closed')
    this.#book.clear()
  }
}
