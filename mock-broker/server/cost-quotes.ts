/** A quote of costs that was given, to be looked up again (IG Labs, REST API reference, "Costs and charges"). */
export interface CostQuote {
  readonly reference: string
  readonly account: string
  readonly atMs: number
  readonly type: 'OPEN' | 'CLOSE' | 'EDIT'
  readonly direction: 'BUY' | 'SELL' | null
  readonly instrumentName: string | null
  readonly notional: number
  readonly currency: string
}

export interface CostQuotes {
  add(quote: Omit<CostQuote, 'reference'>): CostQuote
  find(account: string, reference: string): CostQuote | undefined
  of(account: string): readonly CostQuote[]
}

export function costQuotes(): CostQuotes {
  let quotes: readonly CostQuote[] = []
  let count = 0
  return {
    add(quote) {
      const made = { ...quote, reference: `ICQ${String(++count).padStart(9, '0')}` }
      quotes = [...quotes, made].slice(-KEPT)
      return made
    },
    find: (account, reference) => quotes.find(quote => quote.account === account && quote.reference === reference),
    of: account => quotes.filter(quote => quote.account === account),
  }
}

const KEPT = 1000
