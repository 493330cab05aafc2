import { manualClock } from '@scalpdesk/testkit'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { AccountZone } from '../account-zone.ts'
import type { Activity } from '../activity.ts'
import { DecodeError, InvalidInputError } from '../errors.ts'
import { fiql } from '../history/fiql.ts'
import type { ActivityPagedQuery, TransactionQueryType } from '../history/history-query.ts'
import { dealId } from '../ids.ts'
import type { Call } from '../rest/call.ts'
import type { ReadOptions } from '../rest/rest.ts'
import { type FakeRest, fakeRest } from '../testing/fake-rest.ts'
import type { Transaction } from '../transaction.ts'
import { historyOver } from './history.ts'

// Calls and shapes: IG Labs, REST API reference, "Accounts".

const NOW_MS = Date.UTC(2024, 5, 20, 12)
const NOON_MS = Date.UTC(2024, 5, 14, 12)

describe('activity', () => {
  it('asks for a wider time, up to now, and chooses by the rows’ own instants', async () => {
    const rest = fakeRest([activities(['2024-06-14T12:00:01', '2024-06-14T12:00:00', '2024-06-14T11:59:59'])])
    const seen = await all(over(rest).activity({ fromMs: NOON_MS + 400 }))
    expect(rest.asked).toEqual(['GET /history/activity?from=2024-06-13T23%3A59%3A59&detailed=false&pageSize=500 v3'])
    expect(seen.map(({ dateText }) => dateText)).toEqual(['2024-06-14T12:00:01', '2024-06-14T12:00:00'])
  })

  it('sends what is to be chosen', async () => {
    const rest = fakeRest([activities([])])
    const filter = fiql.and(fiql.notEqual('status', 'REJECTED'), fiql.equal('details.marketName', 'A & B'))
    const choice = { filter, dealId: dealId('DIAAAAQ4T7ZB2XA'), isDetailed: true, pageSize: 50 }
    await all(over(rest).activity({ fromMs: NOON_MS, toMs: NOON_MS + 1000, ...choice }))
    const query = new URLSearchParams(rest.asked[0]?.replace(/^.*\?| v3$/g, ''))
    expect(Object.fromEntries(query)).toEqual({
      from: '2024-06-13T23:59:59',
      to: '2024-06-15T02:00:02',
      detailed: 'true',
      dealId: 'DIAAAAQ4T7ZB2XA',
      filter: 'status!=REJECTED;details.marketName==A%20%26%20B',
      pageSize: '50',
    })
  })

  it('of a day has the rows of that day, on which the clocks change', async () => {
    const dates = ['2024-10-28T00:00:00', '2024-10-27T23:59:59', '2024-10-26T23:00:00', '2024-10-26T22:59:59']
    const clock = manualClock(Date.UTC(2024, 10, 20))
    const rest = fakeRest([activities(dates)])
    const history = historyOver(rest, { zone: () => 'Europe/London', clock, accountId: () => 'XY7Q2' })
    expect((await all(history.activityOn('2024-10-27'))).map(({ dateText }) => dateText)).toEqual(dates.slice(1, 3))
  })

  it('of a day reads local dates as local when told', async () => {
    const dates = ['2024-06-15T00:30:00', '2024-06-14T23:30:00', '2024-06-14T00:30:00', '2024-06-13T23:30:00']
    const history = (rest: FakeRest) => over(rest, 'Europe/Paris')
    const asUtc = await all(history(fakeRest([activities(dates)])).activityOn('2024-06-14'))
    expect(asUtc.map(({ dateText }) => dateText)).toEqual(dates.slice(2))
    const local = await all(
      history(fakeRest([activities(dates)])).activityOn('2024-06-14', { activityDates: 'account' }),
    )
    expect(local.map(({ dateText }) => dateText)).toEqual(dates.slice(1, 3))
    expect(local[0]?.atMs).toBe(Date.UTC(2024, 5, 14, 21, 30))
  })

  it('keeps a row whose date cannot be read', async () => {
    const rest = fakeRest([activities(['some day'])])
    expect(await all(over(rest).activity({ fromMs: NOON_MS }))).toHaveLength(1)
  })

  it('starts anew with each loop, and takes the zone as it is then', async () => {
    const rest = fakeRest([activities(['2024-06-14T12:00:00']), activities([])])
    const activity = over(rest).activity({ fromMs: NOON_MS })
    expect(rest.asked).toHaveLength(0)
    expect(await all(activity)).toHaveLength(1)
    expect(await all(activity)).toHaveLength(0)
  })

  it('hands on the options of the read', async () => {
    const rest = fakeRest([activities([])])
    const seen: unknown[] = []
    const watched = {
      ...rest,
      read: (call: Call, options?: ReadOptions) => {
        seen.push(options)
        return rest.read(call, options)
      },
    }
    const options = { signal: new AbortController().signal, lane: 'exit' as const }
    await all(over(watched).activity({ fromMs: NOON_MS }, options))
    expect(seen).toEqual([options])
  })

  it.each([
    ['a start that is no instant', { fromMs: Number.NaN }],
    ['a start before 1970', { fromMs: -1 }],
    ['an end before the start', { fromMs: NOON_MS, toMs: NOON_MS }],
    ['an end that is no instant', { fromMs: NOON_MS, toMs: Number.POSITIVE_INFINITY }],
    ['a page that is too small', { fromMs: NOON_MS, pageSize: 9 }],
    ['a page that is too large', { fromMs: NOON_MS, pageSize: 501 }],
    ['a filter that cannot be read', { fromMs: NOON_MS, filter: 'status=REJECTED' }],
  ])('refuses %s at once', (_title, query) => {
    const rest = fakeRest([])
    expect(() => over(rest).activity(query)).toThrow(InvalidInputError)
    expect(rest.asked).toHaveLength(0)
  })

  it('refuses a day that there is not', () => {
    expect(() => over(fakeRest([])).activityOn('2024-06-31')).toThrow(InvalidInputError)
    expect(() => over(fakeRest([])).transactionsOn('14/06/2024')).toThrow(InvalidInputError)
  })

  it('refuses an answer without metadata, which could be cut short', async () => {
    const rest = fakeRest([{ activities: [] }])
    await expect(all(over(rest).activity({ fromMs: NOON_MS }))).rejects.toThrow(DecodeError)
  })
})

