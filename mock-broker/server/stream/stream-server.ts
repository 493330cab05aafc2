import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { TradeField } from '@scalpdesk/wire'
import { WebSocketServer } from 'ws'
import type { Book, EngineEvent, Random } from '../../engine/index.ts'
import { unreachable } from '../../engine/unreachable.ts'
import type { BrokerState } from '../broker-state.ts'
import type { Clock } from '../clock.ts'
import type { ConfirmDelivery } from '../confirm-delivery.ts'
import { confirmJson } from '../json/confirm-json.ts'
import { positionUpdateJson } from '../json/position-json.ts'
import { workingOrderUpdateJson } from '../json/working-order-json.ts'
import type { LoginSessions } from '../login/login-sessions.ts'
import type { PriceHistory } from '../prices/price-history.ts'
import { serveHttp } from './http-requests.ts'
import { itemPulse } from './item-pulse.ts'
import { candles } from './items/candles.ts'
import type { ItemSource } from './items/item-source.ts'
import { addressOf } from './peer-address.ts'
import { type StreamConnection, streamConnection } from './stream-connection.ts'
import type { CodedRefusal, StreamDesk } from './stream-desk.ts'
import { streamHub } from './stream-hub.ts'
import type { StreamSession } from './stream-session.ts'
import { httpSink, type StreamSink, webSocketSink } from './stream-sink.ts'
import { readProtocol, type StreamTerms } from './stream-terms.ts'
import { turn } from './turn.ts'
import { type WebSocketRequests, webSocketRequests } from './websocket-requests.ts'

/** Lightstreamer's protocol (TLCP 2.0 to 2.5) over WebSocket and HTTP, fed by the broker's state. */
export interface StreamServer {
  /** A listener for node:http's `upgrade`. */
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Answers an HTTP request whose path is a streaming one. */
  answer(message: IncomingMessage, response: ServerResponse): void
  /** Takes a client in this process, as if by a WebSocket. */
  open(protocol: string, sink: StreamSink): WebSocketRequests
  /** An event of the engine, for whoever subscribed to what it changes. Confirms come through their delivery. */
  tell(event: EngineEvent): void
  sessions(): readonly OpenStream[]
  dropAll(): void
  setSilent(isSilent: boolean): void
  spoilNextRow(): void
  breakNextLine(): void
  /** Shows a market's bid and offer the wrong way round, in one row. */
  showCrossed(epic: string): void
  /** Every client shall bind again. */
  loopAll(): void
  /** What was sent so far cannot be recovered. */
  forgetSent(): void
  refuseNextSession(refusal: CodedRefusal): void
  refuseNextSubscription(refusal: CodedRefusal): void
  endAll(code: number, text: string): void
  close(): void
}

/** A streaming session, seen from outside. */
export interface OpenStream {
  readonly id: string
  readonly account: string
  readonly subscriptions: number
}

export interface StreamServerOptions {
  readonly state: BrokerState
  readonly delivery: ConfirmDelivery
  readonly logins: LoginSessions
  readonly prices: PriceHistory
  readonly clock: Clock
  readonly random: Random
  readonly terms: StreamTerms
  readonly accounts: readonly string[]
}

