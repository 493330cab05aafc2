import { type DeskState, initialState } from '@scalpdesk/desk'
import { createQuote, epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { backtest } from '../backtest/backtest.ts'
import { CandleMaker } from '../candles/candle-maker.ts'
import type { PastBar } from '../candles/past-bar.ts'
import { buy, defineStrategy, say, type View } from '../index.ts'
import { madeTicks } from '../testing/made-ticks.ts'
import { BOT_LIMITS } from './bot-limits.ts'
import type { BotLine } from './bot-line.ts'
import { startBots } from './bots.ts'
import type { PastAnswer, PastAsk } from './past-prices.ts'
import { seatHere } from './seat.ts'
import type { SeatNews } from './seat-news.ts'

// Candles and their indicators begin with the broker's history, and go on from where the stream tore.

const EURUSD = epic('CS.D.EURUSD.CFD.IP')
const START_MS = Date.UTC(2026, 0, 5, 12)
const MARKET = {
  epic: EURUSD,
  name: 'EUR/USD',
  decimals: 5,
  unitsPerPoint: 10,
  minSize: 0.1,
  minStopPoints: 2,
  currency: 'USD',
}

/** A price a second for twenty minutes, six units wide. */
const TICKS = Array.from({ length: 1_200 }, (_, second) => {
  const bid = 108_400 + Math.round(60 * Math.sin(second / 40) + 25 * Math.sin(second / 7))
  return [second * 1_000, bid, bid + 6] as const
})
const FROM = 730

/** Says what it sees with each tick. */
const watcher = (more: { readonly ticks?: boolean } = {}) =>
  defineStrategy({
    name: 'watcher',
    candles: () => [{ length: '15s', past: 10 }],
    indicators: kit => ({
      ema: kit.on('1m').ema(5),
      rsi: kit.on('1m').rsi(3),
      range: kit.on('15s').donchian(12),
      bands: kit.on('30s').bollinger(6),
      ...(more.ticks && { fast: kit.on('tick').sma(4) }),
    }),
    decide({ indicators, candles, nowMs }: View) {
      const shown = JSON.stringify([nowMs - START_MS, indicators, candles('15s').last, candles('15s').forming], figures)
      return say(shown)
    },
  })

/** Without how many ticks they are made of: a price that came while the history was asked for may count twice. */
function figures(name: string, value: unknown): unknown {
  if (name === 'ticks') return undefined
  if (typeof value !== 'object' || value === null || !('value' in value)) return value
  return { value: value.value, isReady: 'isReady' in value && value.isReady }
}

/** What a broker would tell of the ticks before. */
function history(until: number, { lengthMs, points }: PastAsk): readonly PastBar[] {
  const maker = new CandleMaker(lengthMs, 1)
  for (const [afterMs, bid, offer] of TICKS.slice(0, until)) maker.take(START_MS + afterMs, (bid + offer) / 2)
  const newest = Array.from({ length: maker.length }, (_, back) => maker.at(maker.length - 1 - back))
  return [...newest, maker.forming].slice(-points).flatMap(each =>
    each
      ? {
          startMs: each.startMs,
          openUnits: each.open,
          highUnits: each.high,
          lowUnits: each.low,
          closeUnits: each.close,
          ticks: each.ticks,
        }
      : [],
  )
}

const settled = () => new Promise(resolve => setImmediate(resolve))

/** Bots on a desk that deals nothing. */
function rig(strategies: readonly ReturnType<typeof watcher>[]) {
  const lines: BotLine[] = []
  const asks: { readonly ask: PastAsk; answer(answer: PastAnswer): void }[] = []
  let state: DeskState = initialState({ contracts: [], accountCurrency: 'EUR' })
  const show = (second: number, gap: Parameters<typeof createQuote>[0]['gap'] = null) => {
    const [afterMs, bidUnits, offerUnits] = TICKS[second] ?? [0, 0, 0]
    const quote = createQuote({
      epic: EURUSD,
      decimals: 5,
      bidUnits: gap ? null : bidUnits,
      offerUnits: gap ? null : offerUnits,
      state: 'tradeable',
      isDelayed: false,
      brokerTimeMs: gap ? null : START_MS + afterMs,
      receivedAtMs: afterMs,
      isSnapshot: false,
      gap,
    })
    state = { ...state, quotes: state.quotes.with(quote) }
    return quote
  }
  show(FROM)
  const bots = startBots(
    strategies.map((strategy, index) => ({
      name: `watcher-${index}`,
      seat: seatHere(strategy, { parameters: {}, markets: [MARKET], seed: 1 }),
      markets: [MARKET],
      exitPolicy: 'flatten' as const,
      limits: BOT_LIMITS,
    })),
    {
      desk: {
        get state() {
          return state
        },
        press: async () => ({ outcome: 'nothing', words: 'nothing', denial: null, orders: [] }),
        onQuote: () => () => {},
        onChange: () => () => {},
      },
      nowMs: () => 0,
      soon: run => void setImmediate(run),
      onLine: line => void lines.push(line),
      past: {
        mostPoints: 1_000,
        ask: ask => new Promise(resolve => void asks.push({ ask, answer: resolve })),
      },
    },
  )
  return {
    bots,
    asks,
    said: () => lines.flatMap(({ kind, text, bot }) => (kind === 'said' && bot === 'watcher-0' ? [text] : [])),
    states: () => lines.flatMap(({ kind, text, bot }) => (kind === 'state' && bot === 'watcher-0' ? [text] : [])),
    async tick(second: number) {
      bots.take(show(second))
      await settled()
      await settled()
    },
    tear: () => bots.take(show(FROM, { kind: 'interrupted', text: 'the line broke', missed: null })),
    answer(second: number) {
      for (const { ask, answer } of asks.splice(0)) {
        const toMs = START_MS + second * 1_000
        answer({ kind: 'bars', past: { lengthMs: ask.lengthMs, bars: history(second + 1, ask), toMs }, words: 'told' })
      }
    },
  }
}

it('sees with the history behind it what a backtest sees that knows the ticks before', async () => {
  const expected: string[] = []
  await backtest({
    strategy: watcher(),
    feed: madeTicks(TICKS.slice(0, 900)),
    fromMs: START_MS + (FROM + 1) * 1_000,
    onSay: text => void expected.push(text),
  })
  const { said, states, asks, tick, answer } = rig([watcher()])
  await tick(FROM)
  expect(said()).toEqual([])
  expect(asks.map(({ ask: { resolution, points, lengths } }) => [resolution, points, lengths])).toEqual([
    // As many as settle what is slowest, and the candle that forms: 5 x 3 + 1 of the RSI; 6 of half a minute for the bands.
    ['minute', 17, ['1m']],
    ['second', 210, ['15s', '30s']],
  ])
  answer(FROM)
  await settled()
  for (let second = FROM + 1; second < 900; second++) await tick(second)
  expect(said().slice(1)).toEqual(expected)
  expect(states()).toEqual(['EUR/USD, 1m candles: told', 'EUR/USD, 15s and 30s candles: told'])
})

it('tells how far it is where no history helps, and when it is there', async () => {
  const { bots, states, asks, tick } = rig([watcher({ ticks: true })])
  await tick(FROM)
  for (const { answer } of asks.splice(0)) answer({ kind: 'none', why: 'the points of the week are spent' })
  await tick(FROM + 1)
  expect(states()).toEqual([
    'EUR/USD, 1m candles: no history (the points of the week are spent); its indicators begin anew',
    'EUR/USD, 15s and 30s candles: no history (the points of the week are spent); its indicators begin anew',
    'warming: 0 of 5 1m candles',
  ])
  expect(bots.status[0]?.warming).toEqual({ epic: EURUSD, of: '1m', seen: 0, needed: 5 })
  for (let second = FROM + 2; second < FROM + 400; second++) await tick(second)
  expect(states().at(-1)).toBe('its indicators are ready')
  expect(bots.status[0]?.warming).toBe(null)
})

it('asks for what it missed where the stream tore, and is asked nothing before it knows', async () => {
  const expected: string[] = []
  await backtest({
    strategy: watcher(),
    feed: madeTicks(TICKS.slice(0, 1_000)),
    fromMs: START_MS + 900_000,
    onSay: text => void expected.push(text),
  })
  const { said, asks, tick, tear, answer } = rig([watcher()])
  await tick(FROM)
  answer(FROM)
  for (let second = FROM + 1; second < 760; second++) await tick(second)
  const before = said().length
  tear()
  tear()
  for (const second of [898, 899]) await tick(second)
  expect(said()).toHaveLength(before)
  // From the candle of the last price on: that of a minute began at 720 s, that of half a minute at 750.
  expect(asks.map(({ ask: { resolution, points } }) => [resolution, points])).toEqual([
    ['minute', 3],
    ['second', 150],
  ])
  answer(899)
  await settled()
  await settled()
  for (let second = 900; second < 1_000; second++) await tick(second)
  expect(said().slice(before + 1)).toEqual(expected)
})

it('mends the candle of now where the stream tore within it, and says of it that it has a hole where nobody tells', async () => {
  const { said, asks, tick, tear, answer } = rig([watcher()])
  await tick(FROM)
  answer(FROM)
  await tick(FROM + 1)
  const isWhole = () =>
    (JSON.parse(said().at(-1) ?? '') as [unknown, unknown, unknown, { isWhole: boolean }])[3].isWhole
  tear()
  await tick(FROM + 3)
  expect(asks.map(({ ask: { resolution, points } }) => [resolution, points])).toEqual([
    ['minute', 2],
    ['second', 30],
  ])
  answer(FROM + 3)
  await settled()
  expect(isWhole()).toBe(true)
  tear()
  await tick(FROM + 4)
  for (const { answer: say } of asks.splice(0)) say({ kind: 'none', why: 'the points of the week are spent' })
  await settled()
  expect(isWhole()).toBe(false)
})

it('lets a strategy take the market for busy from the tick on which it wanted something, also where ticks come together', async () => {
  const eager = defineStrategy({
    name: 'eager',
    decide: ({ isBusy, position }: View) => (isBusy || position ? null : buy(1, { stop: 20 })),
  })
  const seat = seatHere(eager, { parameters: {}, markets: [MARKET], seed: 1 })
  const tick = (atMs: number): SeatNews => ({
    kind: 'tick',
    epic: EURUSD,
    atMs,
    bidUnits: 108_400,
    offerUnits: 108_406,
  })
  const free: SeatNews = { kind: 'holdings', epic: EURUSD, holdings: { positions: [], orders: [], isBusy: false } }
  expect((await seat.ask([tick(1), tick(2), tick(3)])).wanted).toHaveLength(1)
  expect((await seat.ask([tick(4)])).wanted).toHaveLength(0)
  expect((await seat.ask([free, tick(5), tick(6)])).wanted).toHaveLength(1)
})

it('asks once for two bots, for the one that needs more', async () => {
  const short = defineStrategy({
    name: 'short',
    indicators: kit => ({ ema: kit.on('1m').sma(40) }),
    decide: () => null,
  })
  const { asks, tick } = rig([watcher(), short])
  await tick(FROM)
  expect(asks.map(({ ask: { resolution, points } }) => [resolution, points])).toEqual([
    ['minute', 41],
    ['second', 210],
  ])
})
