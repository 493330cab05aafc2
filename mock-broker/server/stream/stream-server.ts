import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Book, EngineEvent, Random } from '../../engine/index.ts'
import { unreachable } from '../../engine/unreachable.ts'
import type { BrokerState } from '../broker-state.ts'
import type { Clock, Timer } from '../clock.ts'
import type { ConfirmDelivery } from '../confirm-delivery.ts'
import { positionUpdateJson } from '../json/position-json.ts'
import { workingOrderUpdateJson } from '../json/working-order-json.ts'
import type { LoginSessions } from '../login/login-sessions.ts'
import { type StreamConnection, streamConnection } from './stream-connection.ts'
import type { ItemSource, StreamItem } from './stream-item.ts'
import { type StreamDesk, streamRequests } from './stream-requests.ts'
import type { StreamSession } from './stream-session.ts'
import type { ItemFeed } from './stream-subscription.ts'

/** Lightstreamer's protocol (TLCP 2.0 to 2.5) over WebSocket, fed by the broker's state. */
export interface StreamServer {
  /** A listener for node:http's `upgrade`. */
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void
  /** An event of the engine, for whoever subscribed to what it changes. Confirms come through their delivery. */
  tell(event: EngineEvent): void
  dropAll(): void
  setSilent(isSilent: boolean): void
  spoilNextRow(): void
  breakNextLine(): void
  /** Shows a market's bid and offer the wrong way round, in one row. */
  showCrossed(epic: string): void
  /** Ends every session, as a server that goes down does. */
  endAll(): void
  close(): void
}

export interface StreamServerOptions {
  readonly state: BrokerState
  readonly delivery: ConfirmDelivery
  readonly logins: LoginSessions
  readonly clock: Clock
  readonly random: Random
}

