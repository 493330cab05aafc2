import type { Decimal } from 'decimal.js'
import type { Book } from './book.ts'
import { isCurrency } from './currency.ts'
import { compareSizes, isMultiple } from './deal-size.ts'
import type { Ledger } from './ledger.ts'
import { isSpreadBet, type Market, type MarketRestriction } from './market.ts'
import { refuseByState } from './market-state.ts'
import type { OpenOrder, PlaceOrder, StopLeg } from './order.ts'
import type { Reason } from './reason.ts'
import { unreachable } from './unreachable.ts'

/**
 * The first broken rule that needs no price, for a new position as for a new working order (IG Labs, REST API reference,
 * "Deal confirmation": `reason`). IG does not say which rule it looks at first: the order here is our choice.
 */
export function refuseEntry(order: OpenOrder | PlaceOrder, book: Book, account: Ledger): Reason | null {
  const { market, state } = book
  return (
    refuseByAccount(account) ??
    refuseByFamily(order.expiry, market, account) ??
    refuseCurrency(order.currency, market) ??
    (book.isSettled ? 'MARKET_ROLLED' : null) ??
    (market.restriction && refuseByRestriction(market.restriction, order.direction)) ??
    refuseByState(state, order.kind) ??
    refuseSize(order.size, market) ??
    refuseLegKinds(order, market, account) ??
    refuseOpposition({ ...order, isStopGuaranteed: order.stop?.kind === 'guaranteed' }, market, account)
  )
}

function refuseByAccount({ terms }: Ledger): Reason | null {
  switch (terms.dealing) {
    case 'enabled':
      return null
    case 'closings-only':
      return 'CLOSINGS_ONLY_ACCOUNT'
    case 'suspended':
      return 'ACCOUNT_NOT_ENABLED_TO_TRADING'
    default:
      return unreachable(terms.dealing)
  }
}

/** Contracts are for CFD accounts, daily bets for spread-bet accounts; the expiry must be the market's own. */
function refuseByFamily(expiry: string, market: Market, { terms }: Ledger): Reason | null {
  if (terms.type === 'CFD' && (expiry === 'DFB' || isSpreadBet(market))) return 'REJECT_SPREADBET_ORDER_ON_CFD_ACCOUNT'
  if (terms.type === 'SPREADBET' && !isSpreadBet(market)) return 'REJECT_CFD_ORDER_ON_SPREADBET_ACCOUNT'
  return expiry === market.expiry ? null : 'INSTRUMENT_NOT_FOUND'
}

function refuseCurrency(currency: string, market: Market): Reason | null {
  if (!isCurrency(currency)) return 'CONTACT_SUPPORT_INSTRUMENT_ERROR'
  return market.currencies.includes(currency) ? null : 'INSTRUMENT_NOT_TRADEABLE_IN_THIS_CURRENCY'
}

function refuseByRestriction(restriction: MarketRestriction, direction: 'BUY' | 'SELL'): Reason | null {
  switch (restriction) {
    case 'phone-only':
      return 'MARKET_PHONE_ONLY'
    case 'not-entitled':
      return 'MARKET_UNAVAILABLE_TO_CLIENT'
    case 'about-to-expire':
      return 'MARKET_CLOSING'
    case 'rolled':
      return 'MARKET_ROLLED'
    case 'not-borrowable':
      return direction === 'SELL' ? 'MARKET_NOT_BORROWABLE' : null
    default:
      return unreachable(restriction)
  }
}

function refuseSize(size: Decimal, market: Market): Reason | null {
  if (compareSizes(size, market.minSize) < 0) return 'MINIMUM_ORDER_SIZE_ERROR'
  if (!isMultiple(size, market.sizeStep)) return 'SIZE_INCREMENT'
  return compareSizes(size, market.maxSize) > 0 ? 'MAX_AUTO_SIZE_EXCEEDED' : null
}

interface LegsAskedFor {
  readonly stop: Pick<StopLeg, 'kind'> | null
  readonly limit: unknown
}

/** Whether market and account take legs of these kinds at all. */
export function refuseLegKinds({ stop, limit }: LegsAskedFor, market: Market, account: Ledger): Reason | null {
  if ((stop || limit) && !market.allowsLegs) return 'STOP_OR_LIMIT_NOT_ALLOWED'
  if (stop?.kind === 'guaranteed' && !market.guaranteedPremiumPoints) return 'STOP_OR_LIMIT_NOT_ALLOWED'
  if (stop?.kind === 'trailing' && !(market.allowsTrailing && account.allowsTrailing))
    return 'TRAILING_STOP_NOT_ALLOWED'
  if (!account.terms.isLimitedRisk) return null
  if (!stop) return 'STOP_REQUIRED_ERROR'
  return stop.kind === 'guaranteed' ? null : 'NCR_POSITIONS_ON_CR_ACCOUNT'
}

interface Opposable extends Pick<OpenOrder, 'mode' | 'direction' | 'currency'> {
  readonly isStopGuaranteed: boolean
}

/** What is open already may forbid a deal in the other direction, or in another currency. */
export function refuseOpposition(order: Opposable, market: Market, account: Ledger): Reason | null {
  const open = account.positions().filter(({ epic }) => epic === market.epic)
  if (open.length === 0) return null
  const against = open.filter(({ direction }) => direction !== order.direction)
  if (order.mode === 'net') {
    const cannotNet = against.some(({ currency }) => currency !== order.currency)
    return cannotNet ? 'POSITION_ALREADY_EXISTS_IN_OPPOSITE_DIRECTION' : null
  }
  if (against.length > 0 && !account.terms.allowsHedging) return 'OPPOSING_POSITIONS_NOT_ALLOWED'
  if (order.isStopGuaranteed && against.some(({ isStopGuaranteed }) => isStopGuaranteed)) {
    return 'OPPOSING_DIRECTION_ORDERS_NOT_ALLOWED'
  }
  const hasOtherCurrency = open.some(({ currency }) => currency !== order.currency)
  return hasOtherCurrency ? 'FORCE_OPEN_ON_SAME_MARKET_DIFFERENT_CURRENCY' : null
}
