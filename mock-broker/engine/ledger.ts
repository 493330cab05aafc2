import type { Decimal } from 'decimal.js'
import type { AccountState } from './account-state.ts'
import type { AccountTerms } from './account-terms.ts'
import type { LiveBook } from './book.ts'
import { type Cents, centsToDecimal, decimalToCents, minus, plus } from './cents.ts'
import { type CurrencyCode, convert } from './currency.ts'
import { ZERO } from './exact-decimal.ts'
import { type MarginGauge, marginGauge } from './margin-gauge.ts'
import type { Market } from './market.ts'
import type { Position } from './position.ts'
import { closingUnits, marginInCents, profitInCents } from './valuation.ts'
import type { WorkingOrder } from './working-order.ts'

/** Cash, open positions and waiting orders of one account. Valued exactly when asked; a quote costs a look at its gauge. */
export interface Ledger {
  readonly terms: AccountTerms
  /** A preference of the account's owner. */
  allowsTrailing: boolean
  /** Oldest first. The same list until one changes. */
  positions(): readonly Position[]
  position(dealId: string): Position | undefined
  /** Oldest first. */
  orders(): readonly WorkingOrder[]
  order(dealId: string): WorkingOrder | undefined
  state(): AccountState
  funds(): Funds
  /** The state of this moment, worked out when it is first asked for: most of the time nobody does. */
  stateLater(): () => AccountState
  /** Whether what the account is worth lies below the share of its margin at which positions are closed. */
  isShortOfMargin(): boolean
  /** Certainly not short of margin at these prices of a market, or better ones; false where it is not certain. */
  hasToSpareAt(book: LiveBook, bidUnits: number, offerUnits: number): boolean
  /** The margin that would be left if these positions were closed. */
  depositWithout(closed: readonly Position[]): Cents
  /** Adds a position, or puts the new state of one in its place. */
  put(position: Position): void
  remove(position: Position): void
  putOrder(order: WorkingOrder): void
  removeOrder(order: WorkingOrder): void
  /** Moves the cash balance, in the account's currency. */
  bookCash(amount: Cents): void
  /** An amount in this account's currency, to the cent. */
  inOwnCurrency(amount: Decimal, from: CurrencyCode): Decimal
}

/** What an account state is made of: sums and comparisons of the order path use these as they are. */
interface Funds {
  readonly cash: Cents
  readonly deposit: Cents
  readonly profitLoss: Cents
  readonly limitedRiskDeposit: Cents
  readonly limitedRiskProfitLoss: Cents
  readonly available: Cents
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
  let cash = decimalToCents(terms.cash)
  let listed: readonly Position[] | null = null
  // Both are made anew after what they rest on has changed: margin is of the opening levels, so no quote changes it.
  let margins: Margins | null = null
  let gauge: MarginGauge | null = null
  const inOwnCurrency = (amount: Decimal, from: CurrencyCode): Decimal => convert(amount, from, terms.currency)

  function marginsNow(): Margins {
    margins ??= marginsOf(positions.values(), books, terms.currency)
    return margins
  }

  function gaugeNow(): MarginGauge {
    gauge ??= marginGauge({
      positions: positions.values(),
      books,
      currency: terms.currency,
      needed: Number(minus(marginsNow().deposit, plus(cash, cash))) / 200,
    })
    return gauge
  }

  function list(): readonly Position[] {
    listed ??= [...positions.values()]
    return listed
  }

  function held(): readonly Held[] {
    const all: Held[] = []
    for (const position of list()) {
      const book = books.get(position.epic)
      if (!book) continue
      const exitUnits = book.quote && closingUnits(position.direction, book.quote)
      all.push({ position, market: book.market, exitUnits })
    }
    return all
  }

  function valued(all: readonly Held[], cashThen: Cents, { deposit, limitedRiskDeposit }: Margins): Funds {
    let profitLoss: Cents = 0
    let limitedRiskProfitLoss: Cents = 0
    for (const { position, market, exitUnits } of all) {
      if (exitUnits === null) continue
      // Rounded for each position, so that the sum is what closing them one by one would book.
      const profit = profitInCents(position, market, exitUnits, position.size, terms.currency)
      profitLoss = plus(profitLoss, profit)
      if (position.isStopGuaranteed) limitedRiskProfitLoss = plus(limitedRiskProfitLoss, profit)
    }
    const available = minus(plus(cashThen, profitLoss), deposit)
    return { cash: cashThen, deposit, profitLoss, limitedRiskDeposit, limitedRiskProfitLoss, available }
  }

  function funds(): Funds {
    return valued(held(), cash, marginsNow())
  }

  function changed(epic: string): void {
    listed = null
    margins = null
    gauge = null
    onChange(epic)
  }

  return {
    terms,
    allowsTrailing: true,
    positions: list,
    position: dealId => positions.get(dealId),
    orders: () => [...orders.values()],
    order: dealId => orders.get(dealId),
    state: () => stateOf(terms.id, funds()),
    funds,
    stateLater() {
      const now = held()
      const cashNow = cash
      const marginsThen = margins
      let known: AccountState | null = null
      return () => {
        if (known) return known
        const open = now.map(({ position }) => position)
        known = stateOf(terms.id, valued(now, cashNow, marginsThen ?? marginsOf(open, books, terms.currency)))
        return known
      }
    },
    hasToSpareAt: (book, bidUnits, offerUnits) => gaugeNow().hasToSpareAt(book, bidUnits, offerUnits),
    isShortOfMargin() {
      if (gaugeNow().hasToSpare()) return false
      const { profitLoss, deposit } = funds()
      const worth = plus(cash, profitLoss)
      // ESMA's rule for retail clients, which IG follows: "margin close-out" at 50 percent.
      return deposit > 0 && plus(worth, worth) < deposit
    },
    depositWithout: closed =>
      marginsOf(
        list().filter(position => !closed.includes(position)),
        books,
        terms.currency,
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
      cash = plus(cash, amount)
      gauge = null
    },
    inOwnCurrency,
  }
}

function stateOf(id: string, { cash, deposit, profitLoss, available, ...limitedRisk }: Funds): AccountState {
  return {
    id,
    cash: centsToDecimal(cash),
    deposit: centsToDecimal(deposit),
    profitLoss: centsToDecimal(profitLoss),
    limitedRisk: {
      deposit: centsToDecimal(limitedRisk.limitedRiskDeposit),
      profitLoss: centsToDecimal(limitedRisk.limitedRiskProfitLoss),
    },
    available: centsToDecimal(available),
  }
}

type Margins = Pick<Funds, 'deposit' | 'limitedRiskDeposit'>

/** The bands of a market fill from the oldest position to the newest. */
function marginsOf(positions: Iterable<Position>, books: ReadonlyMap<string, LiveBook>, own: CurrencyCode): Margins {
  let deposit: Cents = 0
  let limitedRiskDeposit: Cents = 0
  const openSizes = new Map<string, Decimal>()
  for (const { epic, size, levelUnits, currency, isStopGuaranteed } of positions) {
    const book = books.get(epic)
    if (!book) continue
    const before = openSizes.get(epic) ?? ZERO
    openSizes.set(epic, before === ZERO ? size : before.plus(size))
    const margin = marginInCents(book.market, size, levelUnits, before, currency, own)
    deposit = plus(deposit, margin)
    if (isStopGuaranteed) limitedRiskDeposit = plus(limitedRiskDeposit, margin)
  }
  return { deposit, limitedRiskDeposit }
}
