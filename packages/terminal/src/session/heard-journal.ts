import type { JournalPort, JournalRecord } from '@scalpdesk/desk'

/** A journal whose records somebody else hears too. */
export interface HeardJournal extends JournalPort {
  /** Hears each record, whether it can be written or not, until the function that it returns is called. */
  onRecord(listener: (record: JournalRecord) => void): () => void
}

/** The record is written first: who listens never stands between a key and its order. */
export function heardJournal(journal: JournalPort): HeardJournal {
  const listeners = new Set<(record: JournalRecord) => void>()
  return {
    append(record) {
      try {
        journal.append(record)
      } finally {
        for (const listener of listeners) listener(record)
      }
    },
    ...(journal.rehearse && { rehearse: record => journal.rehearse?.(record) }),
    onRecord(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
