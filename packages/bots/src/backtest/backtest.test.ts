import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { htmlText } from '@scalpdesk/reports'
import { Decimal } from '@scalpdesk/sdk'
import { describe, expect, it } from 'vitest'
import { type BotDeal, type BotIntent, buy, close, defineStrategy, integer, sell, type View } from '../index.ts'
import { madeTicks } from '../testing/made-ticks.ts'
import { openTicks } from '../ticks/tape-feed.ts'
import { backtest } from './backtest.ts'
import { backtestReport } from './backtest-report.ts'
import { summaryOf } from './summary.ts'

/** Does what it is told at the n-th tick, and remembers what it hears. */
function scripted(steps: Readonly<Record<number, (view: View) => BotIntent | readonly BotIntent[]>>) {
  const heard: BotDeal[] = []
  let seen = 0
  const strategy = defineStrategy({
    name: 'scripted',
    decide: view => steps[++seen]?.(view),
    onDeal(_view, deal) {
      heard.push(deal)
      return null
    },
  })
  return { strategy, heard }
}

/** For what is looked at, and wants nothing. */
const nothing = (_looked: unknown): null => null

describe('fills', () => {
  it('deals at the quote of the tick that was decided on, at the offer to buy and at the bid to sell', async () => {
    const { strategy, heard } = scripted({ 2: () => buy(2), 4: ({ position }) => close(position!.dealId) })
    const run = await backtest({
      strategy,
      feed: madeTicks([
        [0, 108410, 108416],
        [100, 108420, 108426],
        [200, 108430, 108436],
        [300, 108450, 108456],
        [400, 108440, 108446],
      ]),
    })
    expect(heard).toMatchObject([
      { kind: 'opened', direction: 'BUY', levelUnits: 108426, size: new Decimal(2) },
      { kind: 'closed', direction: 'BUY', levelUnits: 108450, cause: 'order', isWhole: true },
    ])
    // 24 units of 0.00001 on 2 contracts of 100,000 USD: 48 USD, in euros at the engine's rate.
    expect(summaryOf(run)).toMatchObject({
      trades: 1,
      won: 1,
      lost: 0,
      netCents: heard[1]?.kind === 'closed' ? heard[1].profitCents : 0,
    })
    expect(run.counts.bookedCents).toBe(run.engine.account().cash.minus(10_000).times(100).toNumber())
  })

  it('deals at the price in force when the order arrives after its latency, and tells the strategy after the same again', async () => {
    const busy: boolean[] = []
    const { strategy, heard } = scripted({ 1: () => buy(1) })
    const watching = { ...strategy, onTick: (view: View) => nothing(busy.push(view.isBusy)) }
    await backtest({
      strategy: watching,
      latencyMs: 150,
      feed: madeTicks([
        [0, 108410, 108416],
        [100, 108420, 108426],
        [200, 108430, 108436],
        [299, 108440, 108446],
        [300, 108450, 108456],
        [400, 108450, 108456],
      ]),
    })
    expect(heard).toMatchObject([{ kind: 'opened', levelUnits: 108426, atMs: START_MS + 150 }])
    expect(busy).toEqual([false, true, true, true, false, false])
  })

  it('fills a stop at the traded price behind a gap, before the strategy sees that tick', async () => {
    const held: (number | null)[] = []
    const { strategy, heard } = scripted({ 1: () => buy(1, { stop: 10 }) })
    await backtest({
      strategy: { ...strategy, onTick: (view: View) => nothing(held.push(view.position?.stopUnits ?? null)) ?? null },
      feed: madeTicks([
        [0, 108410, 108416],
        [100, 108400, 108406],
        [200, 108250, 108256],
      ]),
    })
    expect(held).toEqual([null, 108316, null])
    expect(heard.at(-1)).toMatchObject({ kind: 'closed', cause: 'stop', levelUnits: 108250 })
  })

  it('shows no crossed quote to anybody', async () => {
    const bids: number[] = []
    const run = await backtest({
      strategy: defineStrategy({ name: 'watch', decide: ({ tick }) => nothing(bids.push(tick.bid)) }),
      feed: madeTicks([
        [0, 108410, 108416],
        [1, 108420, 108416],
        [2, 108411, 108411],
      ]),
    })
    expect(bids).toEqual([1.0841, 1.08411])
    expect(run).toMatchObject({ ticks: 2, crossed: 1 })
  })

  it('charges the night at 22:00 UTC', async () => {
    const { strategy } = scripted({ 1: () => buy(1) })
    const DAY_MS = 86_400_000
    const run = await backtest({
      strategy,
      feed: madeTicks([
        [0, 108410, 108416],
        [DAY_MS, 108410, 108416],
      ]),
    })
    const rows = run.engine.history.transactions(run.account)
    expect(rows.filter(({ type }) => type === 'WITH')).toHaveLength(1)
  })
})

