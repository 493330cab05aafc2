import { describe, expect, it } from 'vitest'
import { CandleHistory } from './candle-history.ts'
import { feedOf, quietView, tick, viewAt } from './test/painted-pane.ts'
import { FLAT_VIEW } from './test/sample-view.ts'
import type { MarketTab, PastCandle, ScreenView } from './view.ts'

const NOON = Date.UTC(2026, 0, 5, 12)
const MINUTE = NOON / 60_000
const EPIC = FLAT_VIEW.market.epic
const DAX = 'IX.D.DAX.IFD.IP'

const quote = (freshness: 'live' | 'stale') => ({ ...FLAT_VIEW.quote, freshness, brokerTime: null })
const live = (price: number, change: Partial<ScreenView> = {}) => viewAt(price, { quote: quote('live'), ...change })
const still = (freshness: 'live' | 'stale') => quietView({ quote: quote(freshness) })

function past(startMs: number, close: number): PastCandle {
  return { startMs, open: close, high: close, low: close, close, decimals: 2 }
}

/** The closes of some seconds from noon on. */
const seconds = (history: CandleHistory, epic: string, ...offsets: readonly number[]) =>
  offsets.map(offset => history.series(epic, 'ticks')?.at(NOON / 1000 + offset)?.close ?? null)

describe('the history of markets', () => {
  it('keeps every frame of every market', () => {
    const history = new CandleHistory(NOON)
    history.record(live(100, { feeds: [feedOf(100), feedOf(900, { epic: DAX })] }), 0)
    for (const epic of [EPIC, DAX])
      for (const frame of ['ticks', '5s', '15s', '1m', '5m'] as const)
        expect(history.series(epic, frame)?.last).toBe(epic === EPIC ? 100 : 900)
    expect(history.series('never heard of', 'ticks')).toBeNull()
  })

  it('carries a live price on, and not one that is stale or of which nothing was heard', () => {
    const history = new CandleHistory(NOON)
    history.record(live(100), 0)
    history.record(still('live'), 1000)
    history.record(still('stale'), 2000)
    history.record(live(101), 4000)
    history.record(still('live'), 9000)
    expect(seconds(history, EPIC, 0, 1, 2, 3, 4, 5, 8, 9)).toEqual([100, 100, null, null, 101, null, null, 101])
  })

  it('knows by its tab whether the price of another market is live', () => {
    const history = new CandleHistory(NOON)
    const tab: MarketTab = {
      name: 'Germany 40',
      epic: DAX,
      freshness: 'live',
      bid: null,
      offer: null,
      spread: null,
      held: null,
      profit: null,
      isChosen: false,
    }
    history.record(live(100, { markets: [tab], feeds: [feedOf(900, { epic: DAX })] }), 0)
    history.record(quietView({ markets: [tab], quote: quote('live') }), 1000)
    history.record(quietView({ markets: [{ ...tab, freshness: 'closed' }], quote: quote('live') }), 2000)
    expect(seconds(history, DAX, 0, 1, 2)).toEqual([900, 900, null])
  })

  it('fills the time between two ticks of a tape that runs faster', () => {
    const history = new CandleHistory(NOON)
    history.record(viewAt(100, {}, { ticks: [tick('12:00:00')] }), 0)
    history.record(viewAt(105, {}, { ticks: [tick('12:00:05')] }), 1000)
    expect(seconds(history, EPIC, 0, 3, 5)).toEqual([100, 100, 105])
  })

  it('begins anew when a tape begins again', () => {
    const history = new CandleHistory(NOON)
    history.record(viewAt(100, {}, { ticks: [tick('12:30:00')] }), 0)
    history.record(viewAt(200, {}, { ticks: [tick('12:00:00')] }), 1000)
    expect(history.series(EPIC, '5m')).toMatchObject({ newest: MINUTE / 5, last: 200 })
    expect(seconds(history, EPIC, 1800, 0)).toEqual([null, 200])
  })

  it('joins past candles to live prices, whichever comes first, also of a tape of another day', () => {
    for (const dayMs of [0, Date.UTC(2014, 4, 8) - Date.UTC(2026, 0, 5)]) {
      const seeds = [past(NOON - 60_000 + dayMs, 99), past(NOON + dayMs, 100)]
      const before = new CandleHistory(NOON)
      before.seed(EPIC, '1m', seeds)
      before.record(live(105), 1000)
      const after = new CandleHistory(NOON)
      after.record(live(105), 1000)
      after.seed(EPIC, '1m', seeds)
      for (const history of [before, after]) {
        expect(history.series(EPIC, '1m')?.at(MINUTE - 1)?.close).toBe(99)
        expect(history.series(EPIC, '1m')?.at(MINUTE)).toEqual({ open: 100, high: 105, low: 100, close: 105 })
      }
    }
  })

  it('forgets the market that was not heard of for longest when there are too many', () => {
    const history = new CandleHistory(NOON)
    for (let market = 0; market < 50; market += 1)
      history.record(live(100, { feeds: [feedOf(100), feedOf(5, { epic: `M${market}` })] }), market)
    expect(history.series('M0', 'ticks')).toBeNull()
    expect(history.series('M49', 'ticks')).not.toBeNull()
    expect(history.series(EPIC, 'ticks')).not.toBeNull()
  })
})
