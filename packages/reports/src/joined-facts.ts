import type { Calendar } from './calendar.ts'
import type { DayFacts } from './day-facts.ts'
import { brokerPositions } from './join/broker-positions.ts'
import { type BrokerRows, brokerRows } from './join/broker-rows.ts'
import { type JoinedPositions, joinedPositions } from './join/joined-positions.ts'
import { journalPositions } from './join/journal-positions.ts'
import { type MarketBook, marketBook } from './market-terms.ts'

export interface JoinedFacts {
  readonly rows: BrokerRows
  readonly markets: MarketBook
  readonly joined: JoinedPositions
}

/** The sources put together, deal by deal. */
export function joinedFacts(facts: DayFacts, calendar: Calendar): JoinedFacts {
  const rows = brokerRows(facts, calendar)
  const named = rows.activities.flatMap(({ epic, details }) =>
    epic && details?.marketName ? [[details.marketName, epic] as const] : [],
  )
  const markets = marketBook(facts, named)
  const { journal, account, span } = facts
  const ours = journal && journalPositions(journal.entries, markets, account.currency, span.endMs)
  return { rows, markets, joined: joinedPositions(brokerPositions(rows, markets), ours) }
}
