import type { ResolutionJson } from '@scalpdesk/wire'
import type { BookQuote } from '../../../engine/index.ts'
import type { PriceRange } from '../../prices/bar.ts'
import type { PriceHistory } from '../../prices/price-history.ts'
import { barStart, nextBarStart } from '../../prices/resolution.ts'
import type { CandleScale } from './chart-items.ts'

/** A candle of the chart item: forming, or just completed. */
export interface Candle {
  readonly startMs: number
  readonly bid: PriceRange
  readonly ask: PriceRange
  readonly ticks: number
  readonly isComplete: boolean
}

/** The forming candles of the markets and scales that somebody has asked for. */
export interface Candles {
  current(epic: string, scale: CandleScale): Candle | null
  /** A quote was published: candles grow, or are completed and followed by the next. */
  take(epic: string, quote: BookQuote): void
}

/**
 * A candle is complete with the first quote after its end.
 * @param onCandle hears of each state of a candle: `current` shows it only during the call.
 */
export function candles(prices: PriceHistory, onCandle: (epic: string, scale: CandleScale) => void): Candles {
  const forming = new Map<string, Map<CandleScale, Candle>>()

  /** What the history has of it already: somebody may come in the middle of an hour. */
  function begin(epic: string, scale: CandleScale): Candle | null {
    const bar = prices.latest(epic, RESOLUTIONS[scale], Number.MAX_SAFE_INTEGER)
    if (!bar) return null
    const { startMs, bid, ask, ticks } = bar
    return { startMs, bid: { ...bid }, ask: { ...ask }, ticks, isComplete: false }
  }

  return {
    current(epic, scale) {
      const known = forming.get(epic)?.get(scale)
      if (known) return known
      const begun = begin(epic, scale)
      if (!begun) return null
      const ofMarket = forming.get(epic) ?? new Map<CandleScale, Candle>()
      forming.set(epic, ofMarket.set(scale, begun))
      return begun
    },
    take(epic, { atMs, bidUnits, offerUnits }) {
      for (const [scale, candle] of forming.get(epic) ?? []) {
        const resolution = RESOLUTIONS[scale]
        const isInside = atMs >= candle.startMs && atMs < nextBarStart(resolution, candle.startMs)
        if (!isInside && atMs >= candle.startMs) {
          forming.get(epic)?.set(scale, { ...candle, isComplete: true })
          onCandle(epic, scale)
        }
        const next = isInside
          ? grown(candle, bidUnits, offerUnits)
          : opened(barStart(resolution, atMs), bidUnits, offerUnits)
        forming.get(epic)?.set(scale, next)
        onCandle(epic, scale)
      }
    },
  }
}

function opened(startMs: number, bid: number, ask: number): Candle {
  return { startMs, bid: rangeOf(bid), ask: rangeOf(ask), ticks: 1, isComplete: false }
}

function grown({ startMs, bid, ask, ticks }: Candle, bidUnits: number, offerUnits: number): Candle {
  return { startMs, bid: reached(bid, bidUnits), ask: reached(ask, offerUnits), ticks: ticks + 1, isComplete: false }
}

function rangeOf(units: number): PriceRange {
  return { open: units, high: units, low: units, close: units }
}

function reached({ open, high, low }: PriceRange, units: number): PriceRange {
  return { open, high: Math.max(high, units), low: Math.min(low, units), close: units }
}

const RESOLUTIONS: Readonly<Record<CandleScale, ResolutionJson>> = {
  SECOND: 'SECOND',
  '1MINUTE': 'MINUTE',
  '5MINUTE': 'MINUTE_5',
  HOUR: 'HOUR',
}
