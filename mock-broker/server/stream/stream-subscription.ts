import { hasField, type ItemSource, itemRules, itemValue, readItem, type StreamItem } from './stream-item.ts'
import { encodeRow, type RowValue } from './tlcp-row.ts'

/** One item of one subscription, and what its client last saw. */
export interface ItemFeed {
  readonly item: StreamItem
  /** The line with what changed in a MERGE item; null when nothing did. The first one carries every field. */
  nextRow(source: ItemSource): string | null
  /** The line of a DISTINCT event: fields that are not part of it stay as they were. */
  eventRow(values: Readonly<Record<string, string>>): string
}

export interface Subscription {
  readonly id: string
  readonly mode: 'MERGE' | 'DISTINCT'
  readonly fieldCount: number
  readonly wantsSnapshot: boolean
  readonly feeds: readonly ItemFeed[]
}

export type SubscriptionRequest = ReadonlyMap<string, string>

/**
 * @param account the one that the session belongs to.
 * @returns a code and a text of TLCP's control errors when the request cannot be served.
 */
export function readSubscription(
  request: SubscriptionRequest,
  account: string,
  source: ItemSource,
): Subscription | { readonly code: number; readonly text: string } {
  const id = request.get('LS_subId') ?? ''
  const items = (request.get('LS_group') ?? '').split(' ').map(name => readItem(name, account, source))
  const fields = (request.get('LS_schema') ?? '').split(' ')
  const adapter = request.get('LS_data_adapter') ?? 'DEFAULT'
  const mode = request.get('LS_mode')
  if (!/^\d{1,9}$/.test(id)) return { code: 65, text: 'LS_subId must be a number' }
  if (adapter !== 'DEFAULT' && adapter !== 'Pricing') return { code: 17, text: 'Data adapter not found' }
  const known = items.filter(item => item !== null)
  const [first] = known
  // IG: one bad item fails the whole subscription, and its items must be of one kind.
  if (!first || known.length !== items.length || known.some(item => item.kind !== first.kind)) {
    return { code: 21, text: 'Invalid group' }
  }
  const rules = itemRules(first)
  if (adapter !== rules.adapter) return { code: 21, text: 'Invalid group for this data adapter' }
  if (!fields.every(field => hasField(first, field))) return { code: 23, text: 'Invalid schema' }
  if (mode !== rules.mode) return { code: 24, text: 'Mode not allowed for these items' }
  return {
    id,
    mode: rules.mode,
    fieldCount: fields.length,
    wantsSnapshot: (request.get('LS_snapshot') ?? 'false') !== 'false',
    feeds: known.map((item, index) => itemFeed(item, `U,${id},${index + 1},`, fields)),
  }
}

function itemFeed(item: StreamItem, prefix: string, fields: readonly string[]): ItemFeed {
  let seen: readonly (string | null)[] | null = null
  return {
    item,
    nextRow(source) {
      const before = seen
      const now = fields.map(field => itemValue(item, field, source))
      if (before?.every((value, index) => value === now[index])) return null
      seen = now
      return prefix + encodeRow(before ? now.map((value, index) => (value === before[index] ? undefined : value)) : now)
    },
    eventRow(values) {
      const isFirst = seen === null
      seen = []
      return prefix + encodeRow(fields.map((field): RowValue => values[field] ?? (isFirst ? null : undefined)))
    },
  }
}
