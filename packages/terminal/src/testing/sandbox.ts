import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JournalRecord } from '@scalpdesk/desk/journal'
import { systemClock } from '@scalpdesk/sdk'
import type { GateFact } from '../gate/gate-fact.ts'
import { addGateFact, gateJournalFolder } from '../gate/gate-record.ts'
import { openJournal } from '../session/journal-file.ts'
import { journalFolder } from '../session/journal-folder.ts'

export const newHome = (): string => mkdtempSync(join(tmpdir(), 'gate-'))

/** The records of a trade that was opened with its stop and closed. */
export function tradeRecords(name: string, stopPoints: string | null = '10'): readonly JournalRecord[] {
  const epic = 'CS.D.EURUSD.CFD.IP'
  const filled = { atMs: 2, level: '1.1', size: '1', profit: null, profitCurrency: null, by: 'stream' } as const
  const dealId = `DEAL${name}`
  return [
    {
      kind: 'about-to-open',
      atMs: 1,
      id: `in-${name}`,
      epic,
      direction: 'BUY',
      size: '1',
      preset: null,
      stopPoints,
      limitPoints: null,
      trailing: null,
      isGuaranteed: false,
      seenLevel: '1.1',
    },
    { kind: 'filled', id: `in-${name}`, dealId, ...filled },
    { kind: 'about-to-close', atMs: 3, id: `out-${name}`, dealId, epic, direction: 'SELL', size: '1', heldSize: '1' },
    { kind: 'filled', id: `out-${name}`, dealId, ...filled },
  ]
}

/** Appends to the journal of an account, as a session does. */
export function journalTo(home: string, world: string, records: readonly JournalRecord[], account = 'ABC12'): void {
  const journal = openJournal(journalFolder(home, world, account), systemClock)
  for (const record of records) journal.append(record)
  journal.close()
}

export function tradesIn(home: string, count: number, world = 'mock', from = 0): void {
  journalTo(home, world, Array.from({ length: count }, (_, at) => tradeRecords(`${from + at}`)).flat())
}

/** Puts facts on record, as the program does. */
export function putOnRecord(home: string, ...facts: readonly GateFact[]): void {
  const journal = openJournal(gateJournalFolder(home), systemClock)
  for (const fact of facts) addGateFact(home, journal, fact, { wallMs: systemClock.nowMs(), atMs: 1 })
  journal.close()
}

export const passed = (drill: 'flatten' | 'disconnect'): GateFact => ({
  kind: 'drill-passed',
  drill,
  words: 'flat 1.0 s after it was asked for',
})

/** Everything is practised: live is open. */
export function openGate(home: string): void {
  putOnRecord(home, passed('flatten'), passed('disconnect'))
  tradesIn(home, 20)
}
