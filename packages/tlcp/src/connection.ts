import { httpUrl } from './address.ts'
import type { DataCount } from './data-count.ts'
import { LineRouter, type RouterPorts } from './line-router.ts'
import type { Socket } from './ports.ts'
import {
  batchRequests,
  bindSessionRequest,
  type Credentials,
  createSessionRequest,
  heartbeatRequest,
  parameters,
  type SessionWishes,
  type Transport,
  WELCOME_REQUEST,
} from './request.ts'
import type { ProtocolVersion } from './session-codes.ts'
import type { Effect, Session } from './session-state.ts'
import type { TlcpOptions } from './tlcp-client.ts'

export interface ConnectionEvents extends RouterPorts {
  opened(): void
  /** Something came; before it is read. */
  heard(atMs: number): void
  alive(atMs: number): void
  closed(cause: string, isUpgradeRefused: boolean): void
}

/** One connection and what it carries. Once given up it tells nothing any more, whatever it still brings. */
export class Connection {
  readonly transport: Transport
  readonly version: ProtocolVersion
  readonly #socket: Socket
  readonly #router: LineRouter
  #isOver = false

  constructor(to: Effect & { kind: 'dial' }, options: TlcpOptions, count: DataCount, events: ConnectionEvents) {
    const { clock } = options
    this.transport = to.transport
    this.version = to.version
    this.#router = new LineRouter(count, events)
    let atMs = 0
    const bytes = (chunk: Uint8Array, isSameRead = false, from = 0, to = chunk.length): void => {
      if (this.#isOver) return
      if (!isSameRead) {
        atMs = clock.monotonicMs()
        events.heard(atMs)
      }
      this.#router.chunk(chunk, atMs, from, to)
    }
    const isHttp = to.transport === 'http'
    const dial = isHttp ? (options.dialHttp ?? options.dial) : options.dial
    this.#socket = dial(isHttp ? httpUrl(to.url) : to.url, `TLCP-${to.version}.lightstreamer.com`, {
      opened: () => this.#isOver || events.opened(),
      bytes,
      text: chunk => bytes(Buffer.from(chunk)),
      answer: body => this.#isOver || this.#router.answer(body),
      alive: () => this.#isOver || events.alive(clock.monotonicMs()),
      closed: (text, how) => {
        if (this.#isOver) return
        this.giveUp()
        events.closed(text, how === 'upgrade-refused')
      },
    })
  }

  create(wishes: SessionWishes, credentials: Credentials, bandwidth: number | 'unlimited' | null): void {
    const { transport, version } = this
    this.#socket.send(WELCOME_REQUEST)
    this.#socket.send(createSessionRequest(wishes, credentials, { transport, hasDiffs: version >= '2.4.0', bandwidth }))
  }

  bind(wishes: SessionWishes, session: Session, recoverFrom: number | null): void {
    this.#socket.send(WELCOME_REQUEST)
    this.#socket.send(bindSessionRequest(wishes, session, recoverFrom, this.transport))
  }

  request(name: 'control' | 'msg', lines: readonly string[], session: Session): void {
    // Over HTTP there is no implied session (TLCP specification, "control").
    const suffix = this.transport === 'http' ? `&${parameters({ LS_session: session.id })}` : ''
    const owned = suffix === '' ? lines : lines.map(line => line + suffix)
    for (const message of batchRequests(name, owned, session.requestLimit)) this.#socket.send(message)
  }

  beat(session: Session): void {
    this.#socket.send(heartbeatRequest(this.transport, session.id))
  }

  ping(): void {
    this.#socket.ping?.()
  }

  /** The server has said its goodbye. */
  close(): void {
    this.#socket.close()
  }

  giveUp(): void {
    this.#isOver = true
    this.#router.stop()
  }

  destroy(): void {
    this.giveUp()
    this.#socket.destroy()
  }
}
