import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { CandleRequest, HistoricalAllowance } from '../candle.ts'
import { DecodeError, InvalidInputError } from '../errors.ts'
import { type Epic, epic } from '../ids.ts'
import { RESOLUTIONS, type Resolution } from '../resolutions.ts'
import { fakeRest } from '../testing/fake-rest.ts'
import { type Prices, pricesOver } from './prices.ts'

// Shapes: IG Labs, REST API reference, "Prices"; figures are made up.

const EPIC = epic('CS.D.GBPUSD.MINI.IP')
const FROM = Date.UTC(2024, 5, 14, 8, 0, 0)
const MINUTE = 60_000
const LEFT = { remainingAllowance: 9_876, totalAllowance: 10_000, allowanceExpiry: 500_000 }
const ALLOWANCE: HistoricalAllowance = { remaining: 9_876, total: 10_000, resetsInSeconds: 500_000 }
const PRICE = { bid: 1.27105, ask: 1.27114, lastTraded: null }

const iso = (atMs: number) => new Date(atMs).toISOString().slice(0, 19)
/** Bar number `index`; the account is an hour east of UTC. */
const bar = (index: number) => ({
  snapshotTime: iso(FROM + (index + 60) * MINUTE)
    .replaceAll('-', '/')
    .replace('T', ' '),
  snapshotTimeUTC: iso(FROM + index * MINUTE),
  openPrice: PRICE,
  closePrice: PRICE,
  highPrice: PRICE,
  lowPrice: PRICE,
  lastTradedVolume: 100 + index,
})
const bars = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => bar(from + index))
const page = (prices: readonly unknown[], pageNumber: number, totalPages: number) => ({
  prices,
  instrumentType: 'CURRENCIES',
  metadata: { allowance: LEFT, size: prices.length, pageData: { pageSize: 2, pageNumber, totalPages } },
})
const older = (prices: readonly unknown[]) => ({ prices, instrumentType: 'CURRENCIES', allowance: LEFT })

function opened(script: readonly unknown[]) {
  const rest = fakeRest(script)
  const heard: HistoricalAllowance[] = []
  return { rest, heard, prices: pricesOver(rest, allowance => heard.push(allowance)) }
}

const since: CandleRequest = { epic: EPIC, resolution: 'minute', fromMs: FROM, toMs: FROM + 5 * MINUTE }

async function timesOf(prices: Prices, request: CandleRequest = since, pageSize = 2) {
  const indexes: (number | null)[] = []
  for await (const { atMs } of prices.candles(request, { pageSize })) {
    indexes.push(atMs === null ? null : (atMs - FROM) / MINUTE)
  }
  return indexes
}

