import type { Clock } from '../clock.ts'
import { chunk } from './chunk.ts'
import { type EventFeed, eventFeed } from './event-feed.ts'
import type { StreamHub } from './stream-hub.ts'
import type { Subscription } from './stream-subscription.ts'
import { encodeRow } from './tlcp-row.ts'
import { type FeedHost, type Frequency, type ValueFeed, valueFeed } from './value-feed.ts'

/** A subscription at work: its feeds follow their items until it is closed. */
export interface OpenSubscription {
  readonly valueFeeds: readonly ValueFeed[]
  readonly eventFeeds: readonly EventFeed[]
  /** SUBOK, CONF, and the snapshots that were asked for. */
  begin(): void
  /** @returns false for a change to or from `unfiltered`. */
  reconfigure(frequency: Frequency): boolean
  close(): void
}

export interface OpenSubscriptionOptions {
  readonly subscription: Subscription
  readonly hub: StreamHub
  readonly clock: Clock
  readonly host: FeedHost
  readonly append: (line: string) => void
}

export function openSubscription({
  subscription,
  hub,
  clock,
  host,
  append,
}: OpenSubscriptionOptions): OpenSubscription {
  const { id, mode, items, fields, wantsSnapshot, buffer } = subscription
  let frequency = subscription.frequency
  const closers: (() => void)[] = []
  const valueFeeds: ValueFeed[] = []
  const eventFeeds: EventFeed[] = []

  function tellFrequency(): void {
    append(frequency === 'unfiltered' ? `CONF,${id},unlimited,unfiltered` : `CONF,${id},${String(frequency)},filtered`)
  }

  function beginItem(item: Subscription['items'][number], number: number): void {
    const prefix = `U,${id},${number},`
    if (item.kind === 'trade') {
      eventFeeds.push(
        eventFeed(item.account, fields, prefix, lines => {
          hub.settle()
          host.push(lines)
        }),
      )
      // Nothing that happened before the subscription is told again.
      if (wantsSnapshot) append(`EOS,${id},${number}`)
      return
    }
    const feed = valueFeed({ mode, prefix, lossPrefix: `OV,${id},${number},`, frequency, buffer, clock, host })
    valueFeeds.push(feed)
    const values = hub.follow(item, fields, prefix, feed)
    closers.push(() => {
      hub.unfollow(item, fields, prefix, feed)
      feed.close()
    })
    if (!wantsSnapshot) return
    if (mode === 'MERGE') return feed.begin(values)
    // The last event is a snapshot of its own: it ends before the live ones begin.
    if (values.some(value => value !== null)) host.push(chunk([prefix + encodeRow(values)]))
    append(`EOS,${id},${number}`)
  }

  return {
    valueFeeds,
    eventFeeds,
    begin() {
      append(`SUBOK,${id},${items.length},${fields.length}`)
      tellFrequency()
      items.forEach((item, index) => void beginItem(item, index + 1))
    },
    reconfigure(next) {
      if (next === frequency) {
        tellFrequency()
        return true
      }
      if (next === 'unfiltered' || frequency === 'unfiltered') return false
      if (eventFeeds.length === 0) frequency = next
      tellFrequency()
      for (const feed of valueFeeds) feed.setFrequency(frequency)
      return true
    },
    close() {
      for (const close of closers) close()
    },
  }
}
