import type { ItemSource } from './items/item-source.ts'
import { type ItemTerms, itemRules, readItem, type StreamItem } from './items/stream-item.ts'
import type { RequestFields } from './tlcp-request.ts'
import type { Frequency } from './value-feed.ts'

/** What a client asked for with `add`, understood and allowed (TLCP specification, "Subscription Request"). */
export interface Subscription {
  readonly id: string
  readonly mode: 'MERGE' | 'DISTINCT'
  readonly items: readonly [StreamItem, ...StreamItem[]]
  readonly fields: readonly string[]
  readonly wantsSnapshot: boolean
  readonly frequency: Frequency
  /** Rows that may wait for a client that is behind; Infinity for all. */
  readonly buffer: number
}

export interface ControlRefusal {
  readonly code: number
  readonly text: string
}

/** @returns a code and a text of TLCP's control errors when the request cannot be served. */
export function readSubscription(
  request: RequestFields,
  terms: ItemTerms,
  source: ItemSource,
): Subscription | ControlRefusal {
  const id = request.get('LS_subId') ?? ''
  const items = (request.get('LS_group') ?? '').split(' ').map(name => readItem(name, terms, source))
  const fields = (request.get('LS_schema') ?? '').split(' ')
  const adapter = request.get('LS_data_adapter') ?? 'DEFAULT'
  const mode = request.get('LS_mode') ?? ''
  const frequency = readFrequency(request.get('LS_requested_max_frequency'))
  const buffer = request.get('LS_requested_buffer_size')
  if (!/^\d{1,9}$/.test(id)) return { code: 65, text: 'LS_subId must be a number' }
  if (frequency === null) return { code: 65, text: 'LS_requested_max_frequency must be a number' }
  if (buffer !== undefined && !/^(\d{1,9}|unlimited)$/.test(buffer)) {
    return { code: 65, text: 'LS_requested_buffer_size must be a number' }
  }
  if (!MODES.has(mode)) return { code: 65, text: 'LS_mode must be RAW, MERGE, DISTINCT or COMMAND' }
  if (adapter !== 'DEFAULT' && adapter !== 'Pricing') return { code: 17, text: 'Data adapter not found' }
  const known = items.filter(item => item !== null)
  const [first, ...others] = known
  // IG: one bad item fails the whole subscription, and its items must be of one kind.
  if (!first || known.length !== items.length || others.some(item => item.kind !== first.kind)) {
    return { code: 21, text: 'Invalid group' }
  }
  const rules = itemRules(first)
  if (adapter !== rules.adapter) return { code: 21, text: 'Invalid group for this data adapter' }
  if (!fields.every(field => rules.fields.test(field))) return { code: 23, text: 'Invalid schema' }
  if (mode !== rules.mode) return { code: 24, text: 'Mode not allowed for these items' }
  return {
    id,
    mode: rules.mode,
    items: [first, ...others],
    fields,
    wantsSnapshot: (request.get('LS_snapshot') ?? 'false') !== 'false',
    // Events of the account are never held back: what is granted is told in CONF.
    frequency: first.kind === 'trade' ? 'unlimited' : frequency,
    buffer: readBuffer(buffer, rules.mode),
  }
}

/** @returns null for a text that is no frequency. */
export function readFrequency(text: string | undefined): Frequency | null {
  if (text === undefined || text === 'unlimited') return 'unlimited'
  if (text === 'unfiltered') return 'unfiltered'
  const perSecond = /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : 0
  return perSecond > 0 ? perSecond : null
}

/** One row for MERGE and any number for DISTINCT, unless the client asks for another (TLCP specification). */
function readBuffer(asked: string | undefined, mode: Subscription['mode']): number {
  if (asked === undefined) return mode === 'MERGE' ? 1 : Number.POSITIVE_INFINITY
  return asked === 'unlimited' ? Number.POSITIVE_INFINITY : Math.max(1, Number(asked))
}

const MODES: ReadonlySet<string> = new Set(['RAW', 'MERGE', 'DISTINCT', 'COMMAND'])
