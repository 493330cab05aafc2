import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PastAsk } from '@scalpdesk/bots/runner'
import { initialState } from '@scalpdesk/desk'
import { type Candle, type CandleRequest, createQuote, Decimal, epic } from '@scalpdesk/sdk'
import { manualClock } from '@scalpdesk/testkit'
import { expect, it, onTestFinished } from 'vitest'
import { keptBars } from './kept-bars.ts'
import { pastPort } from './past-port.ts'

// The points of the week are dear: what was told once is kept, and only what came since is asked for.

const EURUSD = epic('CS.D.EURUSD.CFD.IP')
const MINUTE_MS = 60_000
const NOON_MS = Date.UTC(2026, 0, 5, 12)
const ASK: PastAsk = { epic: EURUSD, resolution: 'minute', lengthMs: MINUTE_MS, points: 100, lengths: ['1m'] }

/** A broker with a bar for each minute, and one that forms. @param factor of the history's scale */
function broker(folder: string | null, factor = 1) {
  const asked: number[] = []
  const clock = manualClock()
  let minute = 0
  let change: (candle: Candle) => Candle = candle => candle
  const bid = (at: number): Decimal => new Decimal('1.084').plus(new Decimal(at).div(100_000))
  function candle(at: number): Candle {
    const price = { bid: bid(at).times(factor), offer: bid(at).plus('0.00006').times(factor), lastTraded: null }
    return change({
      atMs: NOON_MS + at * MINUTE_MS,
      localTime: '',
      open: price,
      high: price,
      low: price,
      close: price,
      ticks: 7,
    })
  }
  const port = pastPort({
    prices: {
      async list({ latest }: CandleRequest) {
        asked.push(latest ?? 0)
        const candles = Array.from({ length: latest ?? 0 }, (_, back) => candle(minute - back)).reverse()
        return {
          candles,
          instrumentType: null,
          allowance: { remaining: 9_000, total: 10_000, resetsInSeconds: 1_000 },
        }
      },
    },
    marketOf: () => ({ decimals: 5, name: 'EUR/USD' }),
    state: () => ({
      quotes: initialState({ contracts: [], accountCurrency: 'EUR' }).quotes.with(
        createQuote({
          epic: EURUSD,
          decimals: 5,
          bidUnits: 108_400 + minute,
          offerUnits: 108_406 + minute,
          state: 'tradeable',
          isDelayed: false,
          brokerTimeMs: NOON_MS + minute * MINUTE_MS + 30_000,
          receivedAtMs: 0,
          isSnapshot: false,
        }),
      ),
    }),
    clock,
    mostPoints: 1_440,
    kept: folder === null ? null : keptBars(folder),
  })
  return {
    asked,
    clock,
    port,
    async barsAt(now: number, ask = ASK) {
      minute = now
      const answer = await port.ask(ask, 1_000)
      return answer.kind === 'none'
        ? answer.why
        : answer.past.bars.map(({ startMs, closeUnits }) => [(startMs - NOON_MS) / MINUTE_MS, closeUnits])
    },
    changing(how: typeof change) {
      change = how
    },
  }
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'bars-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

const minutes = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => [from + n, 108_403 + from + n])

it('asks again for no bar that it was told when it was over, also in another run', async () => {
  const home = folder()
  const first = broker(home)
  expect(await first.barsAt(200)).toEqual(minutes(101, 200))
  expect(await first.barsAt(203)).toEqual(minutes(104, 203))
  const second = broker(home)
  expect(await second.barsAt(210)).toEqual(minutes(111, 210))
  // More than is known, and a time that is longer than what is asked for.
  expect(await second.barsAt(210, { ...ASK, points: 150 })).toEqual(minutes(61, 210))
  expect(await second.barsAt(900)).toEqual(minutes(801, 900))
  expect([first.asked, second.asked]).toEqual([
    [100, 5],
    [9, 150, 100],
  ])
})

it('says what it cost', async () => {
  const { port } = broker(null)
  expect(await port.ask({ ...ASK, points: 3 }, 1_000)).toMatchObject({
    words: "3 bars of the broker's history (minute) for 3 price points; 9,000 of 10,000 left this week",
  })
})

it.each([
  [10_000, 'ten thousand times'],
  [0.01, 'a hundredth'],
])('brings a history in another scale to that of the prices: %d', async factor => {
  expect(await broker(null, factor).barsAt(200)).toEqual(minutes(101, 200))
})

it('takes no bar on trust: none of another price, none before a hole, none that begins at an odd moment', async () => {
  expect(await broker(null, 1.4).barsAt(200)).toBe(
    'its newest bar closed at 1.520442, far from the price of now (1.08603)',
  )
  const holed = broker(null)
  holed.changing(candle =>
    candle.atMs === NOON_MS + 150 * MINUTE_MS ? { ...candle, low: { ...candle.low, offer: null } } : candle,
  )
  expect(await holed.barsAt(200)).toEqual(minutes(151, 200))
  const odd = broker(null)
  odd.changing(candle => ({ ...candle, atMs: (candle.atMs ?? 0) + 1_000 }))
  expect(await odd.barsAt(200)).toBe('a bar of it begins at 2026-01-05T13:41:01.000Z')
})

it('waits no longer than it may, and keeps what comes late', async () => {
  const home = folder()
  const { port, clock } = broker(home)
  const answer = port.ask({ ...ASK }, 1_000)
  clock.advance(1_000)
  expect(await answer).toEqual({ kind: 'none', why: 'the broker did not answer within 1 s' })
  expect(readdirSync(home)).toEqual(['CS.D.EURUSD.CFD.IP-minute.json'])
})

it('begins anew where what was kept cannot be read', async () => {
  const home = folder()
  writeFileSync(join(home, 'CS.D.EURUSD.CFD.IP-minute.json'), '{"decimals":5,"bars":[{"startMs":1}]}')
  const { asked, barsAt } = broker(home)
  expect(await barsAt(200)).toEqual(minutes(101, 200))
  expect(asked).toEqual([100])
})
