import { systemClock } from '@scalpdesk/sdk'
import { HeldFolderError } from '../session/held-folder-error.ts'
import { openJournal } from '../session/journal-file.ts'
import type { GateFact } from './gate-fact.ts'
import { addGateFact, gateJournalFolder, readGateRecord } from './gate-record.ts'
import { type GateStatus, gateStatus, newTrades } from './gate-status.ts'

/** Takes what was traded in the sandbox since into the record, and says whether live may be traded. */
export function lookAtGate(home: string): GateStatus {
  const before = gateStatus(readGateRecord(home))
  if (before.openedBy === 'practice') return before
  const { facts, problems } = newTrades(home, readGateRecord(home))
  const failed = facts.length > 0 ? record(home, facts) : null
  const status = gateStatus(readGateRecord(home))
  return { ...status, problems: [...status.problems, ...problems, ...(failed === null ? [] : [failed])] }
}

/** A person's sentence in the place of practice. @throws HeldFolderError, JournalError, or what the disk said */
export function openBySentence(home: string, sentence: string): void {
  addAll(home, [{ kind: 'opened', sentence }])
}

/** @returns why it could not be written */
function record(home: string, facts: readonly GateFact[]): string | null {
  try {
    addAll(home, facts)
    return null
  } catch (error) {
    const busy = error instanceof HeldFolderError
    const why = busy ? 'a drill is running; look again when it is over' : (error as Error).message
    return `the newest trades could not be put on record: ${why}`
  }
}

function addAll(home: string, facts: readonly GateFact[]): void {
  const journal = openJournal(gateJournalFolder(home), systemClock)
  try {
    for (const fact of facts)
      addGateFact(home, journal, fact, { wallMs: systemClock.nowMs(), atMs: systemClock.monotonicMs() })
  } finally {
    journal.close()
  }
}
