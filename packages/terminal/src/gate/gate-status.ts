import { join } from 'node:path'
import { chainedJournal, sandboxFolders } from './chained-journal.ts'
import { finishedTrades } from './finished-trades.ts'
import { DRILLS, type DrillName, type GateFact } from './gate-fact.ts'
import type { GateRecord } from './gate-record.ts'

/** Clean trades in the sandbox before live: our choice, an hour of scalping. */
const TRADES_NEEDED = 20

/** Whether live may be traded, and what is done and missing for it. */
export interface GateStatus {
  readonly isOpen: boolean
  /** Who opened it; null while it is locked. */
  readonly openedBy: 'practice' | 'sentence' | null
  readonly drills: Readonly<Record<DrillName, boolean>>
  readonly trades: { readonly clean: number; readonly spoiled: number; readonly needed: number }
  /** What is still to be done, one sentence each, with the command that does it. */
  readonly missing: readonly string[]
  readonly problems: readonly string[]
}

export function gateStatus({ facts, problems }: GateRecord): GateStatus {
  const passed = (drill: DrillName): boolean => facts.some(fact => fact.kind === 'drill-passed' && fact.drill === drill)
  const count = (of: 'clean' | 'spoiled'): number => endings(facts, [of]).size
  const clean = count('clean')
  const missing = [
    ...DRILLS.filter(drill => !passed(drill)).map(drill => `the ${drill} drill: scalpdesk drill ${drill}`),
    ...(clean < TRADES_NEEDED
      ? [`${TRADES_NEEDED - clean} more clean trades on the mock broker or demo: scalpdesk, or scalpdesk --env demo`]
      : []),
  ]
  const bySentence = facts.some(({ kind }) => kind === 'opened')
  const openedBy = missing.length === 0 ? 'practice' : bySentence ? 'sentence' : null
  return {
    isOpen: openedBy !== null,
    openedBy,
    drills: { flatten: passed('flatten'), disconnect: passed('disconnect') },
    trades: { clean, spoiled: count('spoiled'), needed: TRADES_NEEDED },
    missing,
    problems,
  }
}

/** Of the trades on record, each once, whatever its journal was copied to. */
function endings(facts: readonly GateFact[], of: readonly ('clean' | 'spoiled')[]): ReadonlySet<string> {
  return new Set(facts.flatMap(fact => (fact.kind === 'trades' ? of.flatMap(each => fact[each]) : [])))
}

/** What the journals of the sandbox hold beyond the record, as its next facts; and what cannot be believed of them. */
export function newTrades(
  home: string,
  { facts }: GateRecord,
): { readonly facts: readonly GateFact[]; readonly problems: readonly string[] } {
  const known = new Set(endings(facts, ['clean', 'spoiled']))
  const found: GateFact[] = []
  const problems: string[] = []
  for (const folder of sandboxFolders(home)) {
    const journal = chainedJournal(join(home, 'journal', folder))
    if (!journal) continue
    if (journal.problem) problems.push(`trades from there on do not count: ${journal.problem}`)
    const trades = finishedTrades(journal.records).filter(({ endHash }) => !known.has(endHash))
    if (trades.length === 0) continue
    for (const { endHash } of trades) known.add(endHash)
    const ends = (isClean: boolean): readonly string[] =>
      trades.filter(({ spoiledBy }) => (spoiledBy === null) === isClean).map(({ endHash }) => endHash)
    found.push({ kind: 'trades', folder, clean: ends(true), spoiled: ends(false) })
  }
  return { facts: found, problems }
}
