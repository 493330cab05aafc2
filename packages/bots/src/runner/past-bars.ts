import type { Candle, CandlePrice } from '@scalpdesk/sdk'
import { Decimal } from '@scalpdesk/sdk'
import type { PastBar } from '../candles/past-bar.ts'
import type { MarketView } from '../strategy/view.ts'

export type ReadBars =
  | { readonly kind: 'bars'; readonly bars: readonly PastBar[] }
  | { readonly kind: 'none'; readonly why: string }

export interface BarsOf {
  /** Oldest first. */
  readonly candles: readonly Candle[]
  /** Of each. */
  readonly lengthMs: number
  readonly market: Pick<MarketView, 'decimals' | 'name'>
  /** Between the bid and the offer of now. */
  readonly mid: Decimal
}

/**
 * The broker's bars as candles take them. Their highs and lows are between the highest bid and the highest offer, which need not have
 * come together: exact where the spread was the same. Prices of the history were seen in another scale than those of the stream.
 */
export function pastBars({ candles, lengthMs, market, mid }: BarsOf): ReadBars {
  const known = knownAfter(candles)
  const newest = known.at(-1)
  if (!newest) return { kind: 'none', why: 'the broker has no bars of it' }
  const shift = shiftOf(midOf(newest.close), mid)
  if (shift === null)
    return {
      kind: 'none',
      why: `its newest bar closed at ${midOf(newest.close)}, far from the price of now (${mid})`,
    }
  const halves = new Decimal(10).pow(market.decimals - shift).times(2)
  const units = (price: KnownPrice): number => midOf(price).times(halves).round().toNumber() / 2
  const bars = known.map(({ atMs, open, high, low, close, ticks }) => ({
    startMs: atMs,
    openUnits: units(open),
    highUnits: units(high),
    lowUnits: units(low),
    closeUnits: units(close),
    ticks: ticks ?? 1,
  }))
  const odd = bars.find(
    ({ startMs }, at) => startMs % lengthMs !== 0 || startMs <= (bars[at - 1]?.startMs ?? Number.NEGATIVE_INFINITY),
  )
  if (odd) return { kind: 'none', why: `a bar of it begins at ${new Date(odd.startMs).toISOString()}` }
  return { kind: 'bars', bars }
}

interface KnownPrice {
  readonly bid: Decimal
  readonly offer: Decimal
}

interface KnownCandle extends Pick<Candle, 'ticks'> {
  readonly atMs: number
  readonly open: KnownPrice
  readonly high: KnownPrice
  readonly low: KnownPrice
  readonly close: KnownPrice
}

/** Those after the last one without a time or a price: what came before has a hole. */
function knownAfter(candles: readonly Candle[]): readonly KnownCandle[] {
  const known: KnownCandle[] = []
  for (const { atMs, open, high, low, close, ticks } of candles)
    if (atMs !== null && isKnown(open) && isKnown(high) && isKnown(low) && isKnown(close))
      known.push({ atMs, open, high, low, close, ticks })
    else known.length = 0
  return known
}

const isKnown = (price: CandlePrice): price is CandlePrice & KnownPrice => price.bid !== null && price.offer !== null

const midOf = ({ bid, offer }: KnownPrice): Decimal => bid.plus(offer).div(2)

/** How many decimal places the history's prices are off; null where they are no prices of this market. */
function shiftOf(past: Decimal, now: Decimal): number | null {
  if (!past.gt(0) || !now.gt(0)) return null
  const places = Decimal.log10(past.div(now))
  const whole = places.round()
  return places.minus(whole).abs().lte(FAR) ? whole.toNumber() : null
}

/** A fifth up or down: our choice, more than a market moves in a bar. */
const FAR = Decimal.log10(1.25)
