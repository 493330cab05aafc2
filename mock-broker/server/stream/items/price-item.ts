import { type Book, formatUnits, ladderPrice, ladderSize, type MarketState } from '../../../engine/index.ts'
import { unreachable } from '../../../engine/unreachable.ts'
import { dayChange, midText } from '../../mid-price.ts'

/** `PRICE:{account}:{epic}` (IG Labs, Streaming API reference). `NET_CHG_` is what one maintained client asks for. */
export const priceFields =
  /^(MID_OPEN|HIGH|LOW|BIDQUOTEID|ASKQUOTEID|(BID|ASK)(PRICE|SIZE)[1-5]|CURRENCY[0-5]|C[1-5](BID|ASK)SIZE[1-5]|TIMESTAMP|DLG_FLAG|NET_CHG|NET_CHG_PCT|NET_CHG_|DELAY|MIDPRICE)$/

export function priceValue(book: Book, field: string): string | null {
  const { market, quote, state } = book
  switch (field) {
    case 'DLG_FLAG':
      return dealingFlag(state)
    case 'DELAY':
      return '0'
    case 'CURRENCY0':
      return market.currencies[0]
    case 'BIDPRICE1':
      return quote && formatUnits(quote.bidUnits, market.decimals)
    case 'ASKPRICE1':
      return quote && formatUnits(quote.offerUnits, market.decimals)
    case 'TIMESTAMP':
      return quote && String(quote.atMs)
    case 'HIGH':
      return quote && formatUnits(quote.highUnits, market.decimals)
    case 'LOW':
      return quote && formatUnits(quote.lowUnits, market.decimals)
    case 'MID_OPEN':
      return quote && midText(quote.openUnitsTwice, market.decimals)
    case 'MIDPRICE':
      return quote && midText(quote.bidUnits + quote.offerUnits, market.decimals)
    case 'NET_CHG':
      return quote && dayChange(quote, market.decimals).net
    case 'NET_CHG_PCT':
    case 'NET_CHG_':
      return quote && dayChange(quote, market.decimals).percent
    default:
      return ladderValue(book, field)
  }
}

/** `BIDPRICE2` to `ASKSIZE5`. The other currencies have no ladder of their own, and there are no quotes to take by an id. */
function ladderValue({ market, quote }: Book, field: string): string | null {
  const [, side, what, tierText] = LADDER_FIELD.exec(field) ?? []
  if (!quote || tierText === undefined) return null
  const tier = Number(tierText)
  if (what === 'SIZE') return ladderSize(market, tier).toFixed()
  return formatUnits(ladderPrice(market, quote, side === 'BID' ? 'SELL' : 'BUY', tier), market.decimals)
}

/** IG pads the flag with a space. OFFLINE has no flag of its own. */
function dealingFlag(state: MarketState): string {
  switch (state) {
    case 'TRADEABLE':
      return 'DEAL '
    case 'EDITS_ONLY':
      return 'EDIT '
    case 'CLOSED':
    case 'OFFLINE':
      return 'CLOSED '
    case 'SUSPENDED':
      return 'SUSPEND '
    case 'ON_AUCTION':
      return 'AUCTION '
    case 'ON_AUCTION_NO_EDITS':
      return 'AUCTIONNOEDIT '
    case 'CLOSINGS_ONLY':
      return 'CLOSINGSONLY '
    case 'DEAL_NO_EDIT':
      return 'DEALNOEDIT '
    default:
      return unreachable(state)
  }
}

const LADDER_FIELD = /^(BID|ASK)(PRICE|SIZE)([1-5])$/