describe('the guard', () => {
  it.each([
    [{ maxOpenPositions: 1 }, [buy(1), buy(2)], 'positions'],
    [
      { everyMarket: { maxOrderSize: new Decimal(1), maxHeldSize: null, maxSpreadPoints: null } },
      [buy(2)],
      'order-size',
    ],
    [
      { everyMarket: { maxOrderSize: null, maxHeldSize: null, maxSpreadPoints: new Decimal('0.5') } },
      [buy(1)],
      'spread',
    ],
    [{ maxEntriesPerMinute: 1 }, [buy(1), sell(2)], 'pace'],
    [{}, [buy(1), buy(1)], 'duplicate'],
    [{}, [buy(Number.NaN)], 'nonsense'],
    [{}, [buy(-1)], 'nonsense'],
    [{}, [buy('0.001')], 'preset'],
    [{}, [buy(1, { stop: '0.1' })], 'preset'],
  ] as const)('denies as the desk does: %#', async (limits, wanted, code) => {
    const { strategy, heard } = scripted({ 1: () => wanted })
    const run = await backtest({
      strategy,
      limits,
      feed: madeTicks([
        [0, 108410, 108416],
        [50, 108410, 108416],
      ]),
    })
    expect([...run.counts.denied]).toEqual([[code, 1]])
    expect(heard.filter(({ kind }) => kind === 'denied')).toMatchObject([{ code }])
    expect(run.openAtEnd).toBe(0)
  })

  it('locks the day by a loss that only a tick in between showed', async () => {
    const { strategy } = scripted({ 1: () => buy(1), 5: () => buy(2) })
    const run = await backtest({
      strategy,
      limits: { maxDayLoss: new Decimal(50) },
      feed: madeTicks([
        [0, 108410, 108416],
        [1000, 108340, 108346],
        [2000, 108410, 108416],
        [3000, 108410, 108416],
        [4000, 108410, 108416],
      ]),
    })
    expect([...run.counts.denied.keys()]).toEqual(['day-locked'])
  })
})

