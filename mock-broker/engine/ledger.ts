import type { Decimal } from 'decimal.js'
import type { AccountState } from './account-state.ts'
import type { AccountTerms } from './account-terms.ts'
import type { LiveBook } from './book.ts'
import { type CurrencyCode, convert } from './currency.ts'
import { Exact, ZERO } from './exact-decimal.ts'
import { type MarginGauge, marginGauge } from './margin-gauge.ts'
import type { Market } from './market.ts'
import type { Position } from './position.ts'
import { closingUnits, marginOf, profitOf } from './valuation.ts'
import type { WorkingOrder } from './working-order.ts'

/** Cash, open positions and waiting orders of one account. Valued exactly when asked; a quote costs a look at its gauge. */
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
  /** Whether what the account is worth lies below the share of its margin at which positions are closed. */
  isShortOfMargin(): boolean
  /** The margin that would be left if these positions were closed. */
  depositWithout(closed: readonly Position[]): Decimal
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
  // Both are made anew after what they rest on has changed: margin is of the opening levels, so no quote changes it.
  let margins: Margins | null = null
  let gauge: MarginGauge | null = null
  const inOwnCurrency = (amount: Decimal, from: CurrencyCode): Decimal => convert(amount, from, terms.currency)

  function marginsNow(): Margins {
    margins ??= marginsOf(positions.values(), books, inOwnCurrency)
    return margins
  }

  function held(): readonly Held[] {
    return [...positions.values()].flatMap(position => {
      const book = books.get(position.epic)
      if (!book) return []
      return { position, market: book.market, exitUnits: book.quote && closingUnits(position.direction, book.quote) }
    })
  }

  function valued(all: readonly Held[], cashThen: Decimal, { deposit, limitedRiskDeposit }: Margins): AccountState {
    let profitLoss: Decimal = ZERO
    let limitedRiskProfitLoss: Decimal = ZERO
    for (const { position, market, exitUnits } of all) {
      if (exitUnits === null) continue
      // Rounded for each position, so that the sum is what closing them one by one would book.
      const profit = inOwnCurrency(profitOf(position, market, exitUnits, position.size), position.currency)
      profitLoss = profitLoss.plus(profit)
      if (position.isStopGuaranteed) limitedRiskProfitLoss = limitedRiskProfitLoss.plus(profit)
    }
    return {
      id: terms.id,
      cash: cashThen,
      deposit,
      profitLoss,
      limitedRisk: { deposit: limitedRiskDeposit, profitLoss: limitedRiskProfitLoss },
      available: cashThen.plus(profitLoss).minus(deposit),
    }
  }

  function state(): AccountState {
    return valued(held(), cash, marginsNow())
  }

  function changed(epic: string): void {
    margins = null
    gauge = null
    onChange(epic)
  }

  return {
    terms,
    allowsTrailing: true,
    positions: () => [...positions.values()],
    position: dealId => positions.get(dealId),
    orders: () => [...orders.values()],
    order: dealId => orders.get(dealId),
    state,
    stateLater() {
      const now = held()
      const cashNow = cash
      const marginsThen = margins
      let known: AccountState | null = null
      return () => {
        known ??= valued(
          now,
          cashNow,
          marginsThen ??
            marginsOf(
              now.map(({ position }) => position),
              books,
              inOwnCurrency,
            ),
        )
        return known
      }
    },
    isShortOfMargin() {
      gauge ??= marginGauge({
        positions: positions.values(),
        books,
        currency: terms.currency,
        needed: marginsNow().deposit.times(CLOSE_OUT_SHARE).minus(cash).toNumber(),
      })
      if (gauge.hasToSpare()) return false
      const { profitLoss, deposit } = state()
      return !deposit.isZero() && cash.plus(profitLoss).lt(deposit.times(CLOSE_OUT_SHARE))
    },
    depositWithout: closed =>
      marginsOf(
        [...positions.values()].filter(position => !closed.includes(position)),
        books,
        inOwnCurrency,
      ).deposit,
    put(position) {
      positions.set(position.dealId, position)
      changed(position.epic)
    },
    remove(position) {
      positions.delete(position.dealId)
      changed(position.epic)
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
      gauge = null
    },
    inOwnCurrency,
  }
}

interface Margins {
  readonly deposit: Decimal
  readonly limitedRiskDeposit: Decimal
}

/** The bands of a market fill from the oldest position to the newest. */
function marginsOf(
  positions: Iterable<Position>,
  books: ReadonlyMap<string, LiveBook>,
  inOwnCurrency: Ledger['inOwnCurrency'],
): Margins {
  let deposit: Decimal = ZERO
  let limitedRiskDeposit: Decimal = ZERO
  const openSizes = new Map<string, Decimal>()
  for (const { epic, size, levelUnits, currency, isStopGuaranteed } of positions) {
    const book = books.get(epic)
    if (!book) continue
    const before = openSizes.get(epic) ?? ZERO
    openSizes.set(epic, before.plus(size))
    const margin = inOwnCurrency(marginOf(book.market, size, levelUnits, before), currency)
    deposit = deposit.plus(margin)
    if (isStopGuaranteed) limitedRiskDeposit = limitedRiskDeposit.plus(margin)
  }
  return { deposit, limitedRiskDeposit }
}

/** ESMA's rule for retail clients, which IG follows: "margin close-out" at 50 percent. */
const CLOSE_OUT_SHARE = new Exact('0.5')
