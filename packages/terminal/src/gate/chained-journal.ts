import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ChainedRecord, type ChainHead, readChain, repair } from '@scalpdesk/desk/journal'
import { sha256 } from '../session/journal-digest.ts'
import { systemCode } from '../session/journal-error.ts'
import { dayFiles } from '../session/journal-folder.ts'

/** All of a journal that is as it was written. */
export interface ChainedJournal {
  readonly records: readonly ChainedRecord[]
  /** The first thing that is wrong with it, as one sentence; nothing from there on is in `records`. */
  readonly problem: string | null
}

/** Reads every day of a journal, up to its first fault. @returns null when there is no such folder */
export function chainedJournal(folder: string): ChainedJournal | null {
  const records: ChainedRecord[] = []
  let after: ChainHead | null = null
  for (const name of daysOf(folder) ?? []) {
    const { lines } = repair(readFileSync(join(folder, name)), sha256)
    const chain = readChain(lines, sha256, after)
    if (chain.fault) return { records, problem: `${join(folder, name)}: ${chain.fault.words}` }
    records.push(...chain.records)
    after = chain.head
  }
  return daysOf(folder) === null ? null : { records, problem: null }
}

function daysOf(folder: string): readonly string[] | null {
  try {
    return dayFiles(folder)
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null
    throw error
  }
}

/** The journals of the mock broker and of demo, as `<environment>/<account>`. */
export function sandboxFolders(home: string): readonly string[] {
  return namesIn(join(home, 'journal'))
    .filter(world => /^(mock|mock-embedded|demo|demo-at-[\w-]+)$/.test(world))
    .flatMap(world => namesIn(join(home, 'journal', world)).map(account => `${world}/${account}`))
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(({ name }) => name)
      .sort()
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return []
    throw error
  }
}
