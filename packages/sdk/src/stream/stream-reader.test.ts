import { describe, expect, it } from 'vitest'
import { epic } from '../ids.ts'
import { playedStream } from '../testing/played-stream.ts'

const EPIC = epic('CS.D.EURUSD.CFD.IP')
const OTHER = epic('CS.D.GBPUSD.CFD.IP')
const EURUSD = { epic: EPIC, decimals: 5, state: 'offline' } as const

async function take<Value>(reader: AsyncIterator<Value, undefined>, count: number): Promise<readonly Value[]> {
  const values: Value[] = []
  for (let taken = 0; taken < count; taken++) {
    const { done, value } = await reader.next()
    if (done) break
    values.push(value)
  }
  return values
}

describe('prices read with for await', () => {
  it('who is slow gets the newest of each market, and how many were skipped', async () => {
    const run = playedStream()
    const quotes = run.stream.prices([EPIC, OTHER])
    await run.connect()
    run.say('SUBOK,1,1,5', 'SUBOK,2,1,5', 'U,1,1,1.085|1.086|1|DEAL|0', 'U,2,1,1.285|1.286|1|DEAL|0')
    run.say('U,1,1,1.087|^4', 'U,1,1,1.088|^4')
    const seen = await take(quotes, 2)
    expect(seen.map(quote => [quote.epic, quote.bid?.toFixed()])).toEqual([
      [EPIC, '1.088'],
      [OTHER, '1.285'],
    ])
    expect([quotes.skipped, quotes.dropped]).toEqual([2, 0])
  })

  it('who waits gets each', async () => {
    const run = playedStream()
    const quotes = run.stream.prices([EURUSD])
    await run.connect()
    const next = quotes.next()
    run.say('SUBOK,1,1,5', 'U,1,1,1.085|1.086|1|DEAL|0')
    expect((await next).value).toMatchObject({ bidUnits: 108_500, isSnapshot: true })
  })

  it('leaving the loop closes the subscription', async () => {
    const run = playedStream()
    const quotes = run.stream.prices([EURUSD])
    await run.connect()
    run.asked()
    run.say('SUBOK,1,1,5', 'U,1,1,1.085|1.086|1|DEAL|0')
    for await (const quote of quotes) {
      expect(quote.bidUnits).toBe(108_500)
      break
    }
    expect(run.asked()).toEqual(['delete 1'])
    expect(await quotes.next()).toEqual({ done: true, value: undefined })
  })

  it('`await using` closes it, too', async () => {
    const run = playedStream()
    {
      await using quotes = run.stream.prices([EURUSD])
      expect(quotes.skipped).toBe(0)
    }
    expect(run.stream.usage.open).toBe(0)
  })

  it('ends when the connection is closed, after what is here was read', async () => {
    const run = playedStream()
    const quotes = run.stream.prices([EURUSD])
    await run.connect()
    run.say('SUBOK,1,1,5', 'U,1,1,1.085|1.086|1|DEAL|0')
    const closed = run.stream.close()
    run.drop()
    await closed
    expect(await take(quotes, 5)).toHaveLength(1)
    expect(await take(run.stream.prices([EURUSD]), 5)).toEqual([])
  })
})

describe('events read with for await', () => {
  const order = (id: string) => JSON.stringify({ dealId: id, epic: EPIC, status: 'OPEN' })

  it('wait for their reader, and the oldest go when there are too many, which is told in their place', async () => {
    const run = playedStream()
    const trades = run.stream.trades({ queue: 3 })
    await run.connect()
    run.say('SUBOK,1,1,3', ...['DI1', 'DI2', 'DI3', 'DI4'].map(id => `U,1,1,#|#|${order(id)}`))
    const seen = await take(trades, 4)
    expect(seen[0]).toMatchObject({ kind: 'unreadable', error: { message: expect.stringContaining('2 dropped') } })
    expect(seen.slice(1).map(event => (event.kind === 'working-order' ? event.update.dealId : event.kind))).toEqual([
      'DI2',
      'DI3',
      'DI4',
    ])
    expect([trades.skipped, trades.dropped]).toEqual([0, 2])
  })

  it('ticks are dropped with a gap', async () => {
    const run = playedStream()
    const ticks = run.stream.chartTicks(EURUSD, { queue: 1 })
    await run.connect()
    const row = (bid: string) => `U,1,1,${bid}|1.09|#|#|#|1|#|#|#|#|#`
    run.say('SUBOK,1,1,11', row('1.081'), row('1.082'), row('1.083'))
    expect(await take(ticks, 2)).toMatchObject([
      { kind: 'gap', gap: { kind: 'slow-reader', missed: 2 } },
      { kind: 'tick', tick: { bidUnits: 108_300 } },
    ])
  })

  it('a bar gives way to its own newer state, and never to the next bar', async () => {
    const run = playedStream()
    const candles = run.stream.candles(EURUSD, 'minute')
    await run.connect()
    const prices = (close: string) => `1.08|1.09|1.07|${close}`
    const row = (close: string, time: number, end: 0 | 1) =>
      `U,1,1,${prices(close)}|${prices(close)}|#|#|#|#|#|#|#|#|#|#|#|${time}|${end}|1`
    run.say('SUBOK,1,1,22', row('1.081', 60_000, 0), row('1.082', 61_000, 0), row('1.083', 119_000, 1))
    run.say(row('1.084', 120_000, 0), row('1.085', 121_000, 0))
    const seen = await take(candles, 2)
    expect(seen).toMatchObject([
      { candle: { startMs: 60_000, completion: 'told', bidUnits: { close: 108_300 } } },
      { candle: { startMs: 120_000, completion: 'forming', bidUnits: { close: 108_500 } } },
    ])
    expect(candles.skipped).toBe(3)
  })

  it.each([0, -1, 1.5, Number.NaN])('a queue of %d is refused', queue => {
    const { stream } = playedStream()
    expect(() => stream.trades({ queue })).toThrow('expected a queue of at least one event')
  })

  it('account and heartbeat are read the same way', async () => {
    const run = playedStream()
    const figures = run.stream.account()
    const beats = run.stream.heartbeat()
    await run.connect()
    run.say('SUBOK,1,1,12', 'SUBOK,2,1,1', 'U,1,1,1|1|1|1|1|1|1|1|1|1|1|1', 'U,1,1,2|^11', 'U,2,1,1000', 'U,2,1,2000')
    expect(((await figures.next()).value?.profitLoss ?? '').toString()).toBe('2')
    expect((await beats.next()).value).toMatchObject({ brokerTimeMs: 2_000 })
    expect([figures.skipped, beats.skipped]).toEqual([1, 1])
  })
})
