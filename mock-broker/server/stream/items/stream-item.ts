import { unreachable } from '../../../engine/unreachable.ts'
import { accountFields, accountValue } from './account-item.ts'
import { type CandleScale, candleFields, candleValue, isCandleScale, tickFields, tickValue } from './chart-items.ts'
import type { ItemSource } from './item-source.ts'
import { marketFields, marketValue } from './market-item.ts'
import { priceFields, priceValue } from './price-item.ts'

/** Something that can be subscribed to (IG Labs, Streaming API reference). */
export type StreamItem = ValueItem | { readonly kind: 'trade'; readonly account: string }

/** An item that has values at any moment; a trade item has events. */
export type ValueItem =
  | { readonly kind: 'price'; readonly epic: string }
  /** Both `MARKET` and its older alias `L1`. */
  | { readonly kind: 'market'; readonly epic: string }
  | { readonly kind: 'tick'; readonly epic: string }
  | { readonly kind: 'candle'; readonly epic: string; readonly scale: CandleScale }
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'heartbeat' }

export interface ItemRules {
  readonly mode: 'MERGE' | 'DISTINCT'
  readonly adapter: 'DEFAULT' | 'Pricing'
  readonly fields: RegExp
}

/** The account that an item may belong to, and whether the items that IG has retired are still served. */
export interface ItemTerms {
  readonly account: string
  readonly servesLegacy: boolean
}

/** @returns null for a name that is no item, or one of another account than the session's. */
export function readItem(name: string, { account, servesLegacy }: ItemTerms, source: ItemSource): StreamItem | null {
  if (name === HEARTBEAT_ITEM) return { kind: 'heartbeat' }
  const [kind = '', first = '', second = '', ...rest] = name.split(':')
  if (rest.length > 0) return null
  const isMarket = (epic: string): boolean => source.book(epic) !== undefined
  switch (kind) {
    case 'PRICE':
      return first === account && isMarket(second) ? { kind: 'price', epic: second } : null
    case 'CHART':
      if (!isMarket(first)) return null
      if (second === 'TICK') return { kind: 'tick', epic: first }
      return isCandleScale(second) ? { kind: 'candle', epic: first, scale: second } : null
    case 'MARKET':
    case 'L1':
      return servesLegacy && second === '' && isMarket(first) ? { kind: 'market', epic: first } : null
    case 'ACCOUNT':
      return first === account && second === '' ? { kind: 'account', account } : null
    case 'TRADE':
      return first === account && second === '' ? { kind: 'trade', account } : null
    default:
      return null
  }
}

export function itemRules(item: StreamItem): ItemRules {
  switch (item.kind) {
    case 'price':
      return { mode: 'MERGE', adapter: 'Pricing', fields: priceFields }
    case 'market':
      return { mode: 'MERGE', adapter: 'DEFAULT', fields: marketFields }
    case 'tick':
      return { mode: 'DISTINCT', adapter: 'DEFAULT', fields: tickFields }
    case 'candle':
      return { mode: 'MERGE', adapter: 'DEFAULT', fields: candleFields }
    case 'account':
      return { mode: 'MERGE', adapter: 'DEFAULT', fields: accountFields }
    case 'heartbeat':
      return { mode: 'MERGE', adapter: 'DEFAULT', fields: /^HEARTBEAT$/ }
    case 'trade':
      return { mode: 'DISTINCT', adapter: 'DEFAULT', fields: /^(CONFIRMS|OPU|WOU)$/ }
    default:
      return unreachable(item)
  }
}

/** The present value of one field. */
export function itemValue(item: ValueItem, field: string, source: ItemSource): string | null {
  switch (item.kind) {
    case 'price': {
      const book = source.book(item.epic)
      return book ? priceValue(book, field) : null
    }
    case 'market': {
      const book = source.book(item.epic)
      return book ? marketValue(book, field) : null
    }
    case 'tick': {
      const book = source.book(item.epic)
      return book ? tickValue(book, field) : null
    }
    case 'candle': {
      const book = source.book(item.epic)
      return book ? candleValue(source.candle(item.epic, item.scale), book, field) : null
    }
    case 'account':
      return accountValue(source.account(item.account), field)
    case 'heartbeat':
      return String(source.nowMs())
    default:
      return unreachable(item)
  }
}

/** One text for each item, however it was named. */
export function itemKey(item: StreamItem): string {
  switch (item.kind) {
    case 'price':
    case 'market':
    case 'tick':
      return `${item.kind}:${item.epic}`
    case 'candle':
      return `candle:${item.epic}:${item.scale}`
    case 'account':
    case 'trade':
      return `${item.kind}:${item.account}`
    case 'heartbeat':
      return item.kind
    default:
      return unreachable(item)
  }
}

/** IG's own samples subscribe to it to see that data flows (IG Labs, Streaming API companion). */
const HEARTBEAT_ITEM = 'TRADE:HB.U.HEARTBEAT.IP'
