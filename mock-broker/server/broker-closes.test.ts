import { expect, it } from 'vitest'
import { at, OPEN, signIn } from '../testing/rest-client.ts'
import { startedBrokers } from '../testing/started-brokers.ts'
import { openSession, TRADE } from '../testing/stream-client.ts'

/** What a client sees of a deal that it did not ask for: a stop, a limit, a lack of margin (IG Labs, "Positions", "Activity"). */
const EURUSD = OPEN.epic
const { start } = startedBrokers()

it.each([
  ['a stop', { stopDistance: 10 }, '1.08300', '1.08306', 'E-113.89', '1.083'],
  [
    'a guaranteed stop, at its level',
    { stopDistance: 10, guaranteedStop: true },
    '1.07',
    '1.07006',
    'E-92.59',
    '1.08323',
  ],
  ['a limit', { limitDistance: 10 }, '1.08600', '1.08606', 'E163.89', '1.086'],
])('%s closes the position: lists, activity, transactions and stream say so, no confirm does', async (...row) => {
  const [, legs, bid, offer, profitAndLoss, closeLevel] = row
  const { broker, client } = await start()
  const { stream } = await openSession(broker, client)
  stream.send('control', `LS_reqId=1&LS_subId=1&${TRADE}`)
  await stream.line(/^SUBOK,1/)
  await client.send('POST', '/positions/otc', 2, { ...OPEN, ...legs, dealReference: 'mine' })
  const { body: opened } = await client.get('/confirms/mine', 1)
  const dealId = at(opened, 'dealId')
  await stream.line(/"dealReference":"mine".*"dealStatus":"ACCEPTED"/)

  broker.injectTick(EURUSD, bid, offer)
  await stream.line(/"status":"DELETED"/)
  expect(await client.get('/positions', 2)).toMatchObject({ body: { positions: [] } })
  expect(await client.get(`/positions/${dealId}`, 2)).toMatchObject({ status: 404 })
  const { body: activity } = await client.get('/history/activity?from=2020-01-01T00:00:00&detailed=true', 3)
  expect(at(activity, 'activities', 0)).toMatchObject({
    channel: 'SYSTEM',
    type: 'POSITION',
    status: 'ACCEPTED',
    epic: EURUSD,
    details: { actions: [{ actionType: 'POSITION_CLOSED', affectedDealId: dealId }], direction: 'SELL', size: 1 },
  })
  const closingId = String(at(activity, 'activities', 0, 'dealId'))
  expect(closingId).not.toBe(dealId)
  const { body: money } = await client.get('/history/transactions?from=2020-01-01T00:00:00', 2)
  const rows = at(money, 'transactions')
  expect(rows).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        transactionType: 'TRADE',
        profitAndLoss,
        closeLevel,
        openLevel: '1.08423',
        size: '+1',
        reference: closingId.slice(-8),
      }),
    ]),
  )
  expect(
    stream.lines.filter(line => line.includes('"dealStatus":"ACCEPTED"') && line.includes('"reason"')),
  ).toHaveLength(1)
  // The confirm of the open is still the only one.
  expect(await client.get('/confirms/mine', 1)).toMatchObject({ body: { status: 'OPEN' } })
})

it('a lack of margin closes the position in the same way', async () => {
  const { broker, client } = await start({ cash: '4000' })
  await client.send('POST', '/positions/otc', 2, OPEN)
  broker.injectTick(EURUSD, '1.05', '1.05006')
  expect(broker.positions()).toEqual([])
  const { body } = await client.get('/history/activity?from=2020-01-01T00:00:00&detailed=true', 3)
  expect(at(body, 'activities', 0)).toMatchObject({
    channel: 'SYSTEM',
    details: { actions: [{ actionType: 'POSITION_CLOSED' }] },
  })
})

it('takes a method from `_method` in any case, and uses up a deal id for every refusal', async () => {
  const { broker, client } = await start()
  const ids = new Set<unknown>()
  for (const dealReference of ['one', 'two']) {
    await client.send('POST', '/positions/otc', 2, { ...OPEN, size: 0.01, dealReference })
    const { body } = await client.get(`/confirms/${dealReference}`, 1)
    expect(body).toMatchObject({ dealStatus: 'REJECTED', reason: 'MINIMUM_ORDER_SIZE_ERROR', affectedDeals: [] })
    ids.add(at(body, 'dealId'))
  }
  expect(ids.size).toBe(2)
  for (const method of ['DELETE', 'delete', 'Delete']) {
    await client.send('POST', '/positions/otc', 2, OPEN)
    const dealId = broker.positions()[0]?.position.dealId
    const close = { dealId, direction: 'SELL', size: 1, orderType: 'MARKET' }
    await client.send('POST', '/positions/otc', 1, close, { _method: method })
    expect(broker.positions()).toEqual([])
  }
})

it('keeps the references of two clients apart', async () => {
  const { broker, client } = await start()
  const other = await signIn(broker, 'second')
  for (const each of [client, other]) {
    await each.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'same' })
    expect(await each.get('/confirms/same', 1)).toMatchObject({ body: { dealStatus: 'ACCEPTED' } })
  }
  expect(broker.positions()).toHaveLength(2)
})
