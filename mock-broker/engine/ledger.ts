import type { Decimal } from 'decimal.js'
import type { AccountState } from './account-state.ts'
import type { AccountTerms } from './account-terms.ts'
import type { LiveBook } from './book.ts'
import { type CurrencyCode, convert } from './currency.ts'
import { Exact, ZERO } from './exact-decimal.ts'
import type { Market } from './market.ts'
import type { Position } from './position.ts'
import { closingUnits, marginOf, profitOf } from './valuation.ts'
import type { WorkingOrder } from './working-order.ts'

/** Cash, open positions and waiting orders of one account. Valued when asked, so that a tick costs nothing here. */
export interface Ledger {
  readonly terms: AccountTerms
  /** A preference of the account's owner. */
  allowsTrailing: boolean
  /** Oldest first. */
  positions(): readonly Position[]
  position(dealId: string): Position | undefined
  /** Oldest first. */
  orders(): readonly WorkingOrder[]
  order(dealId: string): WorkingOrder | undefined
  state(): AccountState
  /** The state of this moment, worked out when it is first asked for: most of the time nobody does. */
  stateLater(): () => AccountState
  /** Adds a position, or puts the new state of one in its place. */
  put(position: Position): void
  remove(position: Position): void
  putOrder(order: WorkingOrder): void
  removeOrder(order: WorkingOrder): void
  /** Moves the cash balance, in the account's currency. */
  bookCash(amount: Decimal): void
  /** An amount in this account's currency, to the cent. */
  inOwnCurrency(amount: Decimal, from: CurrencyCode): Decimal
}

/** A position and the price that would close it. */
interface Held {
  readonly position: Position
  readonly market: Market
  /** Null without a price. */
  readonly exitUnits: number | null
}

/** @param onChange hears the market whose positions or orders changed. */
export function ledger(
  terms: AccountTerms,
  books: ReadonlyMap<string, LiveBook>,
  onChange: (epic: string) => void,
): Ledger {
  const positions = new Map<string, Position>()
  const orders = new Map<string, WorkingOrder>()
  let cash: Decimal = new Exact(terms.cash)
  const inOwnCurrency = (amount: Decimal, from: CurrencyCode): Decimal => convert(amount, from, terms.currency)

  function held(): readonly Held[] {
    return [...positions.values()].flatMap(position => {
      const book = books.get(position.epic)
      if (!book) return []
      return { position, market: book.market, exitUnits: book.quote && closingUnits(position.direction, book.quote) }
    })
  }

  function valued(all: readonly Held[], cashThen: Decimal): AccountState {
    let deposit: Decimal = ZERO
    let profitLoss: Decimal = ZERO
    const limitedRisk = { deposit, profitLoss }
    const openSizes = new Map<string, Decimal>()
    for (const { position, market, exitUnits } of all) {
      const before = openSizes.get(position.epic) ?? ZERO
      openSizes.set(position.epic, before.plus(position.size))
      const margin = inOwnCurrency(marginOf(market, position.size, position.levelUnits, before), position.currency)
      deposit = deposit.plus(margin)
      if (position.isStopGuaranteed) limitedRisk.deposit = limitedRisk.deposit.plus(margin)
      if (exitUnits === null) continue
      // Rounded for each position, so that the sum is what closing them one by one would book.
      const profit = inOwnCurrency(profitOf(position, market, exitUnits, position.size), position.currency)
      profitLoss = profitLoss.plus(profit)
      if (position.isStopGuaranteed) limitedRisk.profitLoss = limitedRisk.profitLoss.plus(profit)
    }
    const available = cashThen.plus(profitLoss).minus(deposit)
    return { id: terms.id, cash: cashThen, deposit, profitLoss, limitedRisk, available }
  }

  return {
    terms,
    allowsTrailing: true,
    positions: () => [...positions.values()],
    position: dealId => positions.get(dealId),
    orders: () => [...orders.values()],
    order: dealId => orders.get(dealId),
    state: () => valued(held(), cash),
    stateLater() {
      const now = held()
      const cashNow = cash
      let known: AccountState | null = null
      return () => {
        known ??= valued(now, cashNow)
        return known
      }
    },
    put(position) {
      positions.set(position.dealId, position)
      onChange(position.epic)
    },
    remove(position) {
      positions.delete(position.dealId)
      onChange(position.epic)
    },
    putOrder(order) {
      orders.set(order.dealId, order)
      onChange(order.epic)
    },
    removeOrder(order) {
      orders.delete(order.dealId)
      onChange(order.epic)
    },
    bookCash(amount) {
      cash = cash.plus(amount)
    },
    inOwnCurrency,
  }
}
