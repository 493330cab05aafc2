import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { at, type RestClient } from '../testing/rest-client.ts'
import { startedBrokers } from '../testing/started-brokers.ts'
import type { MockBrokerOptions } from './index.ts'

const brokers = startedBrokers()
async function start(options: MockBrokerOptions = {}): Promise<RestClient> {
  const { client } = await brokers.start({ clock: manualClock(Date.UTC(2026, 0, 7, 9)), ...options })
  return client
}

async function pastOf(client: RestClient) {
  const since = 'from=2025-01-01T00:00:00'
  const { body: money } = await client.get(`/history/transactions?${since}&pageSize=0`, 2)
  const { body: deals } = await client.get(`/history/activity?${since}&pageSize=500&detailed=true`, 3)
  return {
    transactions: at(money, 'transactions') as readonly Record<string, string>[],
    activities: at(deals, 'activities') as readonly { readonly dealId: string; readonly date: string }[],
  }
}

it('tells of at least sixty days whose money adds up to the cash, to the cent', async () => {
  const client = await start()
  const { transactions } = await pastOf(client)
  const days = new Set(transactions.map(({ date }) => date))
  expect(days.size).toBeGreaterThanOrEqual(60)
  const cents = transactions.reduce((sum, { profitAndLoss = '' }) => {
    return sum + Math.round(Number(profitAndLoss.replace('E', '').replaceAll(',', '')) * 100)
  }, 0)
  expect(cents).toBe(10_000_000)
})

it('has an activity with the same eight characters for every trade, and both ends of it', async () => {
  const { transactions, activities } = await pastOf(await start())
  const trades = transactions.filter(({ transactionType }) => transactionType === 'TRADE')
  expect(trades.length).toBeGreaterThan(60)
  const byEnd = new Map(activities.map(activity => [activity.dealId.slice(-8), activity]))
  for (const { reference = '', dateUtc } of trades) expect(byEnd.get(reference)?.date).toBe(dateUtc)
  expect(activities.length).toBe(2 * trades.length)
})

it('is the same for the same seed, and nothing when it is not wanted', async () => {
  expect(await pastOf(await start({ seed: 4 }))).toEqual(await pastOf(await start({ seed: 4 })))
  const { transactions, activities } = await pastOf(await start({ pastDays: 0 }))
  expect(activities).toEqual([])
  expect(transactions).toEqual([])
})

it('is dealt at the prices that the price history tells', async () => {
  const client = await start()
  const { body } = await client.get('/history/activity?from=2025-12-01T00:00:00&detailed=true&pageSize=500', 3)
  const items = at(body, 'activities') as readonly {
    readonly date: string
    readonly epic: string
    readonly details: unknown
  }[]
  const one = items.find(({ epic, details }) => epic === 'CS.D.EURUSD.CFD.IP' && at(details, 'direction') === 'SELL')
  // Prices are asked for in the account's zone, an hour ahead of UTC.
  const hour = new Date(Date.parse(`${one?.date.slice(0, 13)}:00:00Z`) + 3_600_000).toISOString().slice(0, 13)
  const { body: prices } = await client.get(
    `/prices/CS.D.EURUSD.CFD.IP?resolution=MINUTE&from=${hour}:00:00&to=${hour}:59:00&pageSize=0`,
    3,
  )
  const bars = at(prices, 'prices') as readonly { snapshotTimeUTC: string; openPrice: { bid: number } }[]
  const bar = bars.find(({ snapshotTimeUTC }) => snapshotTimeUTC.slice(0, 16) === one?.date.slice(0, 16))
  expect(bar?.openPrice.bid).toBe(at(one, 'details', 'level'))
})
