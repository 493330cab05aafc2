import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { chainedJournal } from '../gate/chained-journal.ts'
import { readGateRecord } from '../gate/gate-record.ts'
import { gateStatus } from '../gate/gate-status.ts'
import { keyTable } from '../keys/key-table.ts'
import { readSettings } from '../settings/read-settings.ts'
import { isProblem, problemText } from '../settings/settings-problem.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

/** What of the program's folder is read: settings, journals, the record of the sandbox. Nothing is changed but settings of an older version. */
export function recordFindings(home: string): readonly Finding[] {
  return [settingsFinding(home), ...journalFindings(home), gateFinding(home)]
}

function settingsFinding(home: string): Finding {
  const name = 'settings'
  const found = readSettings(home)
  if (isProblem(found))
    return problem(name, found.map(problemText).join('; '), 'correct them; scalpdesk config check says the same')
  const made = keyTable(found.keys)
  if (made.kind !== 'table')
    return problem(name, `keys: ${made.problems.join('; ')}`, 'correct the keys of the settings')
  if (found.from.exists) return ok(name, `${found.from.file}, nothing wrong with it`)
  return warning(name, 'there are none, so the mock broker inside trades', 'scalpdesk init sets up what you trade')
}

function journalFindings(home: string): readonly Finding[] {
  const name = 'journal'
  const journals = foldersIn(join(home, 'journal')).flatMap(world =>
    foldersIn(join(home, 'journal', world)).map(account => ({ world, folder: join(home, 'journal', world, account) })),
  )
  if (journals.length === 0) return [ok(name, 'none yet')]
  const read = journals.map(({ world, folder }) => ({ world, ...chainedJournal(folder) }))
  const broken = read.flatMap(({ problem: fault }) => fault ?? [])
  if (broken.length > 0)
    return broken.map(fault =>
      problem(name, `not as it was written: ${fault}`, 'compare with a copy; what is left of it is gone on with'),
    )
  const records = read.reduce((sum, { records: each }) => sum + (each?.length ?? 0), 0)
  return [
    ok(name, `${records} records of ${journals.length === 1 ? 'one account' : `${journals.length} accounts`}, whole`),
  ]
}

function gateFinding(home: string): Finding {
  const name = 'live'
  const { isOpen, openedBy, missing, problems } = gateStatus(readGateRecord(home))
  if (problems.length > 0)
    return problem(name, `locked: ${problems.join('; ')}`, 'practise again; scalpdesk gate says what is missing')
  if (isOpen) return ok(name, `open, by ${openedBy === 'practice' ? 'practice' : 'a typed sentence'}`)
  return ok(name, `locked until the sandbox is practised (${missing.length} things missing; scalpdesk gate)`)
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? [entry.name] : []))
  } catch {
    return []
  }
}
