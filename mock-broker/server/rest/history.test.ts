import { manualClock } from '@scalpdesk/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startQuietBroker } from '../../testing/quiet-broker.ts'
import { at, OPEN, ORDER, type RestClient, signIn } from '../../testing/rest-client.ts'
import type { MockBroker } from '../index.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
let broker: MockBroker
let client: RestClient
beforeEach(async () => {
  broker = await startQuietBroker({ clock: manualClock(Date.UTC(2026, 0, 7, 9)) })
  client = await signIn(broker)
})
afterEach(() => broker.close())

const list = (body: unknown, name: string): readonly unknown[] => {
  const found = at(body, name)
  return Array.isArray(found) ? found : []
}
const TODAY = 'from=2026-01-07T00:00:00'

async function tradeOnce(reference = 'opened'): Promise<string> {
  await client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: reference, stopDistance: 15 })
  const dealId = broker.positions()[0]?.position.dealId ?? ''
  broker.injectTick(EURUSD, '1.08523', '1.08529')
  const body = { dealId, direction: 'SELL', size: 1, orderType: 'MARKET' }
  await client.send('POST', '/positions/otc', 1, body, { _method: 'DELETE' })
  broker.injectTick(EURUSD, '1.08417', '1.08423')
  return dealId
}

describe('activity', () => {
  it('of version 3 is newest first, and names the closing deal by its own id', async () => {
    const dealId = await tradeOnce()
    const { body } = await client.get(`/history/activity?${TODAY}&detailed=true`, 3)
    expect(at(body, 'metadata')).toEqual({ paging: { size: 50, next: null } })
    const [closing, opening] = list(body, 'activities')
    expect(opening).toEqual({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      epic: EURUSD,
      period: '-',
      dealId,
      channel: 'PUBLIC_WEB_API',
      type: 'POSITION',
      status: 'ACCEPTED',
      description: `Position opened: ${dealId.slice(-8)}`,
      details: {
        dealReference: 'opened',
        actions: [{ actionType: 'POSITION_OPENED', affectedDealId: dealId }],
        marketName: 'EUR/USD',
        goodTillDate: null,
        currency: 'USD',
        size: 1,
        direction: 'BUY',
        level: 1.08423,
        stopLevel: 1.08273,
        stopDistance: null,
        guaranteedStop: false,
        trailingStopDistance: null,
        trailingStep: null,
        limitLevel: null,
        limitDistance: null,
      },
    })
    expect(closing).toMatchObject({
      details: { actions: [{ actionType: 'POSITION_CLOSED', affectedDealId: dealId }], direction: 'SELL' },
    })
    expect(at(closing, 'dealId')).not.toBe(dealId)
  })

  it('hides its details unless they are asked for, and can be of one deal', async () => {
    const dealId = await tradeOnce()
    const { body } = await client.get(`/history/activity?${TODAY}&dealId=${dealId}`, 3)
    expect(list(body, 'activities')).toMatchObject([{ dealId, details: null }])
  })

  it.each([
    ['status==REJECTED', 1],
    ['status!=REJECTED', 3],
    ['type==WORKING_ORDER,status==REJECTED', 2],
    ['status!=REJECTED;(type==POSITION,type==SYSTEM)', 2],
    ['details.actions.actionType==POSITION_CLOSED', 1],
    ['details.currency==USD;type==WORKING_ORDER', 1],
  ])('passes the filter %s: %i', async (filter, count) => {
    await tradeOnce()
    await client.send('POST', '/workingorders/otc', 2, ORDER)
    await client.send('POST', '/positions/otc', 2, { ...OPEN, currencyCode: 'GBP' })
    const { body } = await client.get(`/history/activity?${TODAY}&filter=${encodeURIComponent(filter)}`, 3)
    expect(list(body, 'activities')).toHaveLength(count)
  })

  it.each(['==', 'status', '(status==A', 'status==A)', 'a==b;;c==d'])('refuses the filter %s', async filter => {
    expect(await client.get(`/history/activity?filter=${encodeURIComponent(filter)}`, 3)).toMatchObject({ status: 400 })
  })

  it('is told whole by its links, nothing twice, however many fell into one second', async () => {
    for (let count = 0; count < 25; count++) {
      await client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: `n${count}`, currencyCode: 'GBP' })
    }
    const references: unknown[] = []
    let path: unknown = `/history/activity?${TODAY}&detailed=true&pageSize=10`
    for (let pages = 0; typeof path === 'string' && pages < 30; pages++) {
      const { body } = await client.get(path, 3)
      references.push(...list(body, 'activities').map(item => at(item, 'details', 'dealReference')))
      path = at(body, 'metadata', 'paging', 'next')
    }
    expect(references).toEqual(Array.from({ length: 25 }, (_, index) => `n${24 - index}`))
  })

  it.each([
    ['pageSize=9', 'error.request.invalid.page-size'],
    ['pageSize=501', 'error.request.invalid.page-size'],
    ['from=yesterday', 'Unable to parse datetime=yesterday'],
    ['from=2024-02-01&to=2024-01-01', 'error.request.invalid.date-range'],
  ])('with %s is refused', async (query, errorCode) => {
    expect(await client.get(`/history/activity?${query}`, 3)).toMatchObject({ status: 400, body: { errorCode } })
  })

  it('of versions 1 and 2 has the older shape', async () => {
    await tradeOnce()
    const { body } = await client.get('/history/activity/3600000', 1)
    expect(list(body, 'activities')[0]).toEqual({
      epic: EURUSD,
      dealId: expect.stringMatching(/^DIAAAA/),
      activityHistoryId: expect.stringMatching(/^\d{10}$/),
      date: expect.stringMatching(/^\d\d\/\d\d\/\d\d$/),
      time: expect.stringMatching(/^\d\d:\d\d$/),
      activity: 'Position',
      marketName: 'EUR/USD',
      period: '-',
      result: expect.stringMatching(/^Position closed: /),
      channel: 'Web',
      currency: '$',
      size: '-1.00',
      level: '1.08523',
      stop: '1.08273',
      limit: '-',
      stopType: 'N',
      actionStatus: 'ACCEPT',
    })
    const { body: paged } = await client.get('/history/activity?pageSize=1&pageNumber=2', 2)
    expect(list(paged, 'activities')).toMatchObject([{ date: expect.stringContaining('T') }])
    expect(at(paged, 'metadata')).toEqual({ size: 1, pageData: { pageSize: 1, pageNumber: 2, totalPages: 2 } })
    expect(await client.get('/history/activity/01-01-2024/31-01-2024', 1)).toMatchObject({ body: { activities: [] } })
  })
})