describe('prices.candles', () => {
  it('come page after page, oldest first, in one fixed time', async () => {
    const { rest, prices, heard } = opened([page(bars(0, 2), 1, 3), page(bars(2, 4), 2, 3), page(bars(4, 5), 3, 3)])
    expect(await timesOf(prices)).toEqual([0, 1, 2, 3, 4])
    const query = 'resolution=MINUTE&from=2024-06-14T08%3A00%3A00&to=2024-06-14T08%3A05%3A00&pageSize=2'
    expect(rest.asked).toEqual([1, 2, 3].map(number => `GET /prices/${EPIC}?${query}&pageNumber=${number} v3`))
    expect(heard).toEqual([ALLOWANCE, ALLOWANCE, ALLOWANCE])
  })

  it('have bid, offer and last traded price, and both times', async () => {
    const traded = { bid: 100, ask: null, lastTraded: 100.25 }
    const { prices } = opened([page([{ ...bar(0), highPrice: traded, lowPrice: null }], 1, 1)])
    for await (const candle of prices.candles(since)) {
      expect(candle).toMatchObject({ atMs: FROM, localTime: '2024/06/14 09:00:00', ticks: 100 })
      expect(candle.open.bid?.toFixed()).toBe('1.27105')
      expect(candle.close.offer?.toFixed()).toBe('1.27114')
      expect(candle.high.lastTraded?.toFixed()).toBe('100.25')
      expect(candle.high.offer).toBeNull()
      expect(candle.low).toEqual({ bid: null, offer: null, lastTraded: null })
    }
  })

  it('the latest come in one answer, because pages would move', async () => {
    const { rest, prices } = opened([page(bars(0, 3), 1, 1)])
    expect(await timesOf(prices, { epic: EPIC, resolution: 'hour-4', latest: 3 })).toEqual([0, 1, 2])
    expect(rest.asked).toEqual([`GET /prices/${EPIC}?resolution=HOUR_4&max=3&pageSize=0&pageNumber=1 v3`])
  })

  it('up to now have no end in the request', async () => {
    const { rest, prices } = opened([page([], 1, 0)])
    expect(await timesOf(prices, { epic: EPIC, resolution: 'day', fromMs: FROM })).toEqual([])
    expect(rest.asked[0]).toContain('?resolution=DAY&from=2024-06-14T08%3A00%3A00&pageSize=2')
  })

  it('go on to pages that were added meanwhile', async () => {
    const { prices } = opened([page(bars(0, 2), 1, 2), page(bars(2, 4), 2, 3), page(bars(4, 5), 3, 3)])
    expect(await timesOf(prices)).toEqual([0, 1, 2, 3, 4])
  })

  it('are given once when a page repeats a bar', async () => {
    const { prices } = opened([page(bars(0, 2), 1, 2), page(bars(1, 3), 2, 2)])
    expect(await timesOf(prices)).toEqual([0, 1, 2])
  })

  it('are told apart in the hour that comes twice', async () => {
    const twice = { ...bar(0), snapshotTimeUTC: null }
    expect(await timesOf(opened([page([twice, twice], 1, 1)]).prices)).toEqual([null, null])
  })

  it('of that hour are not taken for repeats across pages', async () => {
    const first = { ...bar(0), snapshotTimeUTC: null }
    const second = { ...first, lastTradedVolume: 7 }
    const { prices } = opened([page([first], 1, 2), page([first, second], 2, 2)])
    expect(await timesOf(prices)).toEqual([null, null])
  })

  it('are asked for anew by each loop', async () => {
    const { rest, prices } = opened([page(bars(0, 2), 1, 1), page(bars(0, 2), 1, 1)])
    const candles = prices.candles(since)
    for (const _loop of [1, 2]) {
      let count = 0
      for await (const _candle of candles) count += 1
      expect(count).toBe(2)
    }
    expect(rest.asked).toHaveLength(2)
  })

  it('without a UTC time keep the local one, and none is made up', async () => {
    const { snapshotTimeUTC: _left, ...bare } = bar(1)
    const { candles } = await opened([page([bar(0), bare], 1, 1)]).prices.list(since)
    expect(candles.map(candle => [candle.atMs, candle.localTime])).toEqual([
      [FROM, '2024/06/14 09:00:00'],
      [null, '2024/06/14 09:01:00'],
    ])
  })

  it('end at a short page where IG does not count the pages', async () => {
    const bare = (prices: readonly unknown[]) => ({ prices, instrumentType: null, metadata: { allowance: null } })
    const { prices, heard } = opened([bare(bars(0, 2)), bare(bars(2, 3))])
    expect(await timesOf(prices)).toEqual([0, 1, 2])
    expect(heard).toEqual([])
    expect(await timesOf(opened([bare(bars(0, 2)), bare([])]).prices)).toEqual([0, 1])
  })

  it.each([
    ['the same page again', page(bars(0, 2), 2, 3)],
    ['another page than asked for', page(bars(2, 4), 1, 3)],
    ['an empty page before the last', page([], 2, 3)],
  ])('do not end quietly on %s', async (_what, second) => {
    await expect(timesOf(opened([page(bars(0, 2), 1, 3), second]).prices)).rejects.toMatchObject({
      code: 'paging-stuck',
    })
  })

  it('spend no points on pages that nobody reads', async () => {
    const { rest, prices } = opened([page(bars(0, 2), 1, 3)])
    for await (const { candles, allowance, instrumentType } of prices.pages(since, { pageSize: 2 })) {
      expect(candles).toHaveLength(2)
      expect([allowance, instrumentType]).toEqual([ALLOWANCE, 'currencies'])
      break
    }
    expect(rest.asked).toHaveLength(1)
  })

  it('do not take a price that cannot be read for one that is missing', async () => {
    const json = page([{ ...bar(0), openPrice: { ...PRICE, bid: 'n/a' } }], 1, 1)
    await expect(opened([json]).prices.list(since)).rejects.toThrow(DecodeError)
  })
})

