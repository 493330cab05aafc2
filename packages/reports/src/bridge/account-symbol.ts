import type { BrokerTransaction } from '../day-facts.ts'

/**
 * The rows that are in the account's own currency, and the others. IG prints its own symbols, which are no ISO codes, and the account's is
 * not named: it is the one that is known to be its currency's, else the one that most rows have.
 */
export function byCurrency(
  rows: readonly BrokerTransaction[],
  accountCurrency: string,
): { readonly own: readonly BrokerTransaction[]; readonly foreign: readonly BrokerTransaction[] } {
  const counts = new Map<string, number>()
  for (const { profitAndLoss } of rows) counts.set(profitAndLoss.symbol, (counts.get(profitAndLoss.symbol) ?? 0) + 1)
  if (counts.size <= 1) return { own: rows, foreign: [] }
  const told = SYMBOLS.get(accountCurrency) ?? []
  const known = [accountCurrency, ...told].find(symbol => counts.has(symbol))
  const most = [...counts].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))[0]?.[0]
  const symbol = known ?? most
  const isOwn = ({ profitAndLoss }: BrokerTransaction): boolean =>
    profitAndLoss.symbol === symbol || profitAndLoss.symbol === ''
  return { own: rows.filter(isOwn), foreign: rows.filter(row => !isOwn(row)) }
}

/** `E` is in IG's examples (IG Labs, REST API reference, "Accounts"); the others are the usual signs. */
const SYMBOLS: ReadonlyMap<string, readonly string[]> = new Map([
  ['EUR', ['E', '€']],
  ['GBP', ['£']],
  ['USD', ['$', 'US$']],
  ['JPY', ['¥', 'Y']],
  ['CHF', ['SF', 'CHF']],
  ['AUD', ['A$']],
  ['CAD', ['C$']],
  ['SEK', ['kr', 'SEK']],
])
