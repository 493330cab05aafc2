import type { DealId, Decimal } from '@scalpdesk/sdk'
import { type Day, dealOf } from './day.ts'
import { Exact, plain } from './exact.ts'
import type { Evidence, Reduced } from './fact.ts'

/** One deal of the broker that reduced several positions. */
export interface NetOff {
  /** Of the order; each result is named by it and its deal. */
  readonly id: string
  /** In the order in which they were reduced. */
  readonly affected: readonly { readonly dealId: DealId; readonly status: 'fully-closed' | 'partially-closed' }[]
  /** That was dealt, with what it may have opened. */
  readonly size: Decimal
  readonly level: Decimal | null
  /** Of all of them together. */
  readonly profit: Decimal | null
  readonly profitCurrency: string | null
  readonly by: Evidence
  readonly atMs: number
}

/**
 * What it took from each position that the day knows: a fully closed one its rest, the partially closed one what is left of
 * the deal. The profit is one figure for all, so it is told of a single position only; of several each is computed.
 */
export function netOffFacts(day: Day, { affected, ...deal }: NetOff): readonly Reduced[] {
  const facts: Reduced[] = []
  const isOne = affected.length === 1
  let remaining: Decimal = new Exact(deal.size)
  for (const { dealId, status } of affected) {
    const held = dealOf(day, dealId)
    if (!held || held.endedAtMs !== null) continue
    const size = plain(status === 'fully-closed' ? held.left : Exact.min(remaining, held.left))
    remaining = Exact.max(0, remaining.minus(size))
    if (size.isZero()) continue
    const { epic, direction } = held
    const { level, by, atMs } = deal
    const profit = isOne ? deal.profit : null
    const profitCurrency = isOne ? deal.profitCurrency : null
    const id = isOne ? deal.id : `${deal.id}/${dealId}`
    facts.push({ kind: 'reduced', id, dealId, epic, direction, size, level, profit, profitCurrency, by, atMs })
  }
  return facts
}
