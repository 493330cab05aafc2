import { describe, expect, it } from 'vitest'
import type { CandleEvent, ChartTickEvent, LiveCandle } from '../chart.ts'
import { epic } from '../ids.ts'
import { playedStream, turnEnds } from '../testing/played-stream.ts'

// Transcripts: TLCP specification, and IG Labs, Streaming API reference, "CHART".

const EPIC = epic('IX.D.DAX.IFD.IP')
const DAX = { epic: EPIC, decimals: 1, state: 'tradeable' } as const
const TEN = Date.UTC(2026, 0, 5, 10)

describe('chart ticks', () => {
  function started() {
    const played = playedStream()
    const events: ChartTickEvent[] = []
    const subscription = played.stream.chartTicks(DAX, event => void events.push(event))
    return { ...played, events, subscription }
  }

  it('each row is one, also when little of it changed', async () => {
    const run = started()
    await run.connect()
    expect(run.asked()).toEqual(['CHART:IX.D.DAX.IFD.IP:TICK DISTINCT'])
    run.say('SUBOK,1,1,11', 'U,1,1,18000.5|18001.5|#|#|0|1767607200000|17950|18020|17940|51|0.28')
    run.say('U,1,1,^5|1767607200100|^5')
    run.say('U,1,1,18000.75|^4|1767607200200|^5')
    const ticks = run.events.map(event => (event.kind === 'tick' ? event.tick : null))
    expect(ticks).toMatchObject([
      { epic: EPIC, decimals: 1, bidUnits: 180_005, offerUnits: 180_015, lastTradedUnits: null, volume: 0 },
      { bidUnits: 180_005, brokerTimeMs: 1_767_607_200_100, isSnapshot: false },
      { decimals: 2, bidUnits: 1_800_075, offerUnits: 1_800_150 },
    ])
    expect(ticks[2]?.bid?.toFixed()).toBe('18000.75')
    expect(ticks[0]?.day.midOpen?.toFixed()).toBe('17950')
    expect(ticks[0]?.day.netChange?.toFixed()).toBe('51')
  })

  it('says where some are missing, and how many where the server told', async () => {
    const run = started()
    await run.connect('S1')
    run.say('SUBOK,1,1,11', 'OV,1,1,7', 'END,48,enough')
    expect(run.events).toMatchObject([
      { kind: 'gap', gap: { kind: 'interrupted', missed: 7 } },
      { kind: 'gap', gap: { kind: 'lost', missed: null } },
    ])
  })

  it('gives who comes after a gap nothing of before it', async () => {
    const run = started()
    await run.connect('S1')
    run.say('SUBOK,1,1,11', 'U,1,1,18000.5|18001.5|18001|5|9|1767607200000|17950|18020|17940|51|0.28', 'OV,1,1,7')
    const late: ChartTickEvent[] = []
    run.stream.chartTicks(EPIC, event => void late.push(event))
    await turnEnds()
    expect(late).toEqual([])
  })

  it('gives who comes late the last one, as a snapshot', async () => {
    const run = started()
    await run.connect()
    run.say('SUBOK,1,1,11', 'U,1,1,18000.5|18001.5|18001|5|9|1767607200000|17950|18020|17940|51|0.28')
    const late: ChartTickEvent[] = []
    run.stream.chartTicks(EPIC, event => void late.push(event))
    await turnEnds()
    expect(late).toMatchObject([{ kind: 'tick', tick: { lastTradedUnits: 180_010, volume: 9, isSnapshot: true } }])
  })
})

