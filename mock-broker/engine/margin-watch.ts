import type { EngineEvent } from './engine-event.ts'
import type { Ledger } from './ledger.ts'
import { hasLivePrices } from './market-state.ts'
import { reducePosition } from './reduce-position.ts'
import { accountChange, type TradingFloor } from './trading-floor.ts'
import { closingUnits, profitOf } from './valuation.ts'

/**
 * Closes positions, the largest loss first, once what an account is worth falls below half of the margin that it needs
 * (ESMA's rule for retail clients, which IG follows: "margin close-out" at 50 percent; which position goes first is our choice).
 */
export function closeOut(floor: TradingFloor, account: Ledger, atMs: number): readonly EngineEvent[] | null {
  let events: EngineEvent[] | null = null
  while (account.isShortOfMargin()) {
    const worst = worstPosition(floor, account)
    if (!worst) break
    events ??= []
    const occasion = { atMs, cause: 'margin', reference: null } as const
    events.push(...reducePosition(floor, worst.position, worst.position.size, worst.levelUnits, occasion).events)
  }
  events?.push(accountChange(atMs, account))
  return events
}

function worstPosition(floor: TradingFloor, account: Ledger) {
  let worst = null
  for (const position of account.positions()) {
    const book = floor.books.get(position.epic)
    if (!book?.quote || !hasLivePrices(book.state)) continue
    const levelUnits = closingUnits(position.direction, book.quote)
    const profit = account.inOwnCurrency(profitOf(position, book.market, levelUnits, position.size), position.currency)
    if (!worst || profit.lt(worst.profit)) worst = { position, levelUnits, profit }
  }
  return worst
}
