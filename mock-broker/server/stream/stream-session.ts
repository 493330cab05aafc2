import type { Clock, Timer } from '../clock.ts'
import { bandwidthLimit } from './bandwidth-limit.ts'
import { type Chunk, chunk } from './chunk.ts'
import type { EventFeed } from './event-feed.ts'
import { type OpenSubscription, openSubscription } from './open-subscription.ts'
import { sessionLog } from './session-log.ts'
import type { StreamConnection } from './stream-connection.ts'
import type { StreamHub } from './stream-hub.ts'
import type { Subscription } from './stream-subscription.ts'
import { encodeArgument } from './tlcp-row.ts'
import type { Turn } from './turn.ts'
import type { FeedHost, Frequency, ValueFeed } from './value-feed.ts'

/**
 * A streaming session: its subscriptions and its numbered data lines. It outlives its connections (TLCP specification, "Session
 * life cycle"): while nobody listens or the socket is full, events queue and price rows merge.
 */
export interface StreamSession {
  readonly id: string
  readonly account: string
  /** The protocol version that it was created with, `2.4.0`. */
  readonly protocol: string
  /** Of the sign-in whose tokens opened it. */
  readonly clientToken: string
  readonly subscriptionCount: number
  hasSubscription(id: string): boolean
  subscribe(subscription: Subscription): void
  unsubscribe(id: string): void
  /** @returns false for a change to or from `unfiltered`. */
  reconfigure(id: string, frequency: Frequency): boolean
  /** The parts that hear of events of the account. */
  eventFeeds(): Iterable<EventFeed>
  /** A line that counts for recovery, `MSGDONE`. */
  append(line: string): void
  /** @param kilobits a second; null without a limit. */
  limitBandwidth(kilobits: number | null): void
  /** Listens on this connection from now on. @returns false when the recovery point is no longer held. */
  bind(connection: StreamConnection, terms: BindTerms): boolean
  /** The connection was lost; without a new one the session ends after a while. */
  unbind(connection: StreamConnection): void
  isBoundTo(connection: StreamConnection): boolean
  /** Tells the client to bind again after so many milliseconds. */
  loop(ms: number, closesSocket: boolean): void
  /** The client has sent something. */
  heard(): void
  /** What was sent can no longer be recovered. */
  forgetSent(): void
  end(code: number, text: string, closesSocket?: boolean): void
}

export interface BindTerms {
  readonly flow:
    | {
        readonly kind: 'streaming'
        readonly keepAliveMs: number
        readonly wantsSync: boolean
        /** Bytes after which the client must bind again; Infinity on a WebSocket. */
        readonly contentLength: number
      }
    | { readonly kind: 'polling'; readonly idleMs: number; readonly pollingMs: number }
  /** How often the client promises to be heard; null when it does not. */
  readonly inactivityMs: number | null
  /** Data lines that the client has; null when it does not ask to recover. */
  readonly recoverFrom: number | null
  /** The lines that answer the bind, CONOK first. */
  readonly greeting: readonly string[]
}

export interface StreamSessionOptions {
  readonly id: string
  readonly account: string
  readonly protocol: string
  readonly clientToken: string
  readonly clock: Clock
  readonly turn: Turn
  readonly hub: StreamHub
  /** False for a client that asked for no CONS. */
  readonly tellsBandwidth: boolean
  readonly onEnd: () => void
}

interface Bound {
  readonly connection: StreamConnection
  readonly flow: BindTerms['flow']
  sentBytes: number
}

