import { httpUrl } from './address.ts'
import type { DataCount } from './data-count.ts'
import { LineRouter, type RouterPorts } from './line-router.ts'
import type { Socket } from './ports.ts'
import {
  type Bind,
  batchRequests,
  bindSessionRequest,
  type Credentials,
  createSessionRequest,
  heartbeatRequest,
  parameters,
  type SessionWishes,
  WELCOME_REQUEST,
} from './request.ts'
import type { ProtocolVersion } from './session-codes.ts'
import type { Effect, Session } from './session-state.ts'
import type { TlcpOptions } from './tlcp-client.ts'
import { type Trace, withoutSecrets } from './trace.ts'
import { isHttp, isPolling, type Transport } from './transport.ts'

export interface ConnectionEvents extends RouterPorts {
  opened(): void
  /** Something came; before it is read. */
  heard(atMs: number): void
  alive(atMs: number): void
  /** The whole answer to a poll has come. */
  pollOver(): void
  closed(cause: string, isUpgradeRefused: boolean): void
}

/** One connection and what it carries. Once given up it tells nothing any more, whatever it still brings. */
export class Connection {
  readonly transport: Transport
  readonly version: ProtocolVersion
  readonly #socket: Socket
  readonly #router: LineRouter
  readonly #trace: Trace | undefined
  #isOver = false

  constructor(
    to: Effect & { kind: 'dial' },
    options: Pick<TlcpOptions, 'clock' | 'dial' | 'dialHttp'>,
    count: DataCount,
    events: ConnectionEvents,
    trace: Trace | undefined,
  ) {
    const { clock } = options
    this.transport = to.transport
    this.version = to.version
    this.#trace = trace
    this.#router = new LineRouter(count, events, trace)
    let atMs = 0
    const bytes = (chunk: Uint8Array, isSameRead = false, from = 0, to = chunk.length): void => {
      if (this.#isOver) return
      if (!isSameRead) {
        atMs = clock.monotonicMs()
        events.heard(atMs)
      }
      this.#router.chunk(chunk, atMs, from, to)
    }
    const dial = isHttp(to.transport) ? (options.dialHttp ?? options.dial) : options.dial
    const url = this.#address(to.url)
    trace?.({ category: 'connection', text: `to ${url} by ${to.transport}, TLCP ${to.version}` })
    this.#socket = dial(url, `TLCP-${to.version}.lightstreamer.com`, {
      opened: () => {
        if (this.#isOver) return
        trace?.({ category: 'connection', text: 'open' })
        events.opened()
      },
      bytes,
      text: chunk => bytes(Buffer.from(chunk)),
      answer: body => this.#isOver || this.#router.answer(body),
      pollOver: () => this.#isOver || events.pollOver(),
      alive: () => this.#isOver || events.alive(clock.monotonicMs()),
      closed: (text, how) => {
        if (this.#isOver) return
        trace?.({ category: 'connection', text: `lost: ${text}` })
        this.#giveUp()
        events.closed(text, how === 'upgrade-refused')
      },
    })
  }

  create(
    wishes: SessionWishes,
    credentials: Credentials,
    bandwidth: number | 'unlimited' | null,
    subscriptions: readonly string[],
  ): void {
    const { transport, version } = this
    const needs = { transport, hasDiffs: version >= '2.4.0', bandwidth }
    this.#send(WELCOME_REQUEST)
    this.#send(createSessionRequest(wishes, credentials, needs, subscriptions))
  }

  bind(wishes: SessionWishes, session: Session, bind: Bind): void {
    // Only what is new has to show that it works.
    if (bind.kind !== 'poll') this.#send(WELCOME_REQUEST)
    this.#send(bindSessionRequest(wishes, session, bind, this.transport), session)
  }

  request(name: 'control' | 'msg', lines: readonly string[], session: Session): void {
    // Over HTTP there is no implied session (TLCP specification, "control").
    const suffix = isHttp(this.transport) ? `&${parameters({ LS_session: session.id })}` : ''
    const owned = suffix === '' ? lines : lines.map(line => line + suffix)
    for (const message of batchRequests(name, owned, session.requestLimit)) this.#send(message, session)
  }

  beat(session: Session): void {
    // Polls are signs of life themselves.
    if (!isPolling(this.transport)) this.#send(heartbeatRequest(this.transport, session.id), session)
  }

  ping(): void {
    this.#socket.ping?.()
  }

  /** The server has said its goodbye. */
  close(): void {
    this.#socket.close()
  }

  destroy(): void {
    this.#trace?.({ category: 'connection', text: 'given up' })
    this.#giveUp()
    this.#socket.destroy()
  }

  #giveUp(): void {
    this.#isOver = true
    this.#router.stop()
  }

  #send(message: string, session?: Session): void {
    this.#trace?.({ category: 'sent', text: withoutSecrets(message) })
    this.#socket.send(message, session === undefined ? undefined : this.#address(session.url))
  }

  #address(url: string): string {
    return isHttp(this.transport) ? httpUrl(url) : url
  }
}
