import { type JournalPort, type recover, recoverLines } from '@scalpdesk/desk/journal'
import { sha256 } from './journal-digest.ts'

/** A journal as a desk of one command needs it. */
export interface CommandJournal extends JournalPort {
  readonly recovered: ReturnType<typeof recover>
  close(): void
}

/** In the place of a journal that cannot be written: takes no record, so that no entry is sent, and exits go on. */
export function noJournal(why: string): CommandJournal {
  return {
    recovered: recoverLines([], sha256),
    append() {
      throw new Error(why)
    },
    close() {},
  }
}