describe('activity in the older forms', () => {
  it('of version 2 reads all pages of a range', async () => {
    const page = (dates: readonly string[], totalPages: number) => ({
      activities: dates.map(date => ({ date, stopType: 'G', actionStatus: 'ACCEPT' })),
      metadata: { size: 501, pageData: { pageSize: 500, pageNumber: 1, totalPages } },
    })
    const many = Array.from({ length: 500 }, (_, second) => `2024-06-14T12:00:${String(second % 60).padStart(2, '0')}`)
    const rest = fakeRest([page(many, 2), page(['2024-06-14T11:59:00'], 2)])
    const records = await over(rest).activityPaged({ fromMs: NOON_MS - 60_000, toMs: NOON_MS + 60_000 })
    expect(records).toHaveLength(501)
    expect(records[0]).toMatchObject({ stopType: 'guaranteed', status: 'accepted', atMs: NOON_MS })
    expect(rest.asked[1]).toBe(
      'GET /history/activity?from=2024-06-13T23%3A58%3A59&to=2024-06-15T02%3A01%3A01&pageSize=500&pageNumber=2 v2',
    )
  })

  it('of version 2 reads the last seconds by IG’s clock', async () => {
    const rest = fakeRest([{ activities: [{ date: '2024-06-14T12:00:00' }], metadata: { size: 1 } }])
    expect(await over(rest).activityPaged({ lastSeconds: 600 })).toHaveLength(1)
    expect(rest.asked).toEqual(['GET /history/activity?maxSpanSeconds=600&pageSize=500&pageNumber=1 v2'])
  })

  it('takes a range or seconds, not both', () => {
    expectTypeOf<{ fromMs: number; toMs: number }>().toExtend<ActivityPagedQuery>()
    expectTypeOf<{ lastSeconds: number }>().toExtend<ActivityPagedQuery>()
    // @ts-expect-error both
    const both: ActivityPagedQuery = { fromMs: 1, lastSeconds: 1 }
    // @ts-expect-error neither
    const neither: ActivityPagedQuery = { activityDates: 'utc' }
    expect([both, neither]).toHaveLength(2)
  })

  it('of version 1 reads days and a period, in local time', async () => {
    const answer = { activities: [{ date: '14/06/24', time: '13:00', stopType: 'T(50)' }] }
    const rest = fakeRest([answer, answer])
    const [record] = await over(rest).activityBetween('2024-06-01', '2024-06-14')
    expect(record?.atMs).toBe(NOON_MS)
    await over(rest).activityOfPeriod(600_000)
    expect(rest.asked).toEqual(['GET /history/activity/01-06-2024/14-06-2024 v1', 'GET /history/activity/600000 v1'])
  })

  it.each([
    ['days in the wrong order', () => over(fakeRest([])).activityBetween('2024-06-14', '2024-06-01')],
    ['a day that there is not', () => over(fakeRest([])).activityBetween('2024-06-14', '2024-06-31')],
    ['a period of nothing', () => over(fakeRest([])).activityOfPeriod(0)],
    ['a period in parts', () => over(fakeRest([])).activityOfPeriod(1.5)],
    ['seconds of nothing', () => over(fakeRest([])).activityPaged({ lastSeconds: 0 })],
    ['a range that is none', () => over(fakeRest([])).activityPaged({ fromMs: 2000, toMs: 1000 })],
    ['a transaction type that is none', () => over(fakeRest([])).transactionsOfPeriod(wrongType(), 1000)],
  ])('refuses %s before anything is sent', async (_title, ask) => {
    await expect(ask()).rejects.toThrow(InvalidInputError)
  })
})

