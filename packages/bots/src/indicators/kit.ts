import type { CandleMaker } from '../candles/candle-maker.ts'
import type { CandleIndicators, Indicator, IndicatorKit, PriceIndicators } from '../strategy/indicator.ts'
import { ExponentialAverage, SimpleAverage } from './averages.ts'
import { BollingerBands, StandardDeviation } from './bands.ts'
import { DonchianChannel } from './extremes.ts'
import type { CandleFollower, PriceFollower } from './follower.ts'
import { ConvergenceDivergence, RateOfChange, RelativeStrength, Stochastic } from './momentum.ts'
import { after, exponentialOf, type Need, wilderOf, windowOf } from './need.ts'
import { AverageTrueRange, DayAverage } from './ranges.ts'

/** What the indicators of one market hang on. */
export interface Source {
  /** 10 to the market's decimals. */
  readonly scale: number
  onTicks(follower: PriceFollower): void
  /** The candles of a length, begun where nobody asked for them yet. */
  candles(length: string): CandleMaker
  /** So many ticks, or candles of a length, are needed. */
  need(of: string, need: Need): void
}

export function indicatorKit(source: Source): IndicatorKit {
  function on(from: 'tick'): PriceIndicators
  function on(from: string): CandleIndicators
  function on(from: string): PriceIndicators | CandleIndicators {
    const needs = (need: Need): void => source.need(from, need)
    if (from === 'tick') return priceIndicators(source.scale, follower => source.onTicks(follower), needs)
    const candles = source.candles(from)
    return candleIndicators(source.scale, candles, needs)
  }
  return { on }
}

type Hang = (follower: PriceFollower) => void
type TellNeed = (need: Need) => void

function priceIndicators(scale: number, hang: Hang, needs: TellNeed): PriceIndicators {
  function hung<Made extends PriceFollower & Indicator<unknown>>(need: Need, indicator: Made): Made {
    hang(indicator)
    needs(need)
    return indicator
  }
  return {
    sma: length => hung(windowOf(length), new SimpleAverage(length, scale)),
    ema: length => hung(exponentialOf(length), new ExponentialAverage(length, scale)),
    rsi: length => hung(after(wilderOf(length), windowOf(2)), new RelativeStrength(length)),
    bollinger: (length, deviations = 2) => hung(windowOf(length), new BollingerBands(length, deviations, scale)),
    donchian: length => hung(windowOf(length), new DonchianChannel(length, scale)),
    macd: (short = 12, long = 26, signal = 9) =>
      hung(after(exponentialOf(long), exponentialOf(signal)), new ConvergenceDivergence(short, long, signal, scale)),
    standardDeviation: length => hung(windowOf(length), new StandardDeviation(length, scale)),
    rateOfChange: length => hung(windowOf(length + 1), new RateOfChange(length)),
  }
}

function candleIndicators(scale: number, candles: CandleMaker, needs: TellNeed): CandleIndicators {
  function hung<Made extends CandleFollower & Indicator<unknown>>(need: Need, indicator: Made): Made {
    candles.tell(indicator)
    needs(need)
    return indicator
  }
  const onCloses: Hang = follower => candles.tell({ takeCandle: ({ closeUnits }) => follower.take(closeUnits) })
  return {
    ...priceIndicators(scale, onCloses, needs),
    donchian: length => hung(windowOf(length), new DonchianChannel(length, scale)),
    atr: length => hung(wilderOf(length), new AverageTrueRange(length, scale)),
    vwap: () => hung({ ready: 1, settled: 1, isOfDay: true }, new DayAverage(scale)),
    stochastic: (length = 14, smoothK = 3, smoothD = 3) =>
      hung(
        after(windowOf(length), after(windowOf(smoothK), windowOf(smoothD))),
        new Stochastic(length, smoothK, smoothD),
      ),
  }
}
