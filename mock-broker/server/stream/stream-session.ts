import type { Clock, Timer } from '../clock.ts'
import { sessionLog } from './session-log.ts'
import type { StreamConnection } from './stream-connection.ts'
import type { ItemSource } from './stream-item.ts'
import type { ItemFeed, Subscription } from './stream-subscription.ts'
import { encodeArgument } from './tlcp-row.ts'

/**
 * A streaming session: its subscriptions and its numbered data lines. It outlives its socket (TLCP specification, "Session life
 * cycle"): while nobody listens or the socket is full, events queue and price rows merge.
 */
export interface StreamSession {
  readonly id: string
  readonly account: string
  subscribe(subscription: Subscription): void
  /** @returns false when there is no such subscription. */
  unsubscribe(id: string): boolean
  reconfigure(id: string): boolean
  subscriptions(): Iterable<Subscription>
  /** Something about a MERGE item changed. */
  touch(feed: ItemFeed): void
  /** Something happened on a DISTINCT item. */
  tell(feed: ItemFeed, values: Readonly<Record<string, string>>): void
  /** Listens on this connection from now on. @returns false when the recovery point is no longer held. */
  bind(connection: StreamConnection, terms: BindTerms): boolean
  /** The connection was lost; without a new one the session ends after a while. */
  unbind(connection: StreamConnection): void
  isBoundTo(connection: StreamConnection): boolean
  end(code: number, text: string): void
}

export interface BindTerms {
  readonly keepAliveMs: number
  readonly wantsSync: boolean
  /** Data lines that the client has; null when it does not ask to recover. */
  readonly recoverFrom: number | null
  /** The lines that answer the bind, CONOK first. */
  readonly greeting: readonly string[]
}

export interface StreamSessionOptions {
  readonly id: string
  readonly account: string
  readonly clock: Clock
  readonly source: ItemSource
  readonly onEnd: () => void
}

export function streamSession({ id, account, clock, source, onEnd }: StreamSessionOptions): StreamSession {
  const log = sessionLog()
  const subscriptions = new Map<string, Subscription>()
  const merging = new Set<ItemFeed>()
  let sent = 0
  let connection: StreamConnection | null = null
  let expiry: Timer | null = null
  let sync: Timer | null = null

  /** Hands over what the log holds beyond what was sent, then one merged row for each item that waited. */
  function pump(): void {
    const target = connection
    if (!target?.isReady()) return
    if (sent < log.next()) {
      const lines = log.from(sent)
      if (!lines) return end(32, 'Too many events were waiting')
      for (const line of lines) target.send(line)
      sent = log.next()
    }
    if (merging.size === 0) return
    const feeds = [...merging]
    merging.clear()
    for (const feed of feeds) touch(feed)
  }

  function emit(line: string): void {
    log.append(line)
    pump()
  }

  function touch(feed: ItemFeed): void {
    if (!connection?.isReady()) return void merging.add(feed)
    const row = feed.nextRow(source)
    if (row !== null) emit(row)
  }

  function keepSync(boundMs: number): void {
    sync = clock.at(clock.monotonicMs() + SYNC_MS, () => {
      connection?.send(`SYNC,${Math.floor((clock.monotonicMs() - boundMs) / 1000)}`)
      keepSync(boundMs)
    })
  }

  function letGo(): void {
    sync?.cancel()
    sync = null
    expiry?.cancel()
    expiry = null
    connection?.onReady(null)
    connection?.keepAlive(null)
    connection = null
  }

  function end(code: number, text: string): void {
    connection?.send(`END,${code},${encodeArgument(text)}`)
    letGo()
    subscriptions.clear()
    onEnd()
  }

  return {
    id,
    account,
    subscribe(subscription) {
      subscriptions.set(subscription.id, subscription)
      emit(`SUBOK,${subscription.id},${subscription.feeds.length},${subscription.fieldCount}`)
      emit(`CONF,${subscription.id},unlimited,filtered`)
      subscription.feeds.forEach((feed, index) => {
        if (subscription.mode === 'MERGE') {
          if (subscription.wantsSnapshot) touch(feed)
        } else if (subscription.wantsSnapshot) emit(`EOS,${subscription.id},${index + 1}`)
      })
    },
    unsubscribe(subscriptionId) {
      const subscription = subscriptions.get(subscriptionId)
      if (!subscription) return false
      subscriptions.delete(subscriptionId)
      for (const feed of subscription.feeds) merging.delete(feed)
      emit(`UNSUB,${subscriptionId}`)
      return true
    },
    reconfigure(subscriptionId) {
      if (!subscriptions.has(subscriptionId)) return false
      emit(`CONF,${subscriptionId},unlimited,filtered`)
      return true
    },
    subscriptions: () => subscriptions.values(),
    touch,
    tell: (feed, values) => emit(feed.eventRow(values)),
    bind(next, { keepAliveMs, wantsSync, recoverFrom, greeting }) {
      if (recoverFrom !== null && log.from(recoverFrom) === null) return false
      letGo()
      connection = next
      for (const line of greeting) next.send(line)
      if (recoverFrom !== null) {
        sent = recoverFrom
        next.send(`PROG,${recoverFrom}`)
      }
      next.onReady(pump)
      next.keepAlive(keepAliveMs)
      if (wantsSync) keepSync(clock.monotonicMs())
      pump()
      return true
    },
    unbind(lost) {
      if (connection !== lost) return
      letGo()
      expiry = clock.at(clock.monotonicMs() + KEPT_UNBOUND_MS, () => end(32, 'Session timed out'))
    },
    isBoundTo: other => connection === other,
    end,
  }
}

/** How long a session waits for its client to come back. Our choice: twice the recovery window of Lightstreamer's own clients. */
const KEPT_UNBOUND_MS = 30_000
/** The period is the server's to choose (TLCP specification, "SYNC"). */
const SYNC_MS = 20_000