describe('candles', () => {
  /** A row: bid open, high, low, close, then when, and whether it is the last of its bar. */
  const row = (prices: string, time: number, end: 0 | 1, ticks: number) =>
    `U,1,1,${prices}|${prices}|#|#|#|#|17950|18020|17940|51|0.28|5|9|${time}|${end}|${ticks}`

  function started(scale: 'second' | 'minute' | 'minute-5' | 'hour' = 'minute') {
    const played = playedStream()
    const events: CandleEvent[] = []
    played.stream.candles(DAX, scale, event => void events.push(event))
    return { ...played, events, bars: () => events.flatMap(event => (event.kind === 'candle' ? [event.candle] : [])) }
  }
  const shown = ({ startMs, completion, bidUnits }: LiveCandle) => [
    startMs === null ? null : (startMs - TEN) / 60_000,
    completion,
    bidUnits.close,
  ]

  it.each([
    ['second', 'SECOND'],
    ['minute', '1MINUTE'],
    ['minute-5', '5MINUTE'],
    ['hour', 'HOUR'],
  ] as const)('of the scale %s are the item %s, unfiltered', async (scale, word) => {
    const run = started(scale)
    await run.connect()
    expect(run.asked()).toEqual([`CHART:IX.D.DAX.IFD.IP:${word} MERGE unfiltered`])
  })

  it('refuse another scale', () => {
    const { stream } = playedStream()
    expect(() => stream.candles(DAX, 'day' as 'hour')).toThrow('expected one of the scales second, minute')
  })

  it('form until IG says that they are complete', async () => {
    const run = started()
    await run.connect()
    run.say('SUBOK,1,1,22', row('18000|18002|17999|18001', TEN + 5_000, 0, 4))
    run.say(row('18000|18003|17999|18003', TEN + 30_000, 0, 9), row('18000|18003|17999|18002.5', TEN + 59_000, 1, 12))
    run.say(row('18003|18003|18003|18003', TEN + 61_000, 0, 1))
    expect(run.bars().map(shown)).toEqual([
      [0, 'forming', 180_010],
      [0, 'forming', 180_030],
      [0, 'told', 180_025],
      [1, 'forming', 180_030],
    ])
    const [first, , third] = run.bars()
    expect(first).toMatchObject({ scale: 'minute', isSnapshot: true, isComplete: false, ticks: 4, volume: 9 })
    expect(third).toMatchObject({ isSnapshot: false, isComplete: true, ticks: 12, lastTradedVolume: 5 })
    expect([third?.open, third?.high, third?.low, third?.close].map(price => price?.offer?.toFixed())).toEqual([
      '18000',
      '18003',
      '17999',
      '18002.5',
    ])
    expect(third?.close.lastTraded).toBeNull()
    expect(third?.day.high?.toFixed()).toBe('18020')
  })

  it('the last word on one may come with the first time after it', async () => {
    const run = started()
    await run.connect()
    run.say('SUBOK,1,1,22', row('18000|18002|17999|18001', TEN + 50_000, 0, 4))
    run.say(`U,1,1,^19|${TEN + 60_028}|1|5`, row('18001|18001|18001|18001', TEN + 61_000, 0, 1))
    expect(run.bars().map(shown)).toEqual([
      [0, 'forming', 180_010],
      [0, 'told', 180_010],
      [1, 'forming', 180_010],
    ])
  })

  it('one whose last word was lost is over when the next begins', async () => {
    const run = started()
    await run.connect()
    run.say('SUBOK,1,1,22', row('18000|18002|17999|18001', TEN + 50_000, 0, 4))
    run.say(row('18005|18005|18005|18005', TEN + 63_000, 0, 1), row('18007|18007|18007|18007', TEN + 185_000, 1, 1))
    expect(run.bars().map(shown)).toEqual([
      [0, 'forming', 180_010],
      [0, 'passed', 180_010],
      [1, 'forming', 180_050],
      [1, 'passed', 180_050],
      [3, 'told', 180_070],
    ])
  })

  it('the row of nulls when a market closes takes nothing of one away', async () => {
    const run = started()
    await run.connect()
    run.say('SUBOK,1,1,22', row('18000|18002|17999|18001', TEN + 50_000, 0, 4))
    run.say(`U,1,1,${Array(22).fill('#').join('|')}`)
    expect(run.bars().map(shown)).toEqual([[0, 'forming', 180_010]])
    const late: CandleEvent[] = []
    run.stream.candles(DAX, 'minute', event => void late.push(event))
    await turnEnds()
    expect(late).toMatchObject([{ candle: { isSnapshot: true, bidUnits: { close: 180_010 } } }])
    run.say(row('18005|18006|18005|18006', TEN + 3_600_000, 0, 2))
    expect(run.bars().map(shown).slice(1)).toEqual([
      [0, 'passed', 180_010],
      [60, 'forming', 180_060],
    ])
  })

  it('of a second are often told complete with their only row', async () => {
    const run = started('second')
    await run.connect()
    run.say(
      'SUBOK,1,1,22',
      row('18000|18000|18000|18000', TEN, 1, 1),
      row('18001|18001|18001|18001', TEN + 1_000, 1, 1),
    )
    expect(run.bars().map(({ startMs, completion }) => [startMs, completion])).toEqual([
      [TEN, 'told'],
      [TEN + 1_000, 'told'],
    ])
  })

  it('a price with more decimals widens all of the bar', async () => {
    const run = started()
    await run.connect()
    run.say('SUBOK,1,1,22', row('18000|18002|17999|18001.25', TEN, 0, 4))
    expect(run.bars()[0]).toMatchObject({
      decimals: 2,
      bidUnits: { open: 1_800_000, high: 1_800_200, low: 1_799_900, close: 1_800_125 },
      offerUnits: { open: 1_800_000, close: 1_800_125 },
    })
  })

  it('are asked for filtered where the server does not give them otherwise', async () => {
    const run = started()
    await run.connect()
    run.asked()
    run.say('REQERR,1,27,unfiltered dispatching is not possible')
    expect(run.asked()).toEqual(['CHART:IX.D.DAX.IFD.IP:1MINUTE MERGE'])
    run.say('SUBOK,2,1,22', row('18000|18002|17999|18001', TEN, 0, 4).replace('U,1', 'U,2'))
    expect(run.events.map(({ kind }) => kind)).toEqual(['candle'])
  })

  it('a lost session leaves a gap, and the bar begins anew', async () => {
    const run = started()
    await run.connect('S1')
    run.say('SUBOK,1,1,22', row('18000|18002|17999|18001', TEN, 0, 4), 'END,48,enough')
    const late: CandleEvent[] = []
    run.stream.candles(DAX, 'minute', event => void late.push(event))
    await turnEnds()
    expect(late).toEqual([])
    await run.connect('S2')
    run.say('SUBOK,1,1,22', row('18000|18009|17999|18001', TEN + 50_000, 0, 40))
    expect(run.events.map(({ kind }) => kind)).toEqual(['candle', 'gap', 'candle'])
    expect(run.bars()[1]).toMatchObject({ isSnapshot: true, ticks: 40 })
  })
})
