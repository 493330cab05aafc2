import { manualClock } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { at, ORDER, type RestClient } from '../../testing/rest-client.ts'
import { startedBrokers } from '../../testing/started-brokers.ts'
import { openSession, TRADE } from '../../testing/stream-client.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const { start } = startedBrokers()
const place = (client: RestClient, changes: object = {}, version = 2) =>
  client.send('POST', '/workingorders/otc', version, { ...ORDER, ...changes })

it('are placed, confirmed, listed in both versions, amended and cancelled', async () => {
  const { broker, client } = await start()
  const placed = { dealReference: 'first', stopLevel: 1.082, limitDistance: 20, timeInForce: 'GOOD_TILL_DATE' }
  await place(client, { ...placed, goodTillDate: '2030/06/30 20:59:00' })
  const { body: confirm } = await client.get('/confirms/first', 1)
  const dealId = String(at(confirm, 'dealId'))
  expect(confirm).toMatchObject({
    status: 'OPEN',
    reason: 'SUCCESS',
    level: 1.083,
    size: 1,
    stopDistance: 10,
    limitDistance: 20,
    affectedDeals: [{ dealId, status: 'OPENED' }],
  })
  const { body: newer } = await client.get('/workingorders', 2)
  expect(newer).toEqual({ workingOrders: broker.workingOrders() })
  expect(at(newer, 'workingOrders', 0, 'workingOrderData')).toEqual({
    dealId,
    direction: 'BUY',
    epic: EURUSD,
    orderSize: 1,
    orderLevel: 1.083,
    timeInForce: 'GOOD_TILL_DATE',
    // The account's zone is an hour ahead.
    goodTillDate: '2030/06/30 21:59',
    goodTillDateISO: '2030-06-30T20:59',
    createdDate: expect.stringMatching(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d:000$/),
    createdDateUTC: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
    guaranteedStop: false,
    orderType: 'LIMIT',
    stopDistance: 10,
    limitDistance: 20,
    currencyCode: 'USD',
    dma: false,
    limitedRiskPremium: null,
  })
  const { body: older } = await client.get('/workingorders', 1)
  expect(at(older, 'workingOrders', 0, 'workingOrderData')).toMatchObject({
    size: 1,
    level: 1.083,
    goodTill: '30/06/30 21:59',
    requestType: 'LIMIT_ORDER',
    contingentStop: 10,
    contingentLimit: 20,
    trailingStopDistance: null,
  })
  const amend = { level: 1.082, type: 'LIMIT', timeInForce: 'GOOD_TILL_CANCELLED' }
  const amended = await client.send('PUT', `/workingorders/otc/${dealId}`, 2, amend)
  expect(await client.get(`/confirms/${at(amended.body, 'dealReference')}`, 1)).toMatchObject({
    body: { status: 'AMENDED', level: 1.082, stopDistance: null },
  })
  expect(broker.workingOrders()).toMatchObject([{ workingOrderData: { orderLevel: 1.082, goodTillDate: null } }])
  const cancelled = await client.send('DELETE', `/workingorders/otc/${dealId}`, 2, undefined)
  expect(await client.get(`/confirms/${at(cancelled.body, 'dealReference')}`, 1)).toMatchObject({
    body: { status: 'DELETED', affectedDeals: [{ dealId, status: 'DELETED' }] },
  })
  expect(broker.workingOrders()).toEqual([])
  expect(broker.dealingRequests().map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /workingorders/otc',
    `PUT /workingorders/otc/${dealId}`,
    `DELETE /workingorders/otc/${dealId}`,
  ])
  expect(broker.orders()).toEqual([])
})

it('become positions with a deal id of their own, told by the stream in order', async () => {
  const { broker, client } = await start()
  const { stream } = await openSession(broker, client)
  stream.send('control', `LS_reqId=1&LS_subId=1&${TRADE}`)
  await stream.line(/^SUBOK/)
  await place(client, { dealReference: 'waits' })
  const orderId = broker.workingOrders()[0]?.workingOrderData.dealId
  broker.injectTick(EURUSD, '1.08290', '1.08296')
  await stream.line(/"status":"OPEN".*"dealIdOrigin"|"dealIdOrigin".*"status":"OPEN"/)
  const told = stream.data().filter(line => line.startsWith('U,1,'))
  expect(
    told.map(line => (/"dealIdOrigin"/.test(line) ? 'OPU' : /"orderType"/.test(line) ? 'WOU' : 'CONFIRMS')),
  ).toEqual(['WOU', 'CONFIRMS', 'WOU', 'OPU'])
  expect(told[2]).toContain('"status":"DELETED"')
  expect(broker.positions()).toMatchObject([{ position: { dealReference: 'waits', level: 1.08296 } }])
  expect(broker.positions()[0]?.position.dealId).not.toBe(orderId)
  expect(broker.workingOrders()).toEqual([])
})

