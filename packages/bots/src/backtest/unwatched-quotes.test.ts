import { markets, seededRandom, type TapeInput } from '@scalpdesk/mock-broker/engine'
import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { buy, close, sell } from '../strategy/bot-intent.ts'
import { defineStrategy } from '../strategy/strategy.ts'
import { madeTicks } from '../testing/made-ticks.ts'
import type { TickFeed } from '../ticks/tick-feed.ts'
import { backtest } from './backtest.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'

/** Does what its dice say, and writes down what it hears. */
const gambler = defineStrategy({
  name: 'gambler',
  state: (): { heard: string[] } => ({ heard: [] }),
  onDeal({ state, profit }, deal) {
    state.heard.push(JSON.stringify([deal, profit.openCents, profit.bookedCents]))
  },
  decide({ random, position, positions, isBusy, tick }) {
    const roll = random.next()
    if (isBusy || roll > 0.04) return null
    if (position && roll < 0.012) return close(position.dealId)
    if (positions.length > 2) return null
    if (roll < 0.016)
      return {
        kind: 'place-buy',
        order: 'limit',
        level: ((tick.bidUnits - 60) / 1e5).toFixed(5),
        size: 1,
        stopPoints: 6,
      }
    const legs = {
      stop: [5, { points: 8, stepPoints: 2 }, null][Math.floor(random.next() * 3)] ?? null,
      limitPoints: 9,
    }
    return (roll < 0.03 ? buy : sell)(1, legs)
  },
})

function ticks(seed: number): readonly (readonly [number, number, number])[] {
  const random = seededRandom(seed)
  let [afterMs, bid] = [0, 108_416]
  return Array.from({ length: 2_000 }, () => {
    afterMs += Math.floor(random.next() * 800)
    bid += Math.round((random.next() - 0.5) * 26)
    return [afterMs, bid, bid + 4 + Math.floor(random.next() * 6) - (random.next() < 0.01 ? 12 : 0)] as const
  })
}

/** The same ticks, each after an input that makes the engine look at it; and a second market, so that the desk is told of each. */
function watched(feed: TickFeed): TickFeed {
  const gbpusd = markets.find(({ epic }) => epic === 'CS.D.GBPUSD.CFD.IP')!
  return {
    ...feed,
    markets: [...feed.markets, gbpusd],
    async read() {
      const batch = await feed.read()
      if (batch?.kind !== 'columns') return batch
      const inputs = Array.from({ length: batch.count }, (_, at): readonly TapeInput[] => {
        const atMs = batch.atMs[at]!
        return [
          { kind: 'market-state', atMs, epic: EURUSD, state: 'TRADEABLE' },
          { kind: 'tick', epic: EURUSD, atMs, bidUnits: batch.bidUnits[at]!, offerUnits: batch.offerUnits[at]! },
        ]
      })
      return { kind: 'inputs', inputs: inputs.flat() }
    },
  }
}

it('gives the same run to the byte whether every quote is looked at or only those at which something can happen', async () => {
  const denied = new Set<string>()
  let deals = 0
  for (let seed = 1; seed <= 12; seed++) {
    const limits = { maxDayLoss: [null, new Decimal(60), new Decimal(250)][seed % 3] ?? null }
    const play = async (feed: TickFeed): Promise<string> => {
      const cash = new Decimal(seed % 4 === 0 ? 4_200 : 50_000)
      const run = await backtest({ strategy: gambler, feed, seed, cash, limits, latencyMs: seed % 2 === 0 ? 250 : 0 })
      for (const code of run.counts.denied.keys()) denied.add(code)
      deals += run.counts.opened
      const { engine, account, counts, state, end, ticks: seen, crossed, fromMs, toMs } = run
      const history = [
        engine.history.activities(account),
        engine.history.transactions(account),
        engine.account(account),
      ]
      // Not what was wanted in all: the end flattens each market.
      const told = [
        history,
        { ...counts, wanted: null, denied: [...counts.denied], rejected: [...counts.rejected] },
        state,
        end,
      ]
      return JSON.stringify([...told, seen, crossed, fromMs, toMs])
    }
    expect(await play(madeTicks(ticks(seed)))).toBe(await play(watched(madeTicks(ticks(seed)))))
  }
  expect(denied).toContain('day-locked')
  expect(deals).toBeGreaterThan(200)
})
