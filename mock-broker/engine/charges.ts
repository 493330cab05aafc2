import type { Decimal } from 'decimal.js'
import { centsToDecimal, decimalToCents } from './cents.ts'
import type { Charge } from './engine-event.ts'
import { Exact } from './exact-decimal.ts'
import type { Ledger } from './ledger.ts'
import { contractUnits, type Market } from './market.ts'
import type { Position } from './position.ts'
import type { TradingFloor } from './trading-floor.ts'
import { notionalOf } from './valuation.ts'

/** The commission of a deal, taken from cash at once; nothing where the spread is all that IG takes. */
export function bookCharges(
  account: Ledger,
  market: Market,
  position: Position,
  size: Decimal,
  levelUnits: number,
  dealId: string,
  atMs: number,
): readonly Charge[] {
  if (!market.commissionPercent) return []
  const amount = notionalOf(market, size, levelUnits).times(market.commissionPercent).div(100)
  return charge(account, position, 'commission', amount.negated(), dealId, atMs)
}

/** What a guaranteed stop costs when it is triggered (IG, general terms: charged on use). */
export function bookPremium(
  account: Ledger,
  market: Market,
  position: Position,
  dealId: string,
  atMs: number,
): readonly Charge[] {
  const premium = market.guaranteedPremiumPoints
  if (!premium) return []
  const amount = premium.div(market.pointsPerUnit).times(position.size).times(contractUnits(market))
  return charge(account, position, 'guaranteed-stop-premium', amount.negated(), dealId, atMs)
}

/**
 * A retail client cannot lose more than the account holds (ESMA's negative balance protection, which IG grants: the balance is
 * brought back to zero). That it happens when the last position has been closed is our choice.
 */
export function bookProtection(account: Ledger, position: Position, dealId: string, atMs: number): readonly Charge[] {
  if (!account.terms.isRetail || account.positions().length > 0) return []
  const { cash } = account.funds()
  if (cash >= 0) return []
  const currency = account.terms.currency
  return charge(
    account,
    { ...position, currency },
    'negative-balance-protection',
    centsToDecimal(cash).negated(),
    dealId,
    atMs,
  )
}

/** A night of every open position: a yearly rate on its value, paid by both directions. The rate is our choice. */
export function bookNight(floor: TradingFloor, atMs: number): readonly Charge[] {
  return [...floor.ledgers.values()].flatMap(account =>
    account.positions().flatMap(position => {
      const { market } = floor.books.get(position.epic)!
      const amount = notionalOf(market, position.size, position.levelUnits).times(YEARLY_PERCENT).div(100).div(365)
      return charge(account, position, 'overnight-funding', amount.negated(), position.dealId, atMs)
    }),
  )
}

function charge(
  account: Ledger,
  { currency, epic }: Position,
  cause: Charge['cause'],
  amount: Decimal,
  dealId: string,
  atMs: number,
): readonly Charge[] {
  const booked = account.inOwnCurrency(amount, currency)
  if (booked.isZero()) return []
  account.bookCash(decimalToCents(booked))
  return [{ kind: 'charge', cause, atMs, account: account.terms.id, epic, booked, dealId }]
}

const YEARLY_PERCENT = new Exact(3)
