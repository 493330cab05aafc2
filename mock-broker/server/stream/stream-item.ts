import { type AccountState, type Book, formatUnits, type MarketState } from '../../engine/index.ts'
import { unreachable } from '../../engine/unreachable.ts'
import { dayChange, midText } from '../mid-price.ts'

/** Something that can be subscribed to (IG Labs, Streaming API reference). */
export type StreamItem =
  | { readonly kind: 'price'; readonly epic: string }
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'trade'; readonly account: string }
  | { readonly kind: 'heartbeat' }

/** Where the values of MERGE items come from. */
export interface ItemSource {
  book(epic: string): Book | undefined
  account(id: string): AccountState
  nowMs(): number
}

/** @returns null for a name that is no item, or one of another account than the session's. */
export function readItem(name: string, account: string, source: ItemSource): StreamItem | null {
  const [kind, first = '', ...rest] = name.split(':')
  const epic = rest.join(':')
  if (name === HEARTBEAT_ITEM) return { kind: 'heartbeat' }
  if (first !== account) return null
  if (kind === 'PRICE') return source.book(epic) ? { kind: 'price', epic } : null
  if (epic !== '') return null
  if (kind === 'ACCOUNT') return { kind: 'account', account }
  return kind === 'TRADE' ? { kind: 'trade', account } : null
}

export function itemRules(item: StreamItem): { readonly mode: 'MERGE' | 'DISTINCT'; readonly adapter: string } {
  return {
    mode: item.kind === 'trade' ? 'DISTINCT' : 'MERGE',
    adapter: item.kind === 'price' ? 'Pricing' : 'DEFAULT',
  }
}

export function hasField(item: StreamItem, field: string): boolean {
  switch (item.kind) {
    case 'price':
      return PRICE_FIELD.test(field)
    case 'account':
      return ACCOUNT_FIELD.test(field)
    case 'trade':
      return field === 'CONFIRMS' || field === 'OPU' || field === 'WOU'
    case 'heartbeat':
      return field === 'HEARTBEAT'
    default:
      return unreachable(item)
  }
}

/** The present value of one field of a MERGE item. A trade item has events, not values. */
export function itemValue(item: StreamItem, field: string, source: ItemSource): string | null {
  switch (item.kind) {
    case 'price': {
      const book = source.book(item.epic)
      return book ? priceValue(book, field) : null
    }
    case 'account':
      return accountValue(source.account(item.account), field)
    case 'heartbeat':
      return String(source.nowMs())
    case 'trade':
      return null
    default:
      return unreachable(item)
  }
}

/** There is no ladder: only the first tier has a price, and no tier has a size. */
function priceValue({ market, quote, state }: Book, field: string): string | null {
  switch (field) {
    case 'DLG_FLAG':
      return dealingFlag(state)
    case 'DELAY':
      return '0'
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
    case 'NET_CHG':
      return quote && dayChange(quote, market.decimals).net
    // The second name is what one maintained client asks for.
    case 'NET_CHG_PCT':
    case 'NET_CHG_':
      return quote && dayChange(quote, market.decimals).percent
    default:
      return null
  }
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

function accountValue(account: AccountState, field: string): string | null {
  const equity = account.cash.plus(account.profitLoss)
  switch (field) {
    case 'PNL':
    case 'PNL_NLR':
      return account.profitLoss.toFixed(2)
    case 'DEPOSIT':
    case 'MARGIN':
    case 'MARGIN_NLR':
      return account.deposit.toFixed(2)
    case 'FUNDS':
      return account.cash.toFixed(2)
    case 'AVAILABLE_CASH':
    case 'AVAILABLE_TO_DEAL':
      return account.available.toFixed(2)
    case 'EQUITY':
      return equity.toFixed(2)
    case 'EQUITY_USED':
      return equity.isZero() ? '0.00' : account.deposit.times(100).div(equity).toFixed(2)
    default:
      return '0.00'
  }
}

const HEARTBEAT_ITEM = 'TRADE:HB.U.HEARTBEAT.IP'
const PRICE_FIELD =
  /^(MID_OPEN|HIGH|LOW|BIDQUOTEID|ASKQUOTEID|(BID|ASK)(PRICE|SIZE)[1-5]|CURRENCY[0-5]|C[1-5](BID|ASK)SIZE[1-5]|TIMESTAMP|DLG_FLAG|NET_CHG|NET_CHG_PCT|NET_CHG_|DELAY|MIDPRICE)$/
const ACCOUNT_FIELD =
  /^(PNL|PNL_LR|PNL_NLR|DEPOSIT|AVAILABLE_CASH|FUNDS|MARGIN|MARGIN_LR|MARGIN_NLR|AVAILABLE_TO_DEAL|EQUITY|EQUITY_USED)$/
