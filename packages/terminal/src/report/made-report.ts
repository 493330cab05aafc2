import {
  type AccountShelf,
  type DaySpan,
  type ReportedAccount,
  reportOf,
  storedFacts,
  type WhatIfChange,
} from '@scalpdesk/reports'
import { journalFolder } from '../session/journal-folder.ts'
import { journalFacts, journalMarkets } from './journal-facts.ts'
import type { MadeReport } from './report-forms.ts'
import { tapeFolder, tapePrices, tapesIn } from './tape-prices.ts'

export interface ReportParts {
  readonly home: string
  readonly world: string
  readonly account: ReportedAccount
  readonly span: DaySpan
  readonly shelf: AccountShelf | null
  readonly asOfMs: number
  /** Named by the user; those of the folder `tapes` are looked at as well. */
  readonly tapes?: readonly string[]
  readonly whatIf?: WhatIfChange | null
  /** Asked now and then: may throw, for who does not wait any longer. */
  readonly check?: () => void
}

/** Joins what was read, the journal and the tapes. @throws StoreError, TapeError, or what the system says */
export function madeReport(parts: ReportParts): MadeReport {
  const { home, world, account, span, shelf, asOfMs, tapes = [], whatIf = null, check = () => {} } = parts
  const journal = journalFacts(journalFolder(home, world, account.id), span, check)
  const stretch = { fromMs: span.beginMs, toMs: span.endMs }
  const prices =
    tapes.length > 0
      ? tapePrices(tapes, stretch, false, check)
      : tapePrices(tapesIn(tapeFolder(home)), stretch, true, check)
  const markets = journal ? journalMarkets(journal) : []
  const facts = storedFacts({ account, span, shelf, journal, markets, prices, asOfMs })
  return { report: reportOf(facts, { whatIf }), prices: facts.prices }
}
