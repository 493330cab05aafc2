import type { TradeOrigin } from '../trade.ts'

/**
 * Who pressed, by the field `by` of an announcement: `key`, `command`, `bot:NAME`, or an object with `kind` and `name`. Records without it
 * are from the time when only keys sent orders.
 */
export function originOf(announcement: object): TradeOrigin {
  const by: unknown = 'by' in announcement ? announcement.by : undefined
  if (by === undefined || by === null || by === 'key') return { kind: 'key' }
  if (by === 'command') return { kind: 'command' }
  if (typeof by === 'string' && by.startsWith('bot:')) return { kind: 'bot', name: by.slice(4) }
  if (typeof by !== 'object' || !('kind' in by)) return { kind: 'unknown' }
  if (by.kind === 'key' || by.kind === 'command') return { kind: by.kind }
  return by.kind === 'bot' && 'name' in by && typeof by.name === 'string'
    ? { kind: 'bot', name: by.name }
    : { kind: 'unknown' }
}