export function streamServer({ state, delivery, logins, clock, random }: StreamServerOptions): StreamServer {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: LONGEST_MESSAGE_BYTES,
    handleProtocols: protocols => [...protocols].find(protocol => PROTOCOL.test(protocol)) ?? false,
  })
  const sessions = new Map<string, StreamSession>()
  const connections = new Set<StreamConnection>()
  let watchers: Watchers = noWatchers()
  let isSilent = false
  let crossed: string | null = null
  let accountTimer: Timer | null = null
  let heartbeat: Timer | null = null

  const source: ItemSource = {
    book: epic => (epic === crossed ? withCrossedQuote(state.engine.book(epic)) : state.engine.book(epic)),
    account: state.engine.account,
    nowMs: clock.nowMs,
  }
  const desk: StreamDesk = {
    clock,
    source,
    sessions,
    nextSessionId: () => `S${Math.floor(random.next() * 2 ** 48).toString(16)}T${sessions.size + 1}`,
    canSignIn(user, password) {
      const [, clientToken, accountToken] = /^CST-([^|]+)\|XST-(.+)$/.exec(password) ?? []
      const check = logins.check({ clientToken, accountToken })
      return check.kind === 'valid' && check.login.accountId === user
    },
    onSubscriptions() {
      watchers = watchersOf(sessions.values())
      keepHeartbeat()
    },
  }

  state.onMarket(epic => {
    for (const { session, feed } of watchers.prices.get(epic) ?? []) session.touch(feed)
    if (state.engine.book(epic)?.positions.length) touchAccountSoon()
  })
  function tell(event: EngineEvent): void {
    switch (event.kind) {
      case 'position': {
        const { account, epic } = event.position
        const book = state.engine.book(epic)
        return book && tellTrade(account, { OPU: JSON.stringify(positionUpdateJson(event, book)) })
      }
      case 'working-order': {
        const { account, epic } = event.order
        const book = state.engine.book(epic)
        return book && tellTrade(account, { WOU: JSON.stringify(workingOrderUpdateJson(event, book)) })
      }
      case 'account':
        return touchAccounts()
      // Fills and charges show in what they change.
      case 'confirm':
      case 'fill':
      case 'charge':
        return
      default:
        return unreachable(event)
    }
  }

  delivery.onConfirm((account, confirm) => {
    tellTrade(account, { CONFIRMS: JSON.stringify({ ...confirm, channel: 'PublicRestOTC' }) })
  })

  function tellTrade(account: string, values: Readonly<Record<string, string>>): void {
    for (const { session, feed } of watchers.trades) if (session.account === account) session.tell(feed, values)
  }

  function touchAccounts(): void {
    accountTimer?.cancel()
    accountTimer = null
    for (const { session, feed } of watchers.accounts) session.touch(feed)
  }

  /** Prices move the open profit many times a second: the account follows them four times. */
  function touchAccountSoon(): void {
    if (watchers.accounts.length > 0) accountTimer ??= clock.at(clock.monotonicMs() + ACCOUNT_PAUSE_MS, touchAccounts)
  }

  function keepHeartbeat(): void {
    const isWanted = watchers.heartbeats.length > 0
    if (isWanted && !heartbeat) {
      const beat = (): void => {
        for (const { session, feed } of watchers.heartbeats) session.touch(feed)
        heartbeat = clock.at(clock.monotonicMs() + HEARTBEAT_MS, beat)
      }
      heartbeat = clock.at(clock.monotonicMs() + HEARTBEAT_MS, beat)
    } else if (!isWanted) {
      heartbeat?.cancel()
      heartbeat = null
    }
  }

  return {
    upgrade(message, socket, head) {
      const path = (message.url ?? '').split('?', 1)[0] ?? ''
      const protocols = message.headers['sec-websocket-protocol'] ?? ''
      if (!/\/lightstreamer\/?$/.test(path) || !protocols.split(',').some(name => PROTOCOL.test(name.trim()))) {
        socket.on('error', () => {})
        socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
        return
      }
      sockets.handleUpgrade(message, socket, head, webSocket => {
        const connection = streamConnection(webSocket, clock)
        const requests = streamRequests(connection, desk)
        connection.setSilent(isSilent)
        connections.add(connection)
        // A protocol error or a reset is followed by `close`.
        webSocket.on('error', () => {})
        webSocket.on('message', data => requests.message(data.toString()))
        webSocket.on('close', () => {
          connections.delete(connection)
          requests.lost()
        })
      })
    },
    tell,
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
      for (const { session, feed } of watchers.prices.get(epic) ?? []) session.touch(feed)
      crossed = null
    },
    endAll() {
      for (const session of [...sessions.values()]) session.end(32, 'The mock broker restarts')
      for (const connection of connections) connection.destroy()
    },
    close() {
      accountTimer?.cancel()
      heartbeat?.cancel()
      for (const session of [...sessions.values()]) session.end(32, 'The mock broker stops')
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

/** Who has subscribed to what, so that a tick reaches its watchers without a search. */
interface Watchers {
  readonly prices: Map<string, Watcher[]>
  readonly accounts: Watcher[]
  readonly trades: Watcher[]
  readonly heartbeats: Watcher[]
}

interface Watcher {
  readonly session: StreamSession
  readonly feed: ItemFeed
}

function noWatchers(): Watchers {
  return { prices: new Map(), accounts: [], trades: [], heartbeats: [] }
}

function watchersOf(sessions: Iterable<StreamSession>): Watchers {
  const watchers = noWatchers()
  for (const session of sessions) {
    for (const { feeds } of session.subscriptions()) {
      for (const feed of feeds) listOf(watchers, feed.item).push({ session, feed })
    }
  }
  return watchers
}

function listOf(watchers: Watchers, item: StreamItem): Watcher[] {
  switch (item.kind) {
    case 'price': {
      const list = watchers.prices.get(item.epic) ?? []
      watchers.prices.set(item.epic, list)
      return list
    }
    case 'account':
      return watchers.accounts
    case 'trade':
      return watchers.trades
    case 'heartbeat':
      return watchers.heartbeats
    default:
      return unreachable(item)
  }
}

/** IG's servers speak TLCP 2.4; its newer ones 2.5. Every 2.x client is served. */
const PROTOCOL = /^TLCP-2\.[0-5]\.0\.lightstreamer\.com$/
const LONGEST_MESSAGE_BYTES = 1024 * 1024
const ACCOUNT_PAUSE_MS = 250
const HEARTBEAT_MS = 1000