describe('the end', () => {
  it.each([
    ['flatten', 0],
    ['leave-with-stops', 1],
  ] as const)('applies the exit policy %s', async (exitPolicy, left) => {
    const { strategy } = scripted({ 1: () => buy(1, { stop: 20 }), 2: () => buy(2) })
    const run = await backtest({
      strategy: { ...strategy, exitPolicy },
      feed: madeTicks([
        [0, 108410, 108416],
        [1000, 108410, 108416],
        [2000, 108410, 108416],
      ]),
    })
    expect(run.openAtEnd).toBe(left)
  })

  it.each([
    [
      'throws',
      () => {
        throw new TypeError('no such thing')
      },
      'strategy bad: decide failed: TypeError: no such thing (backtest.test.ts:',
    ],
    [
      'gives a promise',
      async () => buy(1),
      'expected an intent, a list of them or nothing, but decide gave a promise; make it a function that is not async',
    ],
    ['gives nonsense', () => 7, 'but decide gave 7; give buy(…), sell(…), flatten() or null'],
    [
      'floods',
      () => Array.from({ length: 21 }, () => buy(1)),
      'expected at most 20 intents at once, but decide gave 21',
    ],
    ['floods slowly', () => [buy(1), buy(2), buy(3)], 'expected at most 50 intents in a second, but bad gave more'],
    [
      'asks for candles that it did not name',
      ({ candles }: View) => nothing(candles('1m')),
      'but got "1m"; add it to candles',
    ],
  ])('ends flat with one clear sentence when the strategy %s', async (_what, decide, sentence) => {
    let seen = 0
    const good = { name: 'bad', decide: () => null }
    const strategy = defineStrategy(good)
    const run = await backtest({
      strategy: { ...strategy, decide: view => (++seen === 1 ? buy(1) : Reflect.apply(decide, null, [view])) },
      feed: madeTicks(Array.from({ length: 60 }, (_, index) => [index, 108410 + index, 108416 + index] as const)),
    })
    expect(run.end.kind).toBe('failed')
    expect(run.end.why).toContain(sentence)
    expect(run.openAtEnd).toBe(0)
  })
})

it('plays the same run to the byte for a seed, and another for another', async () => {
  const strategy = defineStrategy({
    name: 'dice',
    parameters: { every: integer({ default: 7, min: 1, max: 100 }) },
    state: () => ({ seen: 0 }),
    decide({ state, random, position, parameters, isBusy }) {
      if (++state.seen % parameters.every > 0 || isBusy) return null
      if (position) return close(position.dealId)
      return random.next() < 0.5 ? buy(1, { stop: 30 }) : sell(1, { stop: 30 })
    },
  })
  const play = async (seed: number) => {
    const conditions = { slippageChance: 0.3, requoteChance: 0.1, partialFillChance: 0.1, mostSlippagePoints: 3 }
    const ticks = Array.from({ length: 2_000 }, (_, index) => {
      const bid = 108_410 + Math.round(40 * Math.sin(index / 50))
      return [index * 400, bid, bid + 6] as const
    })
    const run = await backtest({ strategy, seed, conditions, latencyMs: 20, feed: madeTicks(ticks) })
    return { run, page: htmlText(backtestReport(run, 'dice')) }
  }
  const [first, again, other] = [await play(1), await play(1), await play(2)]
  expect(first.run.counts.opened).toBeGreaterThan(30)
  expect(first.page).toBe(again.page)
  expect(first.page).not.toBe(other.page)
  const report = backtestReport(first.run, 'dice')
  expect(report.findings.filter(({ severity }) => severity === 'red')).toEqual([])
  expect(report.statistics.all.net.times(100).toNumber()).toBe(summaryOf(first.run).netCents)
})

const REAL = fileURLToPath(new URL('../../../../../shared/ticks/lean-fxcm-eurusd-20140502.csv.gz', import.meta.url))

it.runIf(existsSync(REAL))('trades through a news gap of real ticks', async () => {
  const feed = await openTicks([`CS.D.EURUSD.CFD.IP=${REAL}`], { from: '12:29' })
  const { strategy, heard } = scripted({ 1: () => buy(1, { stop: 10 }) })
  const run = await backtest({ strategy, feed, untilMs: Date.UTC(2014, 4, 2, 12, 31) })
  await feed.close()
  expect(run.crossed).toBeGreaterThan(0)
  const [opened, closed] = heard
  if (opened?.kind !== 'opened' || closed?.kind !== 'closed')
    throw new Error('expected a position that its stop closed')
  expect(closed.cause).toBe('stop')
  // Payrolls: the next quote was some thirty pips lower.
  expect(opened.levelUnits - closed.levelUnits).toBeGreaterThan(250)
})

const START_MS = Date.UTC(2026, 0, 5, 12)
