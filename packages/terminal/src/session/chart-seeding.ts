import type { AllowanceView, Candle, Epic, Ig, Resolution } from '@scalpdesk/sdk'
import type { PastCandle, TimeFrame } from '../screen/view.ts'

/** What a time frame is asked for with: bars of the broker, and how many of them make a candle of ours. */
interface Recipe {
  readonly resolution: Resolution
  readonly bars: number
  readonly candleMs: number
}

/**
 * Each bar takes one of the 10 000 points that IG gives an account a week (IG Labs, FAQ, "Limits"), so short candles go back
 * for minutes only: our choice.
 */
const RECIPES: Readonly<Record<TimeFrame, Recipe | null>> = {
  ticks: null,
  '5s': { resolution: 'second', bars: 150, candleMs: 5_000 },
  '15s': { resolution: 'second', bars: 300, candleMs: 15_000 },
  '1m': { resolution: 'minute', bars: 60, candleMs: 60_000 },
  '5m': { resolution: 'minute-5', bars: 60, candleMs: 300_000 },
}

/** Points that are left for whoever asks on purpose: our choice. */
const POINTS_KEPT = 2_000

/** Calls a minute that are left for reading what is open: our choice. */
const CALLS_KEPT = 15

export interface ChartSeeding {
  /** Asks for the past of a chart that nobody has asked for yet. A failure leaves the chart as it is. */
  want(epic: Epic, timeFrame: TimeFrame): void
}

export function startChartSeeding(
  ig: Pick<Ig, 'allowances'> & { readonly prices: Pick<Ig['prices'], 'list'> },
  seed: (epic: Epic, timeFrame: TimeFrame, candles: readonly PastCandle[]) => void,
): ChartSeeding {
  const asked = new Set<string>()
  return {
    want(epic, timeFrame) {
      const recipe = RECIPES[timeFrame]
      const name = `${epic} ${timeFrame}`
      if (!recipe || asked.has(name) || !isAffordable(ig.allowances.view(), recipe.bars)) return
      if (ig.allowances.waitMs('data') > 0) return
      asked.add(name)
      void ig.prices
        .list({ epic, resolution: recipe.resolution, latest: recipe.bars })
        .then(({ candles }) => seed(epic, timeFrame, joined(candles.flatMap(pastCandle), recipe.candleMs)))
        // A chart without its past is a chart all the same.
        .catch(() => {})
    },
  }
}

/** Whether the account can spare it now; what is not known is taken for enough. */
export function isAffordable({ data, historicalPoints, pointsSpentUntilMs }: AllowanceView, bars: number): boolean {
  if (pointsSpentUntilMs !== null || data.heldBackUntilMs !== null) return false
  if (data.limit !== null && data.limit - data.used < CALLS_KEPT) return false
  return historicalPoints === null || historicalPoints.remaining - bars >= POINTS_KEPT
}

/** In mids, exact to the half of the broker's last digit; none where a price or its time is missing. */
export function pastCandle({ atMs, open, high, low, close }: Candle): readonly PastCandle[] {
  if (atMs === null) return []
  const prices = [open, high, low, close].map(({ bid, offer }) => (bid && offer ? { bid, offer } : null))
  if (prices.some(price => price === null)) return []
  const known = prices.filter(price => price !== null)
  const decimals = Math.max(...known.flatMap(({ bid, offer }) => [bid.decimalPlaces(), offer.decimalPlaces()])) + 1
  const units = known.map(({ bid, offer }) =>
    bid
      .plus(offer)
      .times(5)
      .times(`1e${decimals - 1}`)
      .toNumber(),
  )
  const [opened, highest, lowest, closed] = units
  if (opened === undefined || highest === undefined || lowest === undefined || closed === undefined) return []
  return [{ startMs: atMs, open: opened, high: highest, low: lowest, close: closed, decimals }]
}

/** Bars of a shorter time put together, the oldest first; what begins in the middle of a candle is a part of it. */
export function joined(bars: readonly PastCandle[], candleMs: number): readonly PastCandle[] {
  const decimals = Math.max(0, ...bars.map(bar => bar.decimals))
  const candles: PastCandle[] = []
  for (const bar of bars.toSorted((one, other) => one.startMs - other.startMs)) {
    const finer = 10 ** (decimals - bar.decimals)
    const startMs = Math.floor(bar.startMs / candleMs) * candleMs
    const [open, high, low, close] = [bar.open * finer, bar.high * finer, bar.low * finer, bar.close * finer]
    const last = candles.at(-1)
    if (last?.startMs !== startMs) candles.push({ startMs, open, high, low, close, decimals })
    else
      candles[candles.length - 1] = {
        ...last,
        high: Math.max(last.high, high),
        low: Math.min(last.low, low),
        close,
      }
  }
  return candles
}