it('expire at their date without a quote, and leave no timer behind', async () => {
  const clock = manualClock()
  const { broker, client } = await start({ clock })
  const goodTillDate = String(clock.nowMs() + 60_000)
  await place(client, { timeInForce: 'GOOD_TILL_DATE', goodTillDate })
  clock.advance(59_999)
  expect(broker.workingOrders()).toHaveLength(1)
  clock.advance(1)
  expect(broker.workingOrders()).toEqual([])
  await place(client, { timeInForce: 'GOOD_TILL_DATE', goodTillDate: '2030/01/01 00:00:00' })
  await broker.close()
  expect(clock.pending).toBe(0)
})

describe('are refused before dealing', () => {
  it.each<[string, object, string]>([
    ['without a level', { level: null }, 'validation.null-not-allowed.request.level'],
    ['without a type', { type: null }, 'validation.null-not-allowed.request.type'],
    ['good till no date', { timeInForce: 'GOOD_TILL_DATE' }, 'validation.null-conditional-set-value.request'],
    [
      'with a strange date',
      { timeInForce: 'GOOD_TILL_DATE', goodTillDate: '30/06/2030' },
      'validation.pattern.invalid.request.goodTillDate',
    ],
    ['with two stops', { stopLevel: 1, stopDistance: 1 }, 'validation.mutual-exclusive-value.request'],
    [
      'guaranteed by level in version 2',
      { guaranteedStop: true, stopLevel: 1.08 },
      'validation.null-conditional-set-value.request',
    ],
    ['with an unknown type', { type: 'TRAIL' }, 'invalid.request.type'],
  ])('%s', async (_what, changes, errorCode) => {
    const { client } = await start()
    expect(await place(client, changes)).toMatchObject({ status: 400, body: { errorCode } })
  })

  it('for an unknown epic', async () => {
    const { client } = await start()
    expect(await place(client, { epic: 'CS.D.NOSUCH.IP' })).toMatchObject({
      status: 404,
      body: { errorCode: 'error.trading.otc.instrument-not-found' },
    })
  })

  it('as a version 1 delete without an object', async () => {
    const { client } = await start()
    const path = '/workingorders/otc/DIAAAANOSUCHDEA'
    expect(await client.send('DELETE', path, 1, {})).toMatchObject({ status: 400 })
    expect(await client.send('POST', path, 1, {}, { _method: 'DELETE' })).toMatchObject({ status: 200 })
  })
})

it('take a guaranteed stop by level in version 1, by distance on create and by level on amend in version 2', async () => {
  const { broker, client } = await start()
  await place(client, { guaranteedStop: true, stopLevel: 1.082 }, 1)
  await place(client, { guaranteedStop: true, stopDistance: 10 })
  expect(broker.workingOrders()).toMatchObject([
    { workingOrderData: { guaranteedStop: true, stopDistance: 10 } },
    { workingOrderData: { guaranteedStop: true, stopDistance: 10 } },
  ])
  const dealId = broker.workingOrders()[0]?.workingOrderData.dealId
  const amend = { level: 1.083, type: 'LIMIT', timeInForce: 'GOOD_TILL_CANCELLED', guaranteedStop: true }
  expect(await client.send('PUT', `/workingorders/otc/${dealId}`, 2, { ...amend, stopDistance: 10 })).toMatchObject({
    status: 400,
  })
  expect(await client.send('PUT', `/workingorders/otc/${dealId}`, 2, { ...amend, stopLevel: 1.08 })).toMatchObject({
    status: 200,
  })
})

it('answer to the spelling of the newer pages as well', async () => {
  const { client } = await start()
  expect(await client.get('/working-orders', 2)).toMatchObject({ body: { workingOrders: [] } })
})
