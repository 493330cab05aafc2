import type { DealReference } from '@scalpdesk/sdk'
import type { PressedBy } from '../journal/record.ts'
import { type Turn, update } from '../turn.ts'
import type { OrderId } from './order.ts'

/** Notes who pressed, for the orders that come of it: some are sent long after the press. */
export function noteCaller(turn: Turn, reference: DealReference, by: PressedBy | undefined): void {
  if (by === undefined || by === 'key') return
  const { callers } = turn.state
  const kept = [...callers].slice(callers.size < CALLERS_KEPT ? 0 : 1)
  update(turn, { callers: new Map([...kept, [reference, by]]) })
}

/** undefined: a key. Each order is named after the reference of its press. */
export function callerOf({ state: { callers } }: Turn, id: OrderId): PressedBy | undefined {
  if (callers.size === 0) return undefined
  const [reference] = id.split('.', 1)
  for (const [name, by] of callers) if (name === reference) return by
  return undefined
}

/** Our choice: more presses than any that still wait. */
const CALLERS_KEPT = 100
