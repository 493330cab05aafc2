import { type BacktestOptions, backtest, type Strategy, summaryOf, type TickFeed } from '@scalpdesk/bots'
import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import hedgeClose from './hedge-close/strategy.ts'
import { madeTicks } from './made-ticks.ts'
import meanReversion from './mean-reversion/strategy.ts'
import momentumBurst from './momentum-burst/strategy.ts'
import newsPause from './news-pause/strategy.ts'
import openingRangeBreakout from './opening-range-breakout/strategy.ts'
import riskDrill from './risk-drill/strategy.ts'
import spreadWatcher from './spread-watcher/strategy.ts'
import trailingStopManager from './trailing-stop-manager/strategy.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const MIDNIGHT_MS = Date.UTC(2026, 0, 5)
const at = (time: string): number => MIDNIGHT_MS + Date.parse(`1970-01-01T${time}Z`)

/** What became of it: closes as direction, opening and closing level; and what it said. */
async function played(strategy: Strategy, feed: TickFeed, more: Partial<BacktestOptions> = {}) {
  const said: string[] = []
  const run = await backtest({
    strategy,
    feed,
    cash: new Decimal(100_000),
    onSay: text => void said.push(text),
    ...more,
  })
  const deals = run.engine.history
    .transactions(run.account)
    .flatMap(({ size, openLevel, closeLevel }) =>
      openLevel === null ? [] : [`${Number(size) < 0 ? 'SELL' : 'BUY'} ${openLevel} ${closeLevel}`],
    )
  return { deals, said, end: run.end, summary: summaryOf(run) }
}

/** Prices of EUR/USD, half a point wide, a second after the other. */
function walk(bids: readonly number[], start = '09:00:00', everySeconds = 1): TickFeed {
  return madeTicks(
    EURUSD,
    at(start),
    bids.map((bid, index) => [index * everySeconds, bid, bid + 0.00005]),
  )
}

/** About a price, never twice the same in a row. */
const calm = (count: number, about = 1.084) =>
  Array.from({ length: count }, (_, n) => about + [0, 1, 2, 1][n % 4]! / 1e5)

it('opening-range-breakout follows the first price outside of the range, once, with the range as its stop', async () => {
  const range = Array.from({ length: 16 }, (_, minute): [number, number, number] => {
    const bid = 18_500 + (minute % 2) * 10
    return [minute * 60, bid, bid + 1]
  })
  const after: [number, number, number][] = [
    [970, 18_512, 18_513],
    [1000, 18_530, 18_531],
    [1030, 18_500, 18_501],
    [1060, 18_530, 18_531],
  ]
  const { deals, summary } = await played(
    openingRangeBreakout,
    madeTicks('IX.D.DAX.IFD.IP', at('08:00:00'), [...range, ...after]),
  )
  expect(deals).toEqual(['BUY 18513 18500'])
  expect(summary.openAtEnd).toBe(0)
})

it('opening-range-breakout leaves a day alone whose range it has not seen', async () => {
  const late = Array.from({ length: 30 }, (_, minute): [number, number, number] => {
    const bid = 18_500 + minute * 5
    return [minute * 60, bid, bid + 1]
  })
  const { deals } = await played(openingRangeBreakout, madeTicks('IX.D.DAX.IFD.IP', at('08:05:00'), late))
  expect(deals).toEqual([])
})

it('mean-reversion buys what fell far below its average, and closes at the average', async () => {
  const bids = [...calm(220), 1.0825, ...calm(5)]
  const { deals } = await played(meanReversion, walk(bids))
  expect(deals).toEqual(['BUY 1.08255 1.08401'])
})

it('momentum-burst follows a candle that is much larger than usual, with a stop that trails', async () => {
  const bids = [
    ...calm(200),
    ...Array.from({ length: 20 }, (_, n) => 1.084 + n / 10_000),
    ...Array.from({ length: 20 }, (_, n) => 1.0859 - n / 10_000),
  ]
  const { deals, summary } = await played(momentumBurst, walk(bids))
  expect(deals[0]).toMatch(/^BUY 1\.08\d+ 1\.085\d*$/)
  expect(summary).toMatchObject({ won: 1, openAtEnd: 0 })
})

it('spread-watcher says when the spread is wide and when it is back, and trades nothing', async () => {
  const ticks = Array.from({ length: 620 }, (_, n): [number, number, number] => [
    n,
    1.084,
    n === 600 ? 1.0845 : 1.08406,
  ])
  const { said, summary } = await played(spreadWatcher, madeTicks(EURUSD, at('09:00:00'), ticks))
  expect(said).toEqual([
    'EUR/USD: the spread is 5.0 points, usually 0.6',
    'EUR/USD: the spread is back at 0.6 points',
    'wide 1 times; usually 0.61 points, at worst 5.0',
  ])
  expect(summary.trades).toBe(0)
})

it('trailing-stop-manager moves the stop to the entry, then behind the price, and is done when it is hit', async () => {
  const up = Array.from({ length: 12 }, (_, n) => 1.084 + n * 0.0001)
  const { deals, end } = await played(trailingStopManager, walk([...up, 1.0844, 1.0844]))
  // Entered at the offer of the first; followed at six points behind the best bid of 1.0851, in steps of two.
  expect(deals[0]).toBe('BUY 1.08405 1.0844')
  expect(end).toEqual({ kind: 'done', why: 'the position is closed' })
})

it('news-pause is flat five minutes before news, and enters again only ten minutes after', async () => {
  const bids = calm(120 * 60).map((bid, n) => bid + n / 1e6)
  const { deals } = await played(newsPause, walk(bids, '12:00:00'))
  expect(deals.length).toBeGreaterThan(1)
  const flatFrom = (at('13:25:00') - at('12:00:00')) / 1000
  expect(deals[0]?.split(' ').at(-1)).toBe(String(Number(bids[flatFrom]?.toFixed(5))))
})

it('hedge-close holds both sides, closes the loser, and then the winner', async () => {
  const up = Array.from({ length: 16 }, (_, n) => 1.084 + n * 0.0001)
  const { deals, end } = await played(hedgeClose, walk(up))
  expect(deals).toEqual(['SELL 1.084 1.08465', 'BUY 1.08405 1.0853'])
  expect(end.why).toBe('both sides are closed')
})

it('risk-drill asks for what must be refused, and passes because all of it is', async () => {
  const { said, end, summary } = await played(riskDrill, walk(calm(20)))
  expect(end.why).toBe('PASSED: 5 of 5 refused')
  expect(said.filter(text => /^(denied|rejected)/.test(text))).toEqual([
    'denied, nonsense',
    'denied, nonsense',
    'rejected by the broker: MAX_AUTO_SIZE_EXCEEDED',
    'denied, preset',
    'denied, nonsense',
  ])
  expect(summary).toMatchObject({ trades: 0, openAtEnd: 0 })
})
