import { manualClock } from '@scalpdesk/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startQuietBroker } from '../../testing/quiet-broker.ts'
import { at, OPEN, ORDER, type RestClient, signIn } from '../../testing/rest-client.ts'
import type { MockBroker } from '../index.ts'

/** However somebody pages through ninety days and a busy morning, each row comes once, and the money adds up. */

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const EVER = 'from=2000-01-01T00:00:00'
let broker: MockBroker
let client: RestClient
let activities: readonly unknown[] = []
let transactions: readonly unknown[] = []
beforeAll(async () => {
  const clock = manualClock(Date.UTC(2026, 0, 7, 9))
  broker = await startQuietBroker({ clock, seed: 11 })
  client = await signIn(broker)
  for (let round = 0; round < 12; round++) {
    // Several in one second, and some seconds apart.
    if (round % 4 === 0) clock.advance(1700)
    await client.send('POST', '/positions/otc', 2, { ...OPEN, size: 1 + round, stopDistance: 10 })
    broker.injectTick(EURUSD, '1.08300', '1.08306')
    broker.injectTick(EURUSD, '1.08417', '1.08423')
    await client.send('POST', '/workingorders/otc', 2, { ...ORDER, size: round === 5 ? 0.0001 : 1 })
  }
  broker.passNight()
  activities = list((await client.get('/history/activity/01-01-2000/31-12-2026', 1)).body, 'activities')
  transactions = list((await client.get(`/history/transactions?${EVER}&pageSize=0`, 2)).body, 'transactions')
})
afterAll(() => broker.close())

const list = (body: unknown, name: string) => (at(body, name) ?? []) as readonly unknown[]
const idOf = (item: unknown) => String(at(item, 'dealId'))

async function pages(path: string, name: string, pageSize: number): Promise<readonly unknown[]> {
  const found: unknown[] = []
  for (let number = 1, total = 1; number <= total; number++) {
    const { body } = await client.get(`${path}&pageSize=${pageSize}&pageNumber=${number}`, 2)
    total = Number(at(body, 'metadata', 'pageData', 'totalPages'))
    found.push(...list(body, name))
  }
  return found
}

async function links(pageSize: number, filter: string): Promise<readonly unknown[]> {
  const found: unknown[] = []
  let path: unknown = `/history/activity?${EVER}&detailed=true&pageSize=${pageSize}${filter}`
  while (typeof path === 'string') {
    const { body } = await client.get(path, 3)
    found.push(...list(body, 'activities'))
    path = at(body, 'metadata', 'paging', 'next')
  }
  return found
}

it('numbers every activity once', () => {
  expect(activities.length).toBeGreaterThan(150)
  const numbers = activities.map(item => String(at(item, 'activityHistoryId')))
  expect(new Set(numbers).size).toBe(activities.length)
  expect(numbers.at(-1)).toBe('0000000001')
})

it('gives an activity the same number whatever is asked for', async () => {
  const [newest] = activities
  const { body } = await client.get('/history/activity/600000', 1)
  expect(list(body, 'activities')[0]).toEqual(newest)
})

it('tells each activity once by the links of version 3, for any size of page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 10, max: 500 }), async pageSize => {
      expect((await links(pageSize, '')).map(idOf)).toEqual(activities.map(idOf))
    }),
    { numRuns: 15 },
  )
})

it('tells each activity that a filter lets through once as well', async () => {
  const stops = (await links(10, `&filter=${encodeURIComponent('channel==SYSTEM')}`)).map(idOf)
  expect(stops).toHaveLength(12)
  expect(new Set(stops).size).toBe(12)
})

it('tells each row once by the pages of version 2, for any size of page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300 }), async pageSize => {
      expect((await pages(`/history/activity?${EVER}`, 'activities', pageSize)).map(idOf)).toEqual(activities.map(idOf))
      expect(await pages(`/history/transactions?${EVER}`, 'transactions', pageSize)).toEqual(transactions)
    }),
    { numRuns: 8 },
  )
})

it('tells the same money in version 1, and it is the cash to the cent', async () => {
  const { body } = await client.get('/history/transactions/ALL/01-01-2000/31-12-2026', 1)
  const cents = (item: unknown) =>
    Math.round(Number(String(at(item, 'profitAndLoss')).replace('E', '').replaceAll(',', '')) * 100)
  const older = list(body, 'transactions')
  expect(older.map(cents)).toEqual(transactions.map(cents))
  const { body: accounts } = await client.get('/accounts', 1)
  const sum = older.reduce<number>((total, item) => total + cents(item), 0)
  expect(sum).toBe(Math.round(Number(at(accounts, 'accounts', 0, 'balance', 'balance')) * 100))
})

it('names for every trade the deal that closed it, on every account and for any seed', async () => {
  for (const seed of [1, 2, 3]) {
    await using other = await startQuietBroker({ clock: manualClock(Date.UTC(2026, 0, 7, 9)), seed })
    for (const user of ['mock', 'second']) {
      const own = await signIn(other, user)
      const { body: deals } = await own.get(`/history/activity?${EVER}&pageSize=500`, 3)
      const { body: money } = await own.get(`/history/transactions?${EVER}&type=ALL_DEAL&pageSize=0`, 2)
      const ends = new Map(list(deals, 'activities').map(item => [idOf(item).slice(-8), at(item, 'date')]))
      const trades = list(money, 'transactions')
      expect(trades.length).toBeGreaterThan(60)
      for (const trade of trades) expect(ends.get(String(at(trade, 'reference')))).toBe(at(trade, 'dateUtc'))
    }
  }
})
