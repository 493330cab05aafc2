import type { JournalEntry } from '@scalpdesk/desk/journal'
import type { GuardEvent } from '../report.ts'

/** What the guard and its alarms did, in their order. */
export function guardEvents(entries: readonly JournalEntry[]): readonly GuardEvent[] {
  return entries.flatMap(({ record, wallMs: atMs }) => {
    switch (record.kind) {
      case 'alarm':
        return record.state === 'began' ? [{ atMs, code: record.code, words: record.words }] : []
      case 'guard': {
        const { kind, reason, words } = record.fact
        return kind === 'locked' ? [{ atMs, code: `locked-${String(reason)}`, words: String(words) }] : []
      }
      case 'no-stop':
        return [{ atMs, code: 'no-stop', words: `${record.epic} is held without a stop: ${record.dealId}` }]
      case 'not-flat':
        return [{ atMs, code: 'not-flat', words: record.words }]
      case 'armed':
        return [{ atMs, code: record.isArmed ? 'armed' : 'disarmed', words: record.because }]
      default:
        return []
    }
  })
}
