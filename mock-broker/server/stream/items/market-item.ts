import { type Book, formatUnits, type MarketState } from '../../../engine/index.ts'
import { unreachable } from '../../../engine/unreachable.ts'
import { dayChange, midText } from '../../mid-price.ts'
import { wireDate } from '../../wire-date.ts'

/** `MARKET:{epic}`, retired in May 2026 (IG Labs, Streaming API reference; notice of the move to PRICE). */
export const marketFields =
  /^(BID|OFFER|HIGH|LOW|MID_OPEN|CHANGE|CHANGE_PCT|UPDATE_TIME|MARKET_DELAY|MARKET_STATE|STRIKE_PRICE|ODDS)$/

export function marketValue({ market, quote, state }: Book, field: string): string | null {
  switch (field) {
    case 'MARKET_STATE':
      return marketState(state)
    case 'MARKET_DELAY':
      return '0'
    case 'BID':
      return quote && formatUnits(quote.bidUnits, market.decimals)
    case 'OFFER':
      return quote && formatUnits(quote.offerUnits, market.decimals)
    case 'HIGH':
      return quote && formatUnits(quote.highUnits, market.decimals)
    case 'LOW':
      return quote && formatUnits(quote.lowUnits, market.decimals)
    case 'MID_OPEN':
      return quote && midText(quote.openUnitsTwice, market.decimals)
    case 'CHANGE':
      return quote && dayChange(quote, market.decimals).net
    case 'CHANGE_PCT':
      return quote && dayChange(quote, market.decimals).percent
    case 'UPDATE_TIME':
      return quote && wireDate.londonTime(quote.atMs)
    // Of sprint markets, which are gone.
    default:
      return null
  }
}

function marketState(state: MarketState): string {
  switch (state) {
    case 'TRADEABLE':
    case 'DEAL_NO_EDIT':
      return 'TRADEABLE'
    case 'EDITS_ONLY':
    case 'CLOSINGS_ONLY':
      return 'EDIT'
    case 'CLOSED':
    case 'OFFLINE':
      return state
    case 'SUSPENDED':
      return 'SUSPENDED'
    case 'ON_AUCTION':
      return 'AUCTION'
    case 'ON_AUCTION_NO_EDITS':
      return 'AUCTION_NO_EDIT'
    default:
      return unreachable(state)
  }
}
