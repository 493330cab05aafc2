import { join } from 'node:path'
import { chainedJournal, sandboxFolders } from './chained-journal.ts'
import { finishedTrades } from './finished-trades.ts'
import { DRILLS, type DrillName, type GateFact } from './gate-fact.ts'
import type { GateRecord } from './gate-record.ts'

/** Clean trades in the sandbox before live: our choice, an hour of scalping. */
export const TRADES_NEEDED = 20

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
  const trades = facts.filter(fact => fact.kind === 'trades')
  const sum = (of: 'clean' | 'spoiled'): number => trades.reduce((total, fact) => total + fact[of], 0)
  const clean = sum('clean')
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
    trades: { clean, spoiled: sum('spoiled'), needed: TRADES_NEEDED },
    missing,
    problems,
  }
}

/** What the journals of the sandbox hold beyond the record, as its next facts; and what cannot be believed of them. */
export function newTrades(
  home: string,
  { facts }: GateRecord,
): { readonly facts: readonly GateFact[]; readonly problems: readonly string[] } {
  const found: GateFact[] = []
  const problems: string[] = []
  for (const folder of sandboxFolders(home)) {
    const journal = chainedJournal(join(home, 'journal', folder))
    const head = journal?.records.at(-1)
    if (journal?.problem) problems.push(`trades from there on do not count: ${journal.problem}`)
    if (!journal || !head) continue
    const counted = facts.findLast(fact => fact.kind === 'trades' && fact.folder === folder)
    const since = counted?.kind === 'trades' ? counted.upTo.seq : 0
    // A journal that was begun anew has lower numbers; what it holds is new all the same.
    const isSame = journal.records.some(({ seq, hash }) =>
      counted?.kind === 'trades' ? seq === since && hash === counted.upTo.hash : false,
    )
    const trades = finishedTrades(journal.records).filter(({ endSeq }) => !isSame || endSeq > since)
    if (trades.length === 0) continue
    if (counted && !isSame) {
      problems.push(`the journal ${folder} is not the one whose trades are on record: its trades do not count again`)
      continue
    }
    const clean = trades.filter(({ spoiledBy }) => spoiledBy === null).length
    const upTo = { seq: head.seq, hash: head.hash }
    found.push({ kind: 'trades', folder, clean, spoiled: trades.length - clean, upTo })
  }
  return { facts: found, problems }
}
