import { type Book, formatUnits } from '../../../engine/index.ts'
import { dayChange, midText } from '../../mid-price.ts'
import type { PriceRange } from '../../prices/bar.ts'
import type { Candle } from './candles.ts'

/** `CHART:{epic}:{scale}` (IG Labs, Streaming API reference). There are no others. */
export type CandleScale = 'SECOND' | '1MINUTE' | '5MINUTE' | 'HOUR'

export function isCandleScale(text: string): text is CandleScale {
  return text === 'SECOND' || text === '1MINUTE' || text === '5MINUTE' || text === 'HOUR'
}

const DAY_FIELDS = 'DAY_OPEN_MID|DAY_NET_CHG_MID|DAY_PERC_CHG_MID|DAY_HIGH|DAY_LOW'

export const tickFields = new RegExp(`^(BID|OFR|LTP|LTV|TTV|UTM|${DAY_FIELDS})$`)
export const candleFields = new RegExp(
  `^(LTV|TTV|UTM|${DAY_FIELDS}|(OFR|BID|LTP)_(OPEN|HIGH|LOW|CLOSE)|CONS_END|CONS_TICK_COUNT)$`,
)

/** Nothing is traded at an exchange here, so what was traded last (LTP, LTV, TTV) is always null. */
export function tickValue(book: Book, field: string): string | null {
  const { market, quote } = book
  switch (field) {
    case 'BID':
      return quote && formatUnits(quote.bidUnits, market.decimals)
    case 'OFR':
      return quote && formatUnits(quote.offerUnits, market.decimals)
    case 'UTM':
      return quote && String(quote.atMs)
    default:
      return dayValue(book, field)
  }
}

/** `UTM` is when the candle begins; IG does not say whether it is that or the time of its last tick. */
export function candleValue(candle: Candle | null, book: Book, field: string): string | null {
  if (!candle) return field === 'CONS_END' ? '0' : null
  switch (field) {
    case 'UTM':
      return String(candle.startMs)
    case 'CONS_END':
      return candle.isComplete ? '1' : '0'
    case 'CONS_TICK_COUNT':
      return String(candle.ticks)
    default: {
      const [, side, end] = CANDLE_PRICE.exec(field) ?? []
      if (side === undefined) return dayValue(book, field)
      const units = rangeEnd(side === 'BID' ? candle.bid : candle.ask, end)
      return formatUnits(units, book.market.decimals)
    }
  }
}

function rangeEnd(range: PriceRange, end: string | undefined): number {
  switch (end) {
    case 'OPEN':
      return range.open
    case 'HIGH':
      return range.high
    case 'LOW':
      return range.low
    default:
      return range.close
  }
}

function dayValue({ market, quote }: Book, field: string): string | null {
  switch (field) {
    case 'DAY_OPEN_MID':
      return quote && midText(quote.openUnitsTwice, market.decimals)
    case 'DAY_NET_CHG_MID':
      return quote && dayChange(quote, market.decimals).net
    case 'DAY_PERC_CHG_MID':
      return quote && dayChange(quote, market.decimals).percent
    case 'DAY_HIGH':
      return quote && formatUnits(quote.highUnits, market.decimals)
    case 'DAY_LOW':
      return quote && formatUnits(quote.lowUnits, market.decimals)
    default:
      return null
  }
}

const CANDLE_PRICE = /^(BID|OFR)_(OPEN|HIGH|LOW|CLOSE)$/