export function streamServer(options: StreamServerOptions): StreamServer {
  const { state, delivery, logins, prices, clock, random, terms, accounts } = options
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: LONGEST_MESSAGE_BYTES,
    handleProtocols: protocols => [...protocols].find(name => readProtocol(name, terms) !== null) ?? false,
  })
  const sessions = new Map<string, StreamSession>()
  const connections = new Set<StreamConnection>()
  let isSilent = false
  let crossed: string | null = null

  const source: ItemSource = {
    book: epic => (epic === crossed ? withCrossedQuote(state.engine.book(epic)) : state.engine.book(epic)),
    account: state.engine.account,
    candle: (epic, scale) => forming.current(epic, scale),
    nowMs: clock.nowMs,
  }
  const loop = turn()
  const hub = streamHub(source, loop)
  const forming = candles(prices, (epic, scale) => hub.touch(`candle:${epic}:${scale}`))
  const pulse = itemPulse({ state, hub, clock, accounts })
  const desk: StreamDesk = {
    clock,
    turn: loop,
    hub,
    source,
    terms,
    sessions,
    refusals: { session: null, subscription: null },
    nextSessionId: () => `S${Math.floor(random.next() * 2 ** 48).toString(16)}T${sessions.size + 1}`,
    signIn(account, password) {
      const [, clientToken, accountToken] = /^CST-([^|]+)\|XST-(.+)$/.exec(password) ?? []
      const check = logins.check({ clientToken, accountToken })
      const isValid = check.kind === 'valid' && check.login.accountId === account
      return isValid && clientToken !== undefined ? clientToken : null
    },
    onSubscriptions: pulse.keep,
  }

  state.onQuote((epic, quote) => {
    hub.touch(`tick:${epic}`)
    forming.take(epic, quote)
  })
  delivery.onConfirm(confirm => {
    const book = state.engine.book(confirm.epic)
    tellTrade(confirm.account, 'CONFIRMS', () => ({ ...confirmJson(confirm, book), channel: 'PublicRestOTC' }))
  })
  logins.onClose(clientToken => {
    if (!terms.endsAtSignOut) return
    const ended = [...sessions.values()].filter(session => session.clientToken === clientToken)
    for (const session of ended) session.end(32, 'Signed out')
  })

  function tell(event: EngineEvent): void {
    switch (event.kind) {
      case 'position': {
        const { account, epic } = event.position
        const book = state.engine.book(epic)
        return book && tellTrade(account, 'OPU', () => positionUpdateJson(event, book))
      }
      case 'working-order': {
        const { account, epic } = event.order
        const book = state.engine.book(epic)
        return book && tellTrade(account, 'WOU', () => workingOrderUpdateJson(event, book))
      }
      case 'account':
        return pulse.touchAccounts()
      // Fills and charges show in what they change.
      case 'confirm':
      case 'fill':
      case 'charge':
        return
      default:
        return unreachable(event)
    }
  }

  /** Nothing is written out when nobody follows. */
  function tellTrade(account: string, field: TradeField, read: () => object): void {
    let text: string | null = null
    for (const session of sessions.values()) {
      if (session.account !== account) continue
      for (const feed of session.eventFeeds()) {
        text ??= JSON.stringify(read())
        feed.tell({ [field]: text })
      }
    }
  }

  function connect(transport: StreamConnection['transport'], sink: StreamSink): StreamConnection {
    const connection = streamConnection({ transport, sink, clock, turn: loop })
    connection.setSilent(isSilent)
    connections.add(connection)
    sink.onClose(() => connections.delete(connection))
    return connection
  }

  function take(named: string, sink: StreamSink, address: string): WebSocketRequests {
    const protocol = readProtocol(named, terms) ?? ''
    return webSocketRequests(connect('websocket', sink), { protocol, address }, desk)
  }

  function endAll(code: number, text: string): void {
    for (const session of [...sessions.values()]) session.end(code, text)
  }

  return {
    upgrade(message, socket, head) {
      const path = (message.url ?? '').split('?', 1)[0] ?? ''
      const offered = (message.headers['sec-websocket-protocol'] ?? '').split(',')
      if (!/\/lightstreamer\/?$/.test(path) || !offered.some(name => readProtocol(name.trim(), terms) !== null)) {
        socket.on('error', () => {})
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
        return
      }
      sockets.handleUpgrade(message, socket, head, webSocket => {
        const requests = take(webSocket.protocol, webSocketSink(webSocket), addressOf(message))
        // A protocol error or a reset is followed by `close`.
        webSocket.on('error', () => {})
        webSocket.on('message', data => requests.message(data.toString()))
        webSocket.on('close', requests.lost)
      })
    },
    answer: (message, response) => serveHttp(message, response, desk, stream => connect('http', httpSink(stream))),
    open: (protocol, sink) => take(protocol, sink, '127.0.0.1'),
    tell,
    sessions: () =>
      [...sessions.values()].map(({ id, account, subscriptionCount }) => ({
        id,
        account,
        subscriptions: subscriptionCount,
      })),
    dropAll() {
      for (const connection of connections) connection.destroy()
    },
    setSilent(silent) {
      isSilent = silent
      for (const connection of connections) connection.setSilent(silent)
    },
    spoilNextRow() {
      for (const connection of connections) connection.spoilNextRow()
    },
    breakNextLine() {
      for (const connection of connections) connection.breakNextLine()
    },
    showCrossed(epic) {
      crossed = epic
      hub.touch(`price:${epic}`)
      hub.touch(`market:${epic}`)
      crossed = null
    },
    loopAll() {
      for (const session of sessions.values()) session.loop(0, false)
    },
    forgetSent() {
      for (const session of sessions.values()) session.forgetSent()
    },
    refuseNextSession(refusal) {
      desk.refusals.session = refusal
    },
    refuseNextSubscription(refusal) {
      desk.refusals.subscription = refusal
    },
    endAll,
    close() {
      pulse.close()
      endAll(32, 'The mock broker stops')
      loop.close()
      for (const connection of connections) connection.destroy()
      sockets.close()
    },
  }
}

function withCrossedQuote(book: Book | undefined): Book | undefined {
  if (!book?.quote) return book
  const { bidUnits, offerUnits } = book.quote
  return { ...book, quote: { ...book.quote, bidUnits: offerUnits, offerUnits: bidUnits } }
}

const LONGEST_MESSAGE_BYTES = 1024 * 1024
