import { seededRandom } from '@scalpdesk/testkit'
import { ATR, BollingerBands, EMA, MACD, RSI, SMA, StochasticOscillator } from 'trading-signals'
import { describe, expect, it } from 'vitest'
import { SightNow } from '../host/sight-now.ts'
import { indicatorKit } from './kit.ts'

const MARKET = { epic: 'E', name: 'E', decimals: 2, unitsPerPoint: 1, minSize: 1, minStopPoints: 1, currency: 'EUR' }
const MINUTE_MS = 60_000

/** A market whose kit hangs on made ticks. */
function market(decimals = 2) {
  const sight = new SightNow({ ...MARKET, decimals })
  const kit = indicatorKit(sight)
  let minute = 0
  const unitsOf = (price: number): number => Math.round(price * 10 ** decimals)
  return {
    kit,
    tick: (price: number) => sight.take(++minute * MINUTE_MS, unitsOf(price), unitsOf(price)),
    /** A candle of four ticks; it is whole with the first tick of the next. */
    candle(high: number, low: number, close: number) {
      const startMs = ++minute * MINUTE_MS
      for (const [at, price] of [low, high, low, close].entries())
        sight.take(startMs + at, unitsOf(price), unitsOf(price))
    },
    end: () => sight.take((minute + 1) * MINUTE_MS, unitsOf(50), unitsOf(50)),
  }
}

// Tulip Indicators (tulipindicators.org): the data and the figures of `tests/untest.txt` in its repository, printed with three decimals.
const CLOSES = [81.59, 81.06, 82.87, 83.0, 83.61, 83.15, 82.84, 83.99, 84.55, 84.36, 85.53, 86.54, 86.89, 87.77, 87.29]
const HIGHS = [82.15, 81.89, 83.03, 83.3, 83.85, 83.9, 83.33, 84.3, 84.84, 85.0, 85.9, 86.58, 86.98, 88.0, 87.87]
const LOWS = [81.29, 80.64, 81.31, 82.65, 83.07, 83.11, 82.49, 82.3, 84.15, 84.11, 84.03, 85.39, 85.76, 87.17, 87.01]
// StockCharts' ChartSchool, "Relative Strength Index (RSI)", the sheet of its example: figures with two decimals.
const RSI_PRICES = [
  44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931, 46.0328, 45.614,
  46.282, 46.282, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521, 45.7137, 46.4515, 45.7835, 45.3548,
  44.0288, 44.1783, 44.2181, 44.5672, 43.4205, 42.6628, 43.1314,
]

describe('published values', () => {
  const onTicks = (
    prices: readonly number[],
    decimals: number,
    read: (kit: ReturnType<typeof market>['kit']) => { isReady(): boolean; figure(): number },
  ) => {
    const { kit, tick } = market(decimals)
    const indicator = read(kit)
    return prices.flatMap(price => {
      tick(price)
      return indicator.isReady() ? [indicator.figure()] : []
    })
  }
  const plain = (indicator: { readonly isReady: boolean; readonly value: number }) => ({
    isReady: () => indicator.isReady,
    figure: () => indicator.value,
  })
  /** A printed figure is rounded: ours may be half a unit of its last decimal away, and no more. */
  const expectPublished = (figures: readonly number[], published: readonly number[], printedDecimals = 3): void => {
    expect(figures).toHaveLength(published.length)
    const mostAway = 0.5 / 10 ** printedDecimals + 1e-9
    for (const [at, figure] of figures.entries())
      expect(Math.abs(figure - published[at]!), `figure ${at + 1}: ${figure}`).toBeLessThanOrEqual(mostAway)
  }

  it('has the simple average', () => {
    expectPublished(
      onTicks(CLOSES, 2, kit => plain(kit.on('tick').sma(5))),
      [82.426, 82.738, 83.094, 83.318, 83.628, 83.778, 84.254, 84.994, 85.574, 86.218, 86.804],
    )
  })

  it('has the exponential average', () => {
    expectPublished(
      onTicks(CLOSES, 2, kit => plain(kit.on('tick').ema(5))),
      [82.714, 82.859, 82.853, 83.232, 83.671, 83.901, 84.444, 85.143, 85.725, 86.407, 86.701],
    )
  })

  it('has the relative strength', () => {
    expectPublished(
      onTicks(CLOSES, 2, kit => plain(kit.on('tick').rsi(5))),
      [72.034, 64.927, 75.936, 79.796, 74.713, 83.033, 87.478, 88.755, 91.483, 78.498],
    )
    expectPublished(
      onTicks(RSI_PRICES, 4, kit => plain(kit.on('tick').rsi(14))),
      [
        70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46, 41.87, 45.46,
        37.3, 33.08, 37.77,
      ],
      2,
    )
  })

  it('has the Bollinger bands', () => {
    const band = (side: 'upper' | 'lower') =>
      onTicks(CLOSES, 2, kit => {
        const bands = kit.on('tick').bollinger(5, 2)
        return { isReady: () => bands.isReady, figure: () => bands.value[side] }
      })
    expectPublished(
      band('lower'),
      [80.53, 80.987, 82.533, 82.472, 82.418, 82.435, 82.511, 83.143, 83.536, 83.87, 85.289],
    )
    expectPublished(
      band('upper'),
      [84.322, 84.489, 83.655, 84.164, 84.838, 85.121, 85.997, 86.845, 87.612, 88.566, 88.319],
    )
  })

  it('has the average true range', () => {
    const { kit, candle, end } = market()
    const atr = kit.on('1m').atr(5)
    const seen = CLOSES.map((close, at) => {
      candle(HIGHS[at]!, LOWS[at]!, close)
      return atr.isReady ? atr.value : Number.NaN
    })
    end()
    expectPublished(
      [...seen.slice(5), atr.value],
      [1.116, 1.051, 1.009, 1.207, 1.136, 1.086, 1.243, 1.233, 1.23, 1.206, 1.137],
    )
  })

  it('has the moving averages’ convergence and divergence', () => {
    const figures = (side: 'macd' | 'signal') =>
      onTicks(CLOSES, 2, kit => {
        const macd = kit.on('tick').macd(2, 5, 1)
        return { isReady: () => macd.isReady, figure: () => macd.value[side] }
      })
    expect(figures('macd')).toEqual(figures('signal'))
    expectPublished(figures('macd'), [0.618, 0.351, 0.111, 0.416, 0.578, 0.422, 0.684, 0.927, 0.891, 0.979, 0.621])
  })
})

