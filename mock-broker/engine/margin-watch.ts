import type { EngineEvent } from './engine-event.ts'
import { Exact } from './exact-decimal.ts'
import type { Ledger } from './ledger.ts'
import { reducePosition } from './reduce-position.ts'
import { accountChange, type TradingFloor } from './trading-floor.ts'
import { closingUnits, profitOf } from './valuation.ts'

/**
 * Closes positions, the largest loss first, once what an account is worth falls below half of the margin that it needs
 * (ESMA's rule for retail clients, which IG follows: "margin close-out" at 50 percent; which position goes first is our choice).
 */
export function closeOut(floor: TradingFloor, account: Ledger, atMs: number): readonly EngineEvent[] | null {
  let events: EngineEvent[] | null = null
  while (isShort(account)) {
    const worst = worstPosition(floor, account)
    if (!worst) break
    events ??= []
    const occasion = { atMs, cause: 'margin', reference: null } as const
    events.push(...reducePosition(floor, worst.position, worst.position.size, worst.levelUnits, occasion).events)
  }
  events?.push(accountChange(atMs, account))
  return events
}

function isShort(account: Ledger): boolean {
  const { cash, profitLoss, deposit } = account.state()
  return !deposit.isZero() && cash.plus(profitLoss).lt(deposit.times(CLOSE_OUT_SHARE))
}

function worstPosition(floor: TradingFloor, account: Ledger) {
  let worst = null
  for (const position of account.positions()) {
    const book = floor.books.get(position.epic)
    if (!book?.quote || book.state !== 'TRADEABLE') continue
    const levelUnits = closingUnits(position.direction, book.quote)
    const profit = account.inOwnCurrency(profitOf(position, book.market, levelUnits, position.size), position.currency)
    if (!worst || profit.lt(worst.profit)) worst = { position, levelUnits, profit }
  }
  return worst
}

const CLOSE_OUT_SHARE = new Exact('0.5')
