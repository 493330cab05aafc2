import type { JournalEntry } from '@scalpdesk/desk/journal'
import type { PressCounts } from '../report.ts'

/** What came of the presses of a span. Each order counts once, whatever was said of it how often. */
export function pressCounts(entries: readonly JournalEntry[]): PressCounts {
  const entered = new Set<string>()
  const filled = new Set<string>()
  const rejectedIds = new Set<string>()
  const unresolved = new Set<string>()
  const denied = new Map<string, number>()
  const rejected = new Map<string, number>()
  for (const { record } of entries) {
    switch (record.kind) {
      case 'about-to-open':
        entered.add(record.id)
        break
      case 'filled':
        if (entered.has(record.id)) filled.add(record.id)
        unresolved.delete(record.id)
        break
      case 'done':
        unresolved.delete(record.id)
        break
      case 'rejected':
        unresolved.delete(record.id)
        if (rejectedIds.has(record.id)) break
        rejectedIds.add(record.id)
        rejected.set(record.reason, (rejected.get(record.reason) ?? 0) + 1)
        break
      case 'denied':
        denied.set(record.code, (denied.get(record.code) ?? 0) + 1)
        break
      case 'unresolved':
        unresolved.add(record.id)
        break
      default:
        break
    }
  }
  return { entries: entered.size, filled: filled.size, denied, rejected, unresolved: unresolved.size }
}