describe('transactions', () => {
  it('of version 2 are text, newest first, and add up to the cash', async () => {
    const dealId = await tradeOnce()
    await client.send('POST', '/positions/otc', 2, { ...OPEN, epic: 'UA.D.AAPL.CASH.IP', size: 100 })
    broker.passNight()
    const { body } = await client.get('/history/transactions?from=1970-01-01T00:00:00&pageSize=0', 2)
    const transactions = list(body, 'transactions')
    const trade = transactions.find(
      item => at(item, 'transactionType') === 'TRADE' && at(item, 'openLevel') === '1.08423',
    )
    expect(trade).toEqual({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      dateUtc: expect.any(String),
      openDateUtc: expect.any(String),
      instrumentName: 'EUR/USD',
      period: '-',
      profitAndLoss: 'E92.59',
      transactionType: 'TRADE',
      reference: expect.stringMatching(/^[A-Z0-9]{8}$/),
      openLevel: '1.08423',
      closeLevel: '1.08523',
      size: '+1',
      currency: 'E',
      cashTransaction: false,
    })
    expect(dealId.endsWith(String(at(trade, 'reference')))).toBe(false)
    const cents = transactions.reduce<number>((sum, item) => sum + centsOf(String(at(item, 'profitAndLoss'))), 0)
    const { body: accounts } = await client.get('/accounts', 1)
    expect(cents).toBe(Math.round(Number(at(accounts, 'accounts', 0, 'balance', 'balance')) * 100))
    expect(transactions.map(item => at(item, 'instrumentName'))).toEqual(
      expect.arrayContaining(['Overnight funding Apple Inc (All Sessions)', 'Commission Apple Inc (All Sessions)']),
    )
  })

  it.each([
    ['ALL_DEAL', ['TRADE']],
    ['DEPOSIT', []],
    ['WITHDRAWAL', []],
  ])('of type %s', async (type, types) => {
    await tradeOnce()
    const { body } = await client.get(`/history/transactions?type=${type}&maxSpanSeconds=600`, 2)
    expect(list(body, 'transactions').map(item => at(item, 'transactionType'))).toEqual(types)
    const { body: older } = await client.get(`/history/transactions/${type}/600000`, 1)
    expect(list(older, 'transactions').map(item => at(item, 'transactionType'))).toEqual(types)
    expect(at(older, 'transactions', 0, 'dateUtc')).toBeUndefined()
  })

  it('of an unknown type are refused', async () => {
    expect(await client.get('/history/transactions?type=GIFT', 2)).toMatchObject({ status: 400 })
  })
})

function centsOf(text: string): number {
  return Math.round(Number(text.replace(/^[^\d-]+/, '').replaceAll(',', '')) * 100)
}
