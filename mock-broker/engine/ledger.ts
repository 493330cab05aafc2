import type { Decimal } from 'decimal.js'
import type { AccountState } from './account-state.ts'
import type { LiveBook } from './book.ts'
import { Exact } from './exact-decimal.ts'
import type { Position } from './position.ts'
import { closingUnits, marginOf, profitOf, toAccountCurrency } from './valuation.ts'

/** Cash and open positions. Valued when asked, so that a tick costs nothing here. */
export interface Ledger {
  /** Oldest first. */
  positions(): readonly Position[]
  position(dealId: string): Position | undefined
  account(): AccountState
  /** Adds a position, or puts the new state of one in its place. */
  put(position: Position): void
  remove(position: Position): void
  /** Moves the cash balance, in the account's currency. */
  bookCash(amount: Decimal): void
}

export function ledger(startCash: Decimal, books: ReadonlyMap<string, LiveBook>): Ledger {
  const positions = new Map<string, Position>()
  let cash: Decimal = new Exact(startCash)

  function listInBook(epic: string): void {
    const book = books.get(epic)
    if (book) book.positions = [...positions.values()].filter(position => position.epic === epic)
  }

  return {
    positions: () => [...positions.values()],
    position: dealId => positions.get(dealId),
    account() {
      let deposit: Decimal = new Exact(0)
      let profitLoss: Decimal = new Exact(0)
      for (const position of positions.values()) {
        const book = books.get(position.epic)
        if (!book?.quote) continue
        deposit = deposit.plus(marginOf(book.market, position.size, position.levelUnits))
        // Rounded for each position, so that the sum is what closing them one by one would book.
        const exitUnits = closingUnits(position.direction, book.quote)
        const profit = profitOf(position, book.market, exitUnits, position.size)
        profitLoss = profitLoss.plus(toAccountCurrency(profit, book.market))
      }
      return { cash, deposit, profitLoss, available: cash.plus(profitLoss).minus(deposit) }
    },
    put(position) {
      positions.set(position.dealId, position)
      listInBook(position.epic)
    },
    remove(position) {
      positions.delete(position.dealId)
      listInBook(position.epic)
    },
    bookCash(amount) {
      cash = cash.plus(amount)
    },
  }
}