describe('the other forms', () => {
  it('list: everything in one answer', async () => {
    const { rest, prices, heard } = opened([page(bars(0, 5), 1, 1)])
    const list = await prices.list(since)
    expect(list.candles).toHaveLength(5)
    expect(list).toMatchObject({ instrumentType: 'currencies', allowance: ALLOWANCE })
    expect(Object.keys(list)).toEqual(['candles', 'instrumentType', 'allowance'])
    expect(rest.asked[0]).toContain('&pageSize=0&')
    expect(heard).toEqual([ALLOWANCE])
  })

  it('latest, between and betweenV1: as the older versions write it', async () => {
    const { rest, prices, heard } = opened([older([bar(0)]), older([bar(0)]), older([bar(0)])])
    const between = { epic: EPIC, resolution: 'minute-15', fromMs: FROM, toMs: FROM + 61_500 } as const
    await prices.latest({ epic: EPIC, resolution: 'second', latest: 10 })
    await prices.between(between)
    await prices.betweenV1(between)
    expect(rest.asked).toEqual([
      `GET /prices/${EPIC}/SECOND/10 v2`,
      `GET /prices/${EPIC}/MINUTE_15/2024-06-14%2008%3A00%3A00/2024-06-14%2008%3A01%3A01 v2`,
      `GET /prices/${EPIC}/MINUTE_15?startdate=2024%3A06%3A14-08%3A00%3A00&enddate=2024%3A06%3A14-08%3A01%3A01 v1`,
    ])
    expect(heard).toHaveLength(3)
  })

  it('their bars have the local time as it came', async () => {
    const { snapshotTimeUTC: _none, ...old } = { ...bar(0), snapshotTime: '2024:06:14-09:00:00' }
    const { candles } = await opened([older([old])]).prices.latest({ epic: EPIC, resolution: 'hour', latest: 1 })
    expect(candles[0]).toMatchObject({ atMs: null, localTime: '2024:06:14-09:00:00' })
  })
})

describe('a time of a request', () => {
  it.each([
    [undefined, '08%3A00%3A00'],
    [2, '10%3A00%3A00'],
    [-9.5, 'T22%3A30%3A00'],
  ])('is written %o hours east of UTC as %s', async (zoneOffsetHours, expected) => {
    const { rest, prices } = opened([page([], 1, 0)])
    const zone = zoneOffsetHours === undefined ? {} : { zoneOffsetHours }
    await prices.list({ epic: EPIC, resolution: 'minute', fromMs: FROM, ...zone })
    expect(rest.asked[0]).toContain(expected)
  })

  it('names the same second in every form, at any time of 250 years', async () => {
    const seconds = fc.integer({ min: 0, max: 250 * 365 * 86_400 })
    await fc.assert(
      fc.asyncProperty(seconds, fc.integer({ min: 0, max: 999 }), async (second, ms) => {
        const { rest, prices } = opened([older([]), older([]), page([], 1, 0)])
        const request = { epic: EPIC, resolution: 'day', fromMs: second * 1000 + ms, toMs: second * 1000 + ms } as const
        await prices.between(request)
        await prices.betweenV1(request)
        await prices.list(request)
        const read = rest.asked.map(line => /(\d{4}).(\d\d).(\d\d).(\d\d).(\d\d).(\d\d)/.exec(decodeURIComponent(line)))
        for (const match of read) {
          const [, year, month, day, hour, minute, sec] = (match ?? []).map(Number)
          expect(Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, sec)).toBe(second * 1000)
        }
      }),
    )
  })
})

it('a price keeps every digit on its way through JSON', async () => {
  const digits = fc.tuple(fc.integer({ min: -(10 ** 15) + 1, max: 10 ** 15 - 1 }), fc.nat(10))
  await fc.assert(
    fc.asyncProperty(digits, digits, async (bid, ask) => {
      const [written, other] = [bid, ask].map(([units, places]) =>
        new Decimal(units).times(new Decimal(10).pow(-places)),
      )
      const json = JSON.stringify(page([{ ...bar(0), openPrice: { bid: 'B', ask: 'A', lastTraded: null } }], 1, 1))
        .replace('"B"', written?.toFixed() ?? '')
        .replace('"A"', other?.toFixed() ?? '')
      const { candles } = await opened([JSON.parse(json)]).prices.list(since)
      expect(candles[0]?.open.bid?.toFixed()).toBe(written?.toFixed())
      expect(candles[0]?.open.offer?.toFixed()).toBe(other?.toFixed())
    }),
  )
})

