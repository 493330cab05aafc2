import { manualClock } from '@scalpdesk/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startQuietBroker } from '../../testing/quiet-broker.ts'
import { at, type RestClient, signIn } from '../../testing/rest-client.ts'
import type { MockBroker } from '../index.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
/** A Wednesday, 09:00:30 UTC. */
const NOW = Date.UTC(2026, 0, 7, 9, 0, 30)
let clock: ReturnType<typeof manualClock>
let broker: MockBroker
let client: RestClient
beforeEach(async () => {
  clock = manualClock(NOW)
  broker = await startQuietBroker({ clock })
  client = await signIn(broker)
})
afterEach(() => broker.close())

interface Candle {
  readonly snapshotTime: string
  readonly snapshotTimeUTC: string
  readonly openPrice: { readonly bid: number; readonly ask: number }
  readonly closePrice: { readonly bid: number; readonly ask: number }
  readonly highPrice: { readonly bid: number; readonly ask: number }
  readonly lowPrice: { readonly bid: number; readonly ask: number }
  readonly lastTradedVolume: number
}

async function candles(query: string, epic = EURUSD): Promise<readonly Candle[]> {
  const { body, status } = await client.get(`/prices/${epic}?pageSize=0&${query}`, 3)
  expect(status).toBe(200)
  return at(body, 'prices') as readonly Candle[]
}

it('have the shape of the reference: ten minutes, oldest first, the last one forming', async () => {
  const { body } = await client.get(`/prices/${EURUSD}`, 3)
  expect(body).toMatchObject({
    instrumentType: 'CURRENCIES',
    metadata: {
      allowance: { remainingAllowance: 9990, totalAllowance: 10_000, allowanceExpiry: 604_800 },
      size: 10,
      pageData: { pageSize: 20, pageNumber: 1, totalPages: 1 },
    },
  })
  const last = at(body, 'prices', 9)
  expect(last).toEqual({
    snapshotTime: '2026/01/07 10:00:00',
    snapshotTimeUTC: '2026-01-07T09:00:00',
    openPrice: { bid: expect.any(Number), ask: expect.any(Number), lastTraded: null },
    closePrice: { bid: 1.08417, ask: 1.08423, lastTraded: null },
    highPrice: { bid: expect.any(Number), ask: expect.any(Number), lastTraded: null },
    lowPrice: { bid: expect.any(Number), ask: expect.any(Number), lastTraded: null },
    lastTradedVolume: 2,
  })
})

it('go on from the past into what the market showed', async () => {
  clock.advance(60_000)
  broker.injectTick(EURUSD, '1.08500', '1.08506')
  const bars = await candles('resolution=MINUTE&max=5')
  expect(bars.map(({ snapshotTimeUTC }) => snapshotTimeUTC.slice(11, 16))).toEqual([
    '08:57',
    '08:58',
    '08:59',
    '09:00',
    '09:01',
  ])
  expect(bars[2]?.closePrice.bid).toBeCloseTo(bars[3]!.openPrice.bid, 4)
  expect(bars[4]).toMatchObject({ openPrice: { bid: 1.085 }, closePrice: { bid: 1.085 } })
})

it.each(['2001-03-06', '2014-05-08', '2025-12-31'])('answer for %s, the same each time', async day => {
  const query = `resolution=HOUR&from=${day}T10:00:00&to=${day}T15:00:00`
  const bars = await candles(query)
  expect(bars).toHaveLength(6)
  expect(await candles(query)).toEqual(bars)
  for (const { openPrice, closePrice, highPrice, lowPrice } of bars) {
    expect(highPrice.bid).toBeGreaterThanOrEqual(Math.max(openPrice.bid, closePrice.bid))
    expect(lowPrice.bid).toBeLessThanOrEqual(Math.min(openPrice.bid, closePrice.bid))
    expect(openPrice.ask).toBeGreaterThan(openPrice.bid)
    expect(lowPrice.bid).toBeGreaterThan(0.5)
  }
})

it.each([
  ['SECOND', 'MINUTE', 60, '2025-11-05T10:00:00', '2025-11-05T10:00:59'],
  ['MINUTE', 'HOUR', 60, '2025-11-05T10:00:00', '2025-11-05T10:59:00'],
  ['HOUR', 'DAY', 24, '2025-11-05T00:00:00', '2025-11-05T23:00:00'],
])('of %s add up to that of a %s', async (fine, coarse, count, from, to) => {
  const parts = await candles(`resolution=${fine}&from=${from}&to=${to}`)
  const [whole] = await candles(`resolution=${coarse}&from=${from}&to=${to}`)
  expect(parts).toHaveLength(count)
  expect(whole).toMatchObject({
    openPrice: parts[0]!.openPrice,
    closePrice: parts.at(-1)!.closePrice,
    highPrice: { bid: Math.max(...parts.map(({ highPrice }) => highPrice.bid)) },
    lowPrice: { bid: Math.min(...parts.map(({ lowPrice }) => lowPrice.bid)) },
  })
})

