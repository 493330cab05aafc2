import { type DeskState, freshness } from '@scalpdesk/desk'
import type { Market, MarketState, Quote } from '@scalpdesk/sdk'
import type { DepthView, QuoteView } from '../../screen/view.ts'
import type { PriceRange } from '../price-ranges.ts'
import { priceText, spreadPoints, unitsText } from './figure-text.ts'

export function quoteView(state: DeskState, market: Market, range: PriceRange | null, nowMs: number): QuoteView {
  const quote = state.quotes.get(market.epic)
  const seen = freshness(state, quote, nowMs)
  return {
    freshness: seen,
    bid: priceText(quote, quote?.bidUnits),
    offer: priceText(quote, quote?.offerUnits),
    spread: seen === 'crossed' || seen === 'none' ? null : spreadPoints(quote, market.pointsPerUnit),
    ageMs: quote ? Math.max(0, nowMs - quote.receivedAtMs) : null,
    brokerTime: quote?.brokerTimeMs ? new Date(quote.brokerTimeMs).toISOString().slice(11, 19) : null,
    // With a gap the state is the gap's own text, which says nothing of the market.
    marketState: quote && quote.gap === null ? stateWord(quote.state) : null,
    high: range && unitsText(range.high, range.decimals),
    low: range && unitsText(range.low, range.decimals),
  }
}

function stateWord(state: MarketState): string | null {
  if (typeof state === 'string') return state
  return state.other === '' ? null : state.other
}

/** A ladder shows new prices so often: our choice. Working out five levels with each price would only be thrown away. */
const DEPTH_EVERY_MS = 50

/** The broker's book at a ladder's rhythm; another market's, and none at all, at once. */
export function depthViewer(): (nowMs: number, quote: Quote | null) => DepthView | null {
  let last: { readonly atMs: number; readonly quote: Quote | null; readonly view: DepthView | null } | null = null
  return (nowMs, quote) => {
    const isSameBook = last?.quote?.epic === quote?.epic && quote?.gap === last?.quote?.gap
    if (last && (last.quote === quote || (isSameBook && nowMs - last.atMs < DEPTH_EVERY_MS))) return last.view
    last = { atMs: nowMs, quote, view: depthView(quote) }
    return last.view
  }
}

/** What the broker shows of its book; null where the market has no ladder, or its prices are interrupted. */
function depthView(quote: Quote | null): DepthView | null {
  if (quote === null || quote.gap !== null || !quote.levels) return null
  // A market without a ladder has its one price at every level, and no sizes.
  if (!quote.levels.some(({ bidSize, offerSize }) => bidSize ?? offerSize)) return null
  const { levels, decimals } = quote
  return {
    bids: levels.flatMap(({ bidUnits, bidSize }) => levelOf(bidUnits, bidSize, decimals)),
    offers: levels.flatMap(({ offerUnits, offerSize }) => levelOf(offerUnits, offerSize, decimals)),
  }
}

type Size = NonNullable<Quote['levels']>[number]['bidSize']

function levelOf(units: number | null, size: Size, decimals: number) {
  return units === null ? [] : [{ level: unitsText(units, decimals), size: size?.toFixed() ?? null }]
}
