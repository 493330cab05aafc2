import { type ChainedRecord, readRecord } from '@scalpdesk/desk/journal'
import { Decimal } from '@scalpdesk/sdk'

/** A position that this desk opened, and that is closed again. */
export interface FinishedTrade {
  /** Why it counts for nothing; null when it was clean. */
  readonly spoiledBy: string | null
  /** Of the record that ended it: the same trade has the same one in every copy of its journal. */
  readonly endHash: string
}

/**
 * The trades of a journal, the days in their order. Clean: the entry carried its stop, the position never stood without one,
 * and the outcomes of its orders became known. What is still open, or was opened elsewhere, is none.
 */
export function finishedTrades(records: readonly ChainedRecord[]): readonly FinishedTrade[] {
  const entries = new Map<string, { readonly hasStop: boolean }>()
  const exits = new Map<string, { readonly dealId: string; readonly isWhole: boolean }>()
  const held = new Map<string, string | null>()
  const trades: FinishedTrade[] = []

  function spoil(dealId: string, why: string): void {
    if (held.has(dealId)) held.set(dealId, held.get(dealId) ?? why)
  }
  function end(dealId: string, endHash: string): void {
    const spoiledBy = held.get(dealId)
    if (spoiledBy === undefined) return
    held.delete(dealId)
    trades.push({ spoiledBy, endHash })
  }

  for (const { values, version, seq, hash } of records) {
    const read = readRecord(values, version, `record ${seq}`)
    if (read.kind !== 'known') continue
    const { record } = read
    switch (record.kind) {
      case 'about-to-open':
        entries.set(record.id, { hasStop: record.stopPoints !== null })
        break
      case 'about-to-close':
        exits.set(record.id, { dealId: record.dealId, isWhole: new Decimal(record.size).gte(record.heldSize) })
        break
      case 'filled': {
        const entry = entries.get(record.id)
        const exit = exits.get(record.id)
        if (entry && record.dealId !== null) held.set(record.dealId, entry.hasStop ? null : 'its entry carried no stop')
        if (exit?.isWhole) end(exit.dealId, hash)
        break
      }
      case 'done': {
        const exit = exits.get(record.id)
        if (exit) end(exit.dealId, hash)
        break
      }
      case 'unresolved': {
        const exit = exits.get(record.id)
        if (exit) spoil(exit.dealId, 'the outcome of its close stayed unknown')
        break
      }
      case 'no-stop':
        spoil(record.dealId, 'it stood without a stop')
        break
      case 'position-gone':
        end(record.dealId, hash)
        break
      default:
    }
  }
  return trades
}