describe('a long walk', () => {
  const random = seededRandom(11)
  let price = 108_410
  const candles = Array.from({ length: 3_000 }, () => {
    const [a, b, c, d] = [0, 0, 0, 0].map(() => (price += Math.round((random.next() - 0.5) * 21)))
    return { high: Math.max(a!, b!, c!, d!) / 1e5, low: Math.min(a!, b!, c!, d!) / 1e5, close: d! / 1e5 }
  })

  it('agrees with another library to the end, without drift', () => {
    const { kit, candle, end } = market(5)
    const minute = kit.on('1m')
    const ours = {
      sma: minute.sma(50),
      ema: minute.ema(50),
      rsi: minute.rsi(14),
      bands: minute.bollinger(20, 2),
      macd: minute.macd(12, 26, 9),
      atr: minute.atr(14),
      stochastic: minute.stochastic(14, 3, 3),
    }
    const theirs = {
      sma: new SMA(50),
      ema: new EMA(50),
      rsi: new RSI(14),
      bands: new BollingerBands(20, 2),
      macd: new MACD(new EMA(12), new EMA(26), new EMA(9)),
      atr: new ATR(14),
      stochastic: new StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 }),
    }
    for (const { high, low, close } of candles) {
      candle(high, low, close)
      for (const each of [theirs.sma, theirs.ema, theirs.rsi, theirs.bands, theirs.macd]) each.add(close)
      theirs.atr.add({ high, low, close })
      theirs.stochastic.add({ high, low, close })
    }
    end()
    expect(ours.sma.value).toBeCloseTo(theirs.sma.getResultOrThrow(), 10)
    expect(ours.ema.value).toBeCloseTo(theirs.ema.getResultOrThrow(), 10)
    expect(ours.rsi.value).toBeCloseTo(theirs.rsi.getResultOrThrow(), 8)
    const bands = theirs.bands.getResultOrThrow()
    expect(ours.bands.value.upper).toBeCloseTo(bands.upper, 9)
    expect(ours.bands.value.lower).toBeCloseTo(bands.lower, 9)
    expect(ours.macd.value.histogram).toBeCloseTo(theirs.macd.getResultOrThrow().histogram, 9)
    expect(ours.atr.value).toBeCloseTo(theirs.atr.getResultOrThrow(), 9)
    const stochastic = theirs.stochastic.getResultOrThrow()
    expect(ours.stochastic.value.k).toBeCloseTo(stochastic.stochK, 6)
    expect(ours.stochastic.value.d).toBeCloseTo(stochastic.stochD, 6)
  })

  it('agrees with looking at the whole window again', () => {
    const { kit, tick } = market(5)
    const on = kit.on('tick')
    const [donchian, deviation, change] = [on.donchian(37), on.standardDeviation(37), on.rateOfChange(37)]
    const seen: number[] = []
    for (const { close } of candles.slice(0, 500)) {
      tick(close)
      seen.push(close)
      const window = seen.slice(-37)
      if (window.length < 37) {
        expect([donchian.isReady, deviation.isReady, change.isReady]).toEqual([false, false, false])
        expect([donchian.value.upper, deviation.value]).toEqual([Number.NaN, Number.NaN])
        continue
      }
      expect([donchian.value.upper, donchian.value.lower]).toEqual([Math.max(...window), Math.min(...window)])
      const mean = window.reduce((sum, each) => sum + each, 0) / 37
      expect(deviation.value).toBeCloseTo(Math.sqrt(window.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 37), 9)
      const then = seen.at(-38)
      if (then !== undefined) expect(change.value).toBeCloseTo((100 * (close - then)) / then, 9)
    }
  })

  it('weighs the day’s average by ticks and begins anew at midnight', () => {
    const { kit, candle, end } = market(5)
    const vwap = kit.on('1m').vwap()
    for (const { high, low, close } of candles.slice(0, 10)) candle(high, low, close)
    end()
    const typical = candles.slice(0, 10).map(({ high, low, close }) => (high + low + close) / 3)
    expect(vwap.value).toBeCloseTo(typical.reduce((sum, each) => sum + each, 0) / 10, 9)
  })
})

it.each([
  [
    (kit: ReturnType<typeof market>['kit']) => kit.on('tick').ema(0),
    'expected the length of ema to be a whole number from 1 to 10000, but got 0',
  ],
  [
    (kit: ReturnType<typeof market>['kit']) => kit.on('tick').macd(26, 12),
    "expected macd's short length below its long one, but got 26 and 12",
  ],
  [
    (kit: ReturnType<typeof market>['kit']) => kit.on('1 minute'),
    'expected a length of time such as 500ms, 90s, 5m or 2h, but got "1 minute"',
  ],
])('refuses what cannot be: %#', (make, sentence) => {
  expect(() => make(market().kit)).toThrow(sentence)
})