describe('transactions', () => {
  it('asks with a fixed end, and chooses by the instants in UTC', async () => {
    const rest = fakeRest([transactions(['2024-06-14T12:00:01', '2024-06-14T11:59:59', '2024-06-14T12:00:00'])])
    const seen = await all(over(rest).transactions({ fromMs: NOON_MS, type: 'all-deal' }))
    expect(rest.asked).toEqual([
      'GET /history/transactions?type=ALL_DEAL&from=2024-06-13T23%3A59%3A59&to=2024-06-21T02%3A00%3A01&pageSize=500&pageNumber=1 v2',
    ])
    expect(seen.map(({ closedAtMs }) => closedAtMs)).toEqual([NOON_MS + 1000, NOON_MS])
  })

  it('of a day are those booked on it in the account’s zone', async () => {
    const stamps = ['2024-06-13T22:59:59', '2024-06-13T23:00:00', '2024-06-14T22:59:59', '2024-06-14T23:00:00']
    const seen = await all(over(fakeRest([transactions(stamps)])).transactionsOn('2024-06-14'))
    expect(seen.map(({ closedAtMs }) => closedAtMs)).toEqual([Date.parse(`${stamps[1]}Z`), Date.parse(`${stamps[2]}Z`)])
  })

  it('go by their day where IG gives no instant', async () => {
    const rest = fakeRest([transactions([null, null, null], ['2024-06-13', '2024-06-14', '2024-06-15'])])
    const seen = await all(over(rest).transactionsOn('2024-06-14'))
    expect(seen.map(({ date }) => date)).toEqual(['2024-06-14'])
  })

  it('refuse the whole list when the money of one row cannot be read', async () => {
    const answer = transactions(['2024-06-14T12:00:00'])
    const bad = { ...answer, transactions: [{ ...answer.transactions[0], profitAndLoss: '£(12.00)' }] }
    const reading = all(over(fakeRest([bad])).transactions({ fromMs: NOON_MS }))
    await expect(reading).rejects.toMatchObject({ code: 'decode', path: 'transactions[0].profitAndLoss' })
  })

  it('refuse a type that is none, at once', () => {
    expect(() => over(fakeRest([])).transactions({ fromMs: NOON_MS, type: wrongType() })).toThrow(InvalidInputError)
  })

  it('of version 1 come by days and by period', async () => {
    const { transactions: rows } = transactions([null], ['14/06/24'])
    const rest = fakeRest([{ transactions: rows }, { transactions: rows }])
    const [row] = await over(rest).transactionsBetween('deposit', '2024-06-01', '2024-06-14')
    expect(row).toMatchObject({ date: '2024-06-14', closedAtMs: null })
    await over(rest).transactionsOfPeriod('all', 86_400_000)
    expect(rest.asked).toEqual([
      'GET /history/transactions/DEPOSIT/01-06-2024/14-06-2024 v1',
      'GET /history/transactions/ALL/86400000 v1',
    ])
  })
})

it('the iterators give domain values', () => {
  const history = over(fakeRest([]))
  expectTypeOf(history.activity).returns.toEqualTypeOf<AsyncIterable<Activity>>()
  expectTypeOf(history.transactionsOn).returns.toEqualTypeOf<AsyncIterable<Transaction>>()
  expectTypeOf<'all' | 'all-deal' | 'deposit' | 'withdrawal'>().toEqualTypeOf<TransactionQueryType>()
})

function over(rest: Pick<FakeRest, 'read' | 'write' | 'answer'>, zone: AccountZone = 'Europe/London') {
  return historyOver(rest, { zone: () => zone, clock: manualClock(NOW_MS), accountId: () => 'XY7Q2' })
}

/** Types end at run time. */
function wrongType(): TransactionQueryType {
  return JSON.parse('"toString"')
}

async function all<T>(rows: AsyncIterable<T>): Promise<readonly T[]> {
  const read: T[] = []
  for await (const row of rows) read.push(row)
  return read
}

function activities(dates: readonly string[]) {
  return { activities: dates.map(date => ({ date })), metadata: { paging: { size: dates.length, next: null } } }
}

function transactions(stamps: readonly (string | null)[], days: readonly string[] = []) {
  return {
    transactions: stamps.map((dateUtc, index) => ({
      date: days[index] ?? '2024-06-14',
      dateUtc,
      openDateUtc: null,
      instrumentName: 'EUR/USD Mini',
      period: '-',
      profitAndLoss: '£-0.15',
      transactionType: 'TRADE',
      reference: `K3M81QW${index}`,
      openLevel: '1.0842',
      closeLevel: '1.0843',
      size: '+1',
      currency: '£',
      cashTransaction: false,
    })),
    metadata: { size: stamps.length, pageData: { pageSize: 500, pageNumber: 1, totalPages: 1 } },
  }
}