it('begin days at local midnight, weeks on Mondays, and have no Saturdays', async () => {
  const days = await candles('resolution=DAY&max=6')
  expect(days.map(({ snapshotTime }) => snapshotTime.slice(0, 10))).toEqual([
    '2026/01/01',
    '2026/01/02',
    // Trading begins again on Sunday evening.
    '2026/01/04',
    '2026/01/05',
    '2026/01/06',
    '2026/01/07',
  ])
  expect(days[5]?.snapshotTimeUTC).toBe('2026-01-06T23:00:00')
  expect((await candles('resolution=WEEK&max=1'))[0]?.snapshotTime).toBe('2026/01/05 00:00:00')
  expect((await candles('resolution=MONTH&max=2')).map(({ snapshotTime }) => snapshotTime.slice(0, 10))).toEqual([
    '2025/12/01',
    '2026/01/01',
  ])
  expect(await candles('resolution=HOUR&from=2026-01-03T10:00:00&to=2026-01-03T15:00:00')).toEqual([])
  expect(
    await candles('resolution=HOUR&from=2026-01-03T10:00:00&to=2026-01-03T15:00:00', 'CS.D.BITCOIN.CFD.IP'),
  ).toHaveLength(6)
})

it('come in pages of twenty, the older ones first', async () => {
  const { body } = await client.get(`/prices/${EURUSD}?max=40`, 3)
  expect(at(body, 'metadata')).toMatchObject({ size: 20, pageData: { pageSize: 20, pageNumber: 1, totalPages: 2 } })
  const { body: second } = await client.get(`/prices/${EURUSD}?max=40&pageNumber=2`, 3)
  expect(at(second, 'prices', 19, 'snapshotTimeUTC')).toBe('2026-01-07T09:00:00')
})

it('of versions 1 and 2 take numbers and dates in their paths', async () => {
  const { body: number } = await client.get(`/prices/${EURUSD}/MINUTE_5/3`, 2)
  expect(number).toMatchObject({ prices: [{}, {}, { snapshotTime: '2026/01/07 10:00:00' }], allowance: {} })
  const dates = `${encodeURIComponent('2026-01-06 10:00:00')}/${encodeURIComponent('2026-01-06 11:00:00')}`
  expect(at((await client.get(`/prices/${EURUSD}/HOUR/${dates}`, 2)).body, 'prices')).toHaveLength(2)
  const query = 'startdate=2026:01:06-10:00:00&enddate=2026:01:06-11:00:00'
  const { body: oldest } = await client.get(`/prices/${EURUSD}/HOUR?${query}`, 1)
  expect(at(oldest, 'prices', 0, 'snapshotTime')).toBe('2026:01:06-10:00:00')
})

describe('are refused', () => {
  it.each([
    [`/prices/${EURUSD}?max=ten`, 3, 400, 'Unable to convert value=ten to type= Integer int'],
    [`/prices/${EURUSD}?from=soon`, 3, 400, 'Unable to parse datetime=soon'],
    [`/prices/${EURUSD}?from=2026-01-02T00:00:00&to=2026-01-01T00:00:00`, 3, 400, 'error.invalid.daterange'],
    [`/prices/${EURUSD}?resolution=CENTURY`, 3, 400, 'invalid.input'],
    ['/prices/CS.D.NOSUCH.IP', 3, 400, 'error.unsupported.epic'],
    ['/prices/SE.D.PFE.CASH.IP', 3, 403, 'unauthorised.access.to.equity.exception'],
    [`/prices/${EURUSD}/DAY/2026-01-01/2026-01-02`, 2, 400, 'error.malformed.date'],
  ])('%s', async (path, version, status, errorCode) => {
    expect(await client.get(path, version)).toMatchObject({ status, body: { errorCode } })
  })
})

it('serves everybody else while it works out decades of months', async () => {
  await using running = await startQuietBroker()
  const caller = await signIn(running)
  const order: string[] = []
  const decades = caller.get(`/prices/${EURUSD}?resolution=MONTH&max=1000&pageSize=0`, 3).then(answer => {
    order.push('decades')
    return answer
  })
  await caller.get('/accounts', 1)
  order.push('accounts')
  expect(at((await decades).body, 'prices', 'length')).toBeGreaterThan(300)
  expect(order).toEqual(['accounts', 'decades'])
})