export function streamSession(options: StreamSessionOptions): StreamSession {
  const { clock, turn, hub, tellsBandwidth, onEnd } = options
  const log = sessionLog()
  const subscriptions = new Map<string, OpenSubscription>()
  const waiting = new Set<ValueFeed>()
  const bandwidth = bandwidthLimit(clock, () => handOver())
  let sent = 0
  let bound: Bound | null = null
  let isOver = false
  let expiry: Timer | null = null
  let idle: Timer | null = null
  let sync: Timer | null = null
  let silence: Timer | null = null
  let heardMs = clock.monotonicMs()

  const host: FeedHost = {
    isReady,
    push,
    hasWaiting(feed) {
      waiting.add(feed)
      turn.later('hand-over', handOver)
    },
    overflow: () => end(32, 'Too many events were waiting'),
  }

  function isReady(): boolean {
    return bound?.connection.isReady() === true && bandwidth.isOpen()
  }

  function push(lines: Chunk): void {
    log.append(lines)
    turn.later('hand-over', handOver)
  }

  /** What has gathered for others came before. */
  function append(line: string): void {
    hub.settle()
    push(chunk([line]))
  }

  /** Hands over what the log holds beyond what was sent, then what the feeds kept. */
  function handOver(): void {
    sendLog()
    if (waiting.size > 0 && isReady()) {
      const feeds = [...waiting]
      waiting.clear()
      for (const feed of feeds) feed.release()
      sendLog()
    }
    if (bound?.flow.kind === 'polling' && bound.sentBytes > 0) loop(bound.flow.pollingMs, false)
  }

  function sendLog(): void {
    if (sent === log.next() || !isReady()) return
    const chunks = log.from(sent)
    if (!chunks) return end(32, 'Too many events were waiting')
    for (const each of chunks) {
      if (!bound) return
      const { connection, flow } = bound
      const length = each.text.length
      const isSpent = flow.kind === 'streaming' && bound.sentBytes + length > flow.contentLength
      if (isSpent && bound.sentBytes > 0) return loop(0, false)
      connection.write(each)
      bound.sentBytes += length
      sent += each.lines
      bandwidth.use(length)
    }
  }

  function keepSync(boundMs: number): void {
    sync = clock.at(clock.monotonicMs() + SYNC_MS, () => {
      bound?.connection.send(`SYNC,${Math.floor((clock.monotonicMs() - boundMs) / 1000)}`)
      keepSync(boundMs)
    })
  }

  /** What a server does with a client that breaks its promise is not specified: our choice. */
  function watchClient(inactivityMs: number): void {
    silence = clock.at(heardMs + 2 * inactivityMs, () => {
      if (clock.monotonicMs() - heardMs >= 2 * inactivityMs) end(32, 'The client was not heard')
      else watchClient(inactivityMs)
    })
  }

  function letGo(): void {
    for (const timer of [sync, expiry, idle, silence]) timer?.cancel()
    sync = null
    expiry = null
    idle = null
    silence = null
    bound?.connection.onReady(null)
    bound?.connection.keepAlive(null)
    bound = null
  }

  function waitForClient(extraMs: number): void {
    expiry = clock.at(clock.monotonicMs() + KEPT_UNBOUND_MS + extraMs, () => end(32, 'Session timed out'))
  }

  function loop(ms: number, closesSocket: boolean): void {
    if (!bound) return
    const { connection } = bound
    connection.send(`LOOP,${ms}`)
    letGo()
    waitForClient(ms)
    if (closesSocket) connection.close()
    else connection.finish()
  }

  function end(code: number, text: string, closesSocket = false): void {
    if (isOver) return
    isOver = true
    const last = bound?.connection
    last?.send(`END,${code},${encodeArgument(text)}`)
    letGo()
    bandwidth.close()
    for (const subscription of subscriptions.values()) subscription.close()
    subscriptions.clear()
    onEnd()
    if (closesSocket) last?.close()
    else last?.finish()
  }

  function beginFlow(flow: BindTerms['flow'], connection: StreamConnection): void {
    if (flow.kind === 'streaming') {
      connection.keepAlive(flow.keepAliveMs)
      if (flow.wantsSync) keepSync(clock.monotonicMs())
      return
    }
    // An empty poll may be held for a while; it is answered with the first data.
    if (bound && bound.sentBytes === 0) {
      if (flow.idleMs === 0) loop(flow.pollingMs, false)
      else idle = clock.at(clock.monotonicMs() + flow.idleMs, () => loop(flow.pollingMs, false))
    }
  }

  return {
    id: options.id,
    account: options.account,
    protocol: options.protocol,
    clientToken: options.clientToken,
    get subscriptionCount() {
      return subscriptions.size
    },
    hasSubscription: id => subscriptions.has(id),
    subscribe(subscription) {
      const opened = openSubscription({ subscription, hub, clock, host, append })
      subscriptions.set(subscription.id, opened)
      opened.begin()
    },
    unsubscribe(id) {
      const subscription = subscriptions.get(id)
      if (!subscription) return
      subscription.close()
      for (const feed of subscription.valueFeeds) waiting.delete(feed)
      subscriptions.delete(id)
      append(`UNSUB,${id}`)
    },
    reconfigure: (id, frequency) => subscriptions.get(id)?.reconfigure(frequency) ?? false,
    *eventFeeds() {
      for (const { eventFeeds } of subscriptions.values()) yield* eventFeeds
    },
    append,
    limitBandwidth(kilobits) {
      bandwidth.set(kilobits)
      turn.later('hand-over', handOver)
      if (tellsBandwidth) bound?.connection.send(`CONS,${kilobits ?? 'unlimited'}`)
    },
    bind(connection, { flow, inactivityMs, recoverFrom, greeting }) {
      hub.settle()
      if (recoverFrom !== null && log.from(recoverFrom) === null) return false
      const earlier = bound?.connection
      letGo()
      // What a connection gets that was left for another is nobody's business any more.
      if (earlier !== connection) earlier?.finish()
      bound = { connection, flow, sentBytes: 0 }
      for (const line of greeting) connection.send(line)
      if (recoverFrom !== null) {
        sent = recoverFrom
        connection.send(`PROG,${recoverFrom}`)
      }
      connection.onReady(handOver)
      heardMs = clock.monotonicMs()
      if (inactivityMs !== null) watchClient(inactivityMs)
      handOver()
      if (bound?.connection === connection) beginFlow(flow, connection)
      return true
    },
    unbind(lost) {
      if (bound?.connection !== lost) return
      letGo()
      waitForClient(0)
    },
    isBoundTo: other => bound?.connection === other,
    loop,
    heard() {
      heardMs = clock.monotonicMs()
    },
    forgetSent() {
      hub.settle()
      log.forget(log.next())
      sent = log.next()
    },
    end,
  }
}

/** How long a session waits for its client to come back. Our choice: twice the recovery window of Lightstreamer's own clients. */
const KEPT_UNBOUND_MS = 30_000
/** The period is the server's to choose (TLCP specification, "SYNC"). */
const SYNC_MS = 20_000
