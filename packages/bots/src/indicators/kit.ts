import type { CandleMaker } from '../candles/candle-maker.ts'
import type { CandleIndicators, Indicator, IndicatorKit, PriceIndicators } from '../strategy/indicator.ts'
import { ExponentialAverage, SimpleAverage } from './averages.ts'
import { BollingerBands, StandardDeviation } from './bands.ts'
import { DonchianChannel } from './extremes.ts'
import type { CandleFollower, PriceFollower } from './follower.ts'
import { ConvergenceDivergence, RateOfChange, RelativeStrength, Stochastic } from './momentum.ts'
import { AverageTrueRange, DayAverage } from './ranges.ts'

/** What the indicators of one market hang on. */
export interface Source {
  /** 10 to the market's decimals. */
  readonly scale: number
  onTicks(follower: PriceFollower): void
  /** The candles of a length, begun where nobody asked for them yet. */
  candles(length: string): CandleMaker
}

export function indicatorKit(source: Source): IndicatorKit {
  function on(from: 'tick'): PriceIndicators
  function on(from: string): CandleIndicators
  function on(from: string): PriceIndicators | CandleIndicators {
    if (from === 'tick') return priceIndicators(source.scale, follower => source.onTicks(follower))
    const candles = source.candles(from)
    return candleIndicators(source.scale, candles)
  }
  return { on }
}

type Hang = (follower: PriceFollower) => void

function priceIndicators(scale: number, hang: Hang): PriceIndicators {
  function hung<Made extends PriceFollower & Indicator<unknown>>(indicator: Made): Made {
    hang(indicator)
    return indicator
  }
  return {
    sma: length => hung(new SimpleAverage(length, scale)),
    ema: length => hung(new ExponentialAverage(length, scale)),
    rsi: length => hung(new RelativeStrength(length)),
    bollinger: (length, deviations = 2) => hung(new BollingerBands(length, deviations, scale)),
    donchian: length => hung(new DonchianChannel(length, scale)),
    macd: (short = 12, long = 26, signal = 9) => hung(new ConvergenceDivergence(short, long, signal, scale)),
    standardDeviation: length => hung(new StandardDeviation(length, scale)),
    rateOfChange: length => hung(new RateOfChange(length)),
  }
}

function candleIndicators(scale: number, candles: CandleMaker): CandleIndicators {
  function hung<Made extends CandleFollower & Indicator<unknown>>(indicator: Made): Made {
    candles.tell(indicator)
    return indicator
  }
  return {
    ...priceIndicators(scale, follower => candles.tell({ takeCandle: ({ closeUnits }) => follower.take(closeUnits) })),
    donchian: length => hung(new DonchianChannel(length, scale)),
    atr: length => hung(new AverageTrueRange(length, scale)),
    vwap: () => hung(new DayAverage(scale)),
    stochastic: (length = 14, smoothK = 3, smoothD = 3) => hung(new Stochastic(length, smoothK, smoothD)),
  }
}
