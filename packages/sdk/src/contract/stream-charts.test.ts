import { describe, expect, it } from 'vitest'
import type { CandleEvent, CandleScale, ChartTickEvent, LiveCandle } from '../chart.ts'
import { type Contract, EURUSD, START_MS, startContract } from '../testing/contract-broker.ts'

const market = { epic: EURUSD, decimals: 5, state: 'tradeable' } as const

describe('ticks of a chart', () => {
  async function started(contract: Contract) {
    const events: ChartTickEvent[] = []
    contract.ig.stream.chartTicks(market, event => events.push(event))
    const ticks = () => events.flatMap(event => (event.kind === 'tick' ? [event.tick] : []))
    // The subscription is there when its first tick is.
    await contract.comes('a tick', () => {
      contract.broker.injectTick(EURUSD, '1.08417', '1.08423')
      return ticks().length > 0
    })
    return { events, ticks }
  }

  it('every one comes, in order, with the time of the broker and the figures of the day', async () => {
    await using contract = await startContract()
    const { broker } = contract
    const { events, ticks } = await started(contract)
    for (const last of [1, 2, 3, 4]) broker.injectTick(EURUSD, `1.0842${last}`, `1.0842${last + 4}`)
    await contract.comes('the others', () => ticks().at(-1)?.bidUnits === 108_424)
    expect(
      ticks()
        .slice(-4)
        .map(tick => [tick.bidUnits, tick.offerUnits]),
    ).toEqual([
      [108_421, 108_425],
      [108_422, 108_426],
      [108_423, 108_427],
      [108_424, 108_428],
    ])
    const last = ticks().at(-1)
    expect(last).toMatchObject({ epic: EURUSD, decimals: 5, lastTradedUnits: null, volume: null })
    expect(last?.brokerTimeMs).toBeGreaterThanOrEqual(START_MS)
    expect(last?.day.high?.toFixed()).toMatch(/^1\.\d+$/)
    expect(events.every(event => event.kind === 'tick')).toBe(true)
  })

  it('a lost connection that is recovered costs none of them', async () => {
    await using contract = await startContract()
    const { broker } = contract
    const { events, ticks } = await started(contract)
    broker.faults.dropStream()
    for (let last = 10; last < 60; last++) broker.injectTick(EURUSD, `1.084${last}`, `1.084${last + 6}`)
    await contract.comes('the last one', () => ticks().at(-1)?.bidUnits === 108_459)
    const bids = ticks().map(tick => tick.bidUnits)
    expect(bids.slice(bids.indexOf(108_410))).toEqual(Array.from({ length: 50 }, (_, index) => 108_410 + index))
    expect(events.filter(event => event.kind === 'gap')).toEqual([])
  })

  it('what a lost session took away is a gap', async () => {
    await using contract = await startContract()
    const { broker } = contract
    const { events, ticks } = await started(contract)
    broker.faults.dropStream()
    broker.injectTick(EURUSD, '1.08499', '1.08505')
    broker.faults.forgetStream()
    await contract.comes('the gap', () => events.at(-1)?.kind === 'gap')
    expect(events.at(-1)).toMatchObject({ gap: { kind: 'lost' } })
    await contract.comes('a tick after it', () => {
      broker.injectTick(EURUSD, '1.08501', '1.08507')
      return ticks().at(-1)?.bidUnits === 108_501
    })
    expect(ticks().map(tick => tick.bidUnits)).not.toContain(108_499)
  })
})

const SCALES: readonly (readonly [CandleScale, number])[] = [
  ['second', 1_000],
  ['minute', 60_000],
  ['minute-5', 300_000],
  ['hour', 3_600_000],
]

describe.each(SCALES)('bars of the scale %s', (scale, lengthMs) => {
  it('one forms, is told complete, and is followed by the next', async () => {
    await using contract = await startContract()
    const { broker } = contract
    const events: CandleEvent[] = []
    const bars = (): readonly LiveCandle[] => events.flatMap(event => (event.kind === 'candle' ? [event.candle] : []))
    contract.ig.stream.candles(market, scale, event => events.push(event))
    await contract.comes('the state at the subscription', () => bars().length > 0)
    expect(bars()[0]).toMatchObject({ epic: EURUSD, scale, isSnapshot: true, completion: 'forming' })

    // From here on the bar is of this test alone: the one before began before it.
    const startMs = Math.floor(START_MS / lengthMs) * lengthMs + lengthMs
    broker.setClock(startMs)
    for (const [bid, offer] of [
      ['1.08430', '1.08436'],
      ['1.08450', '1.08456'],
      ['1.08440', '1.08446'],
    ] as const) {
      broker.injectTick(EURUSD, bid, offer)
    }
    const formed = await contract.comes('what it has grown to', () =>
      bars().find(bar => bar.startMs === startMs && bar.bidUnits.close === 108_440),
    )
    expect(formed).toMatchObject({
      completion: 'forming',
      isComplete: false,
      isSnapshot: false,
      bidUnits: { open: 108_430, high: 108_450, low: 108_430, close: 108_440 },
      offerUnits: { open: 108_436, high: 108_456, low: 108_436, close: 108_446 },
      lastTradedUnits: { open: null, high: null, low: null, close: null },
      ticks: 3,
    })

    broker.setClock(startMs + lengthMs + 28)
    broker.injectTick(EURUSD, '1.08410', '1.08416')
    const next = await contract.comes('the next', () => bars().find(bar => bar.bidUnits.close === 108_410))
    expect(next).toMatchObject({ startMs: startMs + lengthMs, completion: 'forming', bidUnits: { open: 108_410 } })
    const told = bars().filter(bar => bar.startMs === startMs && bar.isComplete)
    expect(told).toMatchObject([{ completion: 'told', bidUnits: { open: 108_430, high: 108_450, close: 108_440 } }])
    expect(told[0]?.close.offer?.toFixed()).toBe('1.08446')
    expect(events.every(event => event.kind === 'candle')).toBe(true)
  })
})

it('after a gap bars begin anew, and what was forming before it is not told as if it were complete', async () => {
  await using contract = await startContract()
  const { broker } = contract
  const events: CandleEvent[] = []
  contract.ig.stream.candles(market, 'minute', event => events.push(event))
  await contract.comes('the first', () => events.length > 0)
  broker.faults.dropStream()
  broker.injectTick(EURUSD, '1.08450', '1.08456')
  broker.setClock(START_MS + 60_000)
  broker.injectTick(EURUSD, '1.08410', '1.08416')
  broker.faults.forgetStream()
  await contract.comes('a bar after the gap', () => events.length >= 3)
  expect(events).toMatchObject([
    { kind: 'candle', candle: { completion: 'forming' } },
    { kind: 'gap', gap: { kind: 'lost' } },
    { kind: 'candle', candle: { completion: 'forming', isSnapshot: true, bidUnits: { close: 108_410 } } },
  ])
})
