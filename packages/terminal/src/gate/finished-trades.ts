import { type ChainedRecord, readRecord } from '@scalpdesk/desk/journal'

/** A position that this desk opened, and that is closed again. */
export interface FinishedTrade {
  /** Why it counts for nothing; null when it was clean. */
  readonly spoiledBy: string | null
  /** Of the record with which it ended. */
  readonly endSeq: number
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
  function end(dealId: string, endSeq: number): void {
    const spoiledBy = held.get(dealId)
    if (spoiledBy === undefined) return
    held.delete(dealId)
    trades.push({ spoiledBy, endSeq })
  }

  for (const { values, version, seq } of records) {
    const read = readRecord(values, version, `record ${seq}`)
    if (read.kind !== 'known') continue
    const { record } = read
    switch (record.kind) {
      case 'about-to-open':
        entries.set(record.id, { hasStop: record.stopPoints !== null })
        break
      case 'about-to-close':
        exits.set(record.id, { dealId: record.dealId, isWhole: Number(record.size) >= Number(record.heldSize) })
        break
      case 'filled': {
        const entry = entries.get(record.id)
        const exit = exits.get(record.id)
        if (entry && record.dealId !== null) held.set(record.dealId, entry.hasStop ? null : 'its entry carried no stop')
        if (exit?.isWhole) end(exit.dealId, seq)
        break
      }
      case 'done': {
        const exit = exits.get(record.id)
        if (exit) end(exit.dealId, seq)
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
        end(record.dealId, seq)
        break
      default:
    }
  }
  return trades
}