describe('a request for prices', () => {
  const right = { epic: EPIC, resolution: 'minute' }

  it.each<[string, object]>([
    ['neither count nor time', {}],
    ['both', { latest: 5, fromMs: FROM }],
    ['a count and an end', { latest: 5, toMs: FROM }],
    ['an end alone', { toMs: FROM }],
    ['a count of nothing', { latest: 0 }],
    ['half a bar', { latest: 1.5 }],
    ['more than a week allows', { latest: 10_001 }],
    ['a resolution of IG’s spelling', { latest: 5, resolution: 'MINUTE' }],
    ['no resolution', { latest: 5, resolution: undefined }],
    ['an epic that is none', { latest: 5, epic: '..' }],
    ['an end before the beginning', { fromMs: FROM, toMs: FROM - 1 }],
    ['no time', { fromMs: Number.NaN }],
    ['a time before all time', { fromMs: -1 }],
    ['a time in seconds of another planet', { fromMs: 1e15 }],
    ['a zone off the globe', { fromMs: FROM, zoneOffsetHours: 15 }],
  ])('with %s is refused, and nothing is sent', async (_what, wrong) => {
    const { rest, prices } = opened([])
    const request = { ...right, ...wrong } as CandleRequest
    expect(() => prices.candles(request)).toThrow(InvalidInputError)
    expect(() => prices.pages(request)).toThrow(InvalidInputError)
    await expect(prices.list(request)).rejects.toThrow(InvalidInputError)
    expect(rest.asked).toEqual([])
  })

  it.each([0, 1.5, 10_001])('with pages of %d bars is refused', pageSize => {
    expect(() => opened([]).prices.candles(since, { pageSize })).toThrow(InvalidInputError)
  })

  it.each<[string, (prices: Prices) => Promise<unknown>]>([
    ['latest without a count', prices => prices.latest({ ...right, latest: Number.NaN } as never)],
    ['between without an end', prices => prices.between({ ...right, fromMs: FROM } as never)],
    ['betweenV1 backwards', prices => prices.betweenV1({ ...right, fromMs: FROM, toMs: 0 } as never)],
    ['latest of no market', prices => prices.latest({ epic: '' as Epic, resolution: 'day', latest: 1 })],
  ])('%s is refused, and nothing is sent', async (_what, ask) => {
    const { rest, prices } = opened([])
    await expect(ask(prices)).rejects.toThrow(InvalidInputError)
    expect(rest.asked).toEqual([])
  })

  it('is by count or by time, by type', () => {
    const of = { epic: EPIC, resolution: 'minute' } as const
    const requests: readonly CandleRequest[] = [
      { ...of, latest: 5 },
      { ...of, fromMs: 0 },
      { ...of, fromMs: 0, toMs: 1, zoneOffsetHours: 1 },
      // @ts-expect-error both
      { ...of, latest: 5, fromMs: 0 },
      // @ts-expect-error a zone of nothing
      { ...of, latest: 5, zoneOffsetHours: 1 },
      // @ts-expect-error neither
      { ...of },
      // @ts-expect-error an end alone
      { ...of, toMs: 1 },
    ]
    expect(requests).toHaveLength(7)
    expectTypeOf<'minute-30'>().toExtend<Resolution>()
    // @ts-expect-error both ends are needed
    const ask = (prices: Prices) => prices.between({ ...of, fromMs: 0 })
    expect(ask).toBeTypeOf('function')
  })

  it('knows every resolution of IG’s', async () => {
    const { rest, prices } = opened(RESOLUTIONS.map(() => older([])))
    for (const resolution of RESOLUTIONS) await prices.latest({ epic: EPIC, resolution, latest: 1 })
    expect(rest.asked.map(line => line.split('/')[3])).toEqual(
      'SECOND MINUTE MINUTE_2 MINUTE_3 MINUTE_5 MINUTE_10 MINUTE_15 MINUTE_30 HOUR HOUR_2 HOUR_3 HOUR_4 DAY WEEK MONTH'.split(
        ' ',
      ),
    )
  })
})

describe('the zone in which IG reads times', () => {
  it('shows in bars outside of what was asked, which then do not pass for those that were', async () => {
    const { prices, heard } = opened([page(bars(-60, -55), 1, 1), page(bars(0, 5), 1, 1), page(bars(60, 62), 1, 1)])
    await expect(prices.list(since)).rejects.toMatchObject({ code: 'other-zone', message: /zoneOffsetHours/ })
    expect((await prices.list(since)).candles).toHaveLength(5)
    await expect(timesOf(prices)).rejects.toMatchObject({ code: 'other-zone' })
    // They were paid for all the same.
    expect(heard).toHaveLength(3)
  })

  it('does not show in bars that are longer than any difference between zones, nor in the latest', async () => {
    const { prices } = opened([page(bars(-60, -59), 1, 1), page(bars(-60, -59), 1, 1)])
    expect((await prices.list({ ...since, resolution: 'day' })).candles).toHaveLength(1)
    expect((await prices.list({ epic: EPIC, resolution: 'minute', latest: 1 })).candles).toHaveLength(1)
  })
})
