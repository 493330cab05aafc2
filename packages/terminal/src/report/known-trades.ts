import {
  type AccountShelf,
  type DaySpan,
  type ReportedAccount,
  reportOf,
  storedFacts,
  type Trade,
} from '@scalpdesk/reports'
import { journalFolder } from '../session/journal-folder.ts'
import { journalFacts, journalMarkets } from './journal-facts.ts'

export interface KnownTradesQuery {
  readonly home: string
  readonly world: string
  readonly account: ReportedAccount
  readonly span: DaySpan
  readonly shelf: AccountShelf
  readonly asOfMs: number
}

/** Trades of a span as the journal and what was read before tell them: the broker is not asked, and prices are not looked at. @throws StoreError */
export function knownTrades({ home, world, account, span, shelf, asOfMs }: KnownTradesQuery): readonly Trade[] {
  const journal = journalFacts(journalFolder(home, world, account.id), span)
  const markets = journal ? journalMarkets(journal) : []
  return reportOf(storedFacts({ account, span, shelf, journal, markets, prices: [], asOfMs })).trades
}

/**
 * By the id of the trade, or of any of its deals or orders, or by the last characters of a deal id, as the broker's platform and its history
 * show it.
 */
export function tradesNamed(trades: readonly Trade[], name: string): readonly Trade[] {
  const whole = trades.filter(trade => namesOf(trade).includes(name))
  if (whole.length > 0 || name.length < SHORT_ID) return whole
  return trades.filter(trade => namesOf(trade).some(known => known.endsWith(name)))
}

/** Under which remarks about it may have been kept. */
export const namesOf = ({ id, entries, exits }: Trade): readonly string[] => [
  id,
  ...[...entries, ...exits].flatMap(({ dealId, reference }) => [dealId, reference].filter(name => name !== null)),
]

/** Of the ids in IG's own rows (IG Labs, REST API reference, "Transaction history": `reference` of the examples). */
const SHORT_ID = 8
