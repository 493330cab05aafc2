import type { GuardSaid } from '../host/screen-message.ts'
import { CandleHistory, FRAME_MS } from '../screen/candle-history.ts'
import type { CandleSeries } from '../screen/candle-series.ts'
import { type PastCandle, type ScreenView, TIME_FRAMES, type TimeFrame } from '../screen/view.ts'

/** What the charts have shown so far, for a screen that comes later. */
export interface ChartPast {
  /** @param nowMs monotonic */
  record(view: ScreenView, nowMs: number): void
  seed(epic: string, timeFrame: TimeFrame, candles: readonly PastCandle[]): void
  /** The chart that is looked at first, then the others of each market. */
  told(view: ScreenView): readonly GuardSaid[]
}

/** Candles of each chart that are told: our choice, two to a cell on a wide terminal. */
const CANDLES_TOLD = 400

/** @param epochMs wall time at monotonic zero */
export function chartPast(epochMs: number): ChartPast {
  const history = new CandleHistory(epochMs)
  return {
    record: (view, nowMs) => history.record(view, nowMs),
    seed: (epic, timeFrame, candles) => history.seed(epic, timeFrame, candles),
    told(view) {
      const { epic: chosen } = view.market
      const epics = [chosen, ...view.markets.map(({ epic }) => epic).filter(epic => epic !== chosen)]
      const frames = [
        view.appearance.timeFrame,
        ...TIME_FRAMES.filter(timeFrame => timeFrame !== view.appearance.timeFrame),
      ]
      return epics.flatMap(epic =>
        frames.flatMap((timeFrame): readonly GuardSaid[] => {
          const series = history.series(epic, timeFrame)
          const candles = series === null ? [] : candlesOf(series, FRAME_MS[timeFrame])
          return candles.length === 0 ? [] : [{ kind: 'past', epic, timeFrame, candles }]
        }),
      )
    },
  }
}

function candlesOf(series: CandleSeries, frameMs: number): readonly PastCandle[] {
  const { newest, decimals } = series
  const candles: PastCandle[] = []
  for (let bucket = Math.max(0, newest - CANDLES_TOLD + 1); bucket <= newest; bucket += 1) {
    const candle = series.at(bucket)
    if (candle !== null) candles.push({ startMs: bucket * frameMs, ...candle, decimals })
  }
  return candles
}
