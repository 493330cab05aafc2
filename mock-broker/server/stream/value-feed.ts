import type { Clock, Timer } from '../clock.ts'
import { changesOf, type Follower, type Values } from './channel.ts'
import { type Chunk, chunk } from './chunk.ts'
import { encodeRow } from './tlcp-row.ts'

/** How often rows may come: so many in a second, as they happen, or as they happen and never merged. */
export type Frequency = number | 'unlimited' | 'unfiltered'

/**
 * One item of one subscription. While its client keeps up it passes the channel's rows on as they are; when the client is behind,
 * or wants fewer, it keeps what it may and writes rows of its own (TLCP specification, "Subscription": filtering and buffers).
 */
export interface ValueFeed extends Follower {
  /** Shows these values first, whole. */
  begin(values: Values): void
  /** Hands over what waits and is due; the client can take it. */
  release(): void
  setFrequency(frequency: Frequency): void
  close(): void
}

/** The session that a feed belongs to. */
export interface FeedHost {
  isReady(): boolean
  push(chunk: Chunk): void
  /** `release` shall be called as soon as the session is ready. */
  hasWaiting(feed: ValueFeed): void
  /** More waits than can be kept, and nothing of it may be dropped. */
  overflow(): void
}

export interface ValueFeedOptions {
  readonly mode: 'MERGE' | 'DISTINCT'
  /** `U,1,1,` */
  readonly prefix: string
  /** `OV,1,1,` */
  readonly lossPrefix: string
  readonly frequency: Frequency
  /** Rows kept for a client that is behind; Infinity drops none. */
  readonly buffer: number
  readonly clock: Clock
  readonly host: FeedHost
}

export function valueFeed({ mode, prefix, lossPrefix, buffer, clock, host, ...options }: ValueFeedOptions): ValueFeed {
  let frequency = options.frequency
  /** While not level: what the client saw last; null before the first row, which carries every field. */
  let seen: Values | null = null
  let waiting: Values[] = []
  /** Whether the client has all rows of the channel, so that the next one can be passed on. */
  let isLevel = false
  let lost = 0
  let dueMs = Number.NEGATIVE_INFINITY
  let timer: Timer | null = null

  function keep(rows: readonly Values[]): void {
    waiting = waiting.concat(rows)
    const dropped = waiting.length - (frequency === 'unfiltered' ? MOST_UNFILTERED : buffer)
    if (dropped > 0) {
      waiting = waiting.slice(dropped)
      if (frequency === 'unfiltered') lost += dropped
    }
    if (waiting.length > MOST_BUFFERED) host.overflow()
    else host.hasWaiting(feed)
  }

  function show(values: Values): void {
    const changes = seen === null ? values : changesOf(seen, values)
    seen = values
    if (changes === null && mode === 'MERGE') return
    host.push(chunk([prefix + encodeRow(changes ?? values.map(() => undefined))]))
  }

  function showPaced(perSecond: number): void {
    const nowMs = clock.monotonicMs()
    const [first] = waiting
    if (!first) return
    if (nowMs >= dueMs) {
      waiting.shift()
      show(first)
      dueMs = nowMs + 1000 / perSecond
    }
    if (waiting.length === 0 || timer) return
    timer = clock.at(dueMs, () => {
      timer = null
      host.hasWaiting(feed)
    })
  }

  const feed: ValueFeed = {
    begin(values) {
      waiting = [values]
      if (host.isReady()) feed.release()
      else host.hasWaiting(feed)
    },
    take({ chunk: lines, before, rows }) {
      const flows = typeof frequency !== 'number' && waiting.length === 0 && host.isReady()
      if (isLevel && flows) return host.push(lines)
      if (isLevel) seen = before
      isLevel = flows
      if (flows) for (const values of rows) show(values)
      else keep(rows)
    },
    release() {
      if (lost > 0) {
        host.push(chunk([lossPrefix + lost]))
        lost = 0
      }
      if (typeof frequency === 'number') return showPaced(frequency)
      if (waiting.length === 0) return
      for (const values of waiting) show(values)
      waiting = []
      isLevel = true
    },
    setFrequency(next) {
      // A channel's rows fit no more: the next comes through the buffer.
      frequency = next
      timer?.cancel()
      timer = null
      dueMs = Number.NEGATIVE_INFINITY
      if (waiting.length > 0) host.hasWaiting(feed)
    },
    close() {
      timer?.cancel()
      timer = null
    },
  }
  return feed
}

/** Rows kept of an unfiltered item before some are given up, and the client is told. Our choice. */
const MOST_UNFILTERED = 4096
/** Rows kept of an item without a limit of its own. Our choice. */
const MOST_BUFFERED = 8192
