import { Decimal } from '@scalpdesk/sdk'
import type { Guarded } from './remark-log.ts'
import type { AccountShelf } from './report-store.ts'
import { marketOfText, rowText } from './row-text.ts'
import type { Database } from './sqlite.ts'

export interface MarketTermsParts {
  readonly guarded: Guarded
  /** All of it or nothing. */
  together(work: () => void): void
}

/** What is known of an account's markets, each with the rates of its currency day by day. */
export function marketTerms(
  database: Database,
  account: number,
  { guarded, together }: MarketTermsParts,
): Pick<AccountShelf, 'markets' | 'keepMarkets'> {
  const ratesOf = (epic: string): NonNullable<ReturnType<typeof marketOfText>['rates']> =>
    database
      .prepare('SELECT from_ms, per_unit FROM rate WHERE account = ? AND epic = ? ORDER BY from_ms')
      .all(account, epic)
      .map(row => ({ fromMs: Number(row.from_ms), perUnit: new Decimal(String(row.per_unit)) }))
  return {
    markets: () =>
      guarded(() =>
        database
          .prepare('SELECT body FROM market WHERE account = ?')
          .all(account)
          .map(row => {
            const market = marketOfText(String(row.body))
            const rates = ratesOf(market.epic)
            return rates.length === 0 ? market : { ...market, rates }
          }),
      ),
    keepMarkets: (markets, toldAtMs) =>
      guarded(() =>
        together(() => {
          const insert = database.prepare('INSERT OR REPLACE INTO market VALUES (?, ?, ?)')
          const note = database.prepare('INSERT OR REPLACE INTO rate VALUES (?, ?, ?, ?)')
          const fromMs = Math.floor(toldAtMs / DAY_MS) * DAY_MS
          for (const { rates: _, ...market } of markets) {
            insert.run(account, market.epic, rowText(market))
            if (market.perUnit && !market.perUnit.eq(1))
              note.run(account, market.epic, fromMs, market.perUnit.toFixed())
          }
        }),
      ),
  }
}

/** A rate counts from the beginning of the day, by UTC, on which it was told. Our choice. */
const DAY_MS = 86_400_000
