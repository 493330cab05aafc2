import type { Notification } from './notification.ts'
import type { SubscriptionEntry } from './subscription-entry.ts'
import { unreachable } from './unreachable.ts'

/** Of error 61, "protocol error seen by the client", as the official clients report it. */
export const CLIENT_SAW_NONSENSE = 61

type News = Extract<Notification, { kind: 'snapshot-end' | 'cleared' | 'overflow' | 'frequency' }>

/** What a line, other than a row, says about a subscription. */
export function tellNews(entry: SubscriptionEntry, news: News, warn: (text: string) => void): void {
  const { listener, spec } = entry
  if (news.kind === 'frequency') return listener.frequency?.(news.real)
  const itemIndex = news.item - 1
  const name = spec.items[itemIndex]
  if (name === undefined) return warn(`a line for item ${news.item} of ${spec.items.length}`)
  const hasEvents = spec.mode === 'DISTINCT' || spec.mode === 'COMMAND'
  switch (news.kind) {
    case 'snapshot-end':
      entry.ended[itemIndex] = true
      return listener.snapshotEnded?.(itemIndex)
    case 'cleared':
      // TLCP specification, "CS": not in MERGE, where the server sends a row of nulls instead.
      if (!hasEvents) return warn(`the server cleared ${name}, whose mode knows no clearing`)
      entry.tables[itemIndex]?.clear()
      return listener.cleared?.(itemIndex)
    case 'overflow':
      listener.rowsDropped?.(itemIndex, news.count)
      return listener.interrupted?.(`the server dropped ${news.count} rows`)
    default:
      return unreachable(news)
  }
}
