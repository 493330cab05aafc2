import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import type { Activity } from '../activity.ts'
import type { DealId } from '../ids.ts'
import { type Contract, DAX, EURUSD, START_MS, startContract } from '../testing/contract-broker.ts'
import { notExercised } from '../testing/contract-routes.ts'

const DAY_MS = 86_400_000
const always = { fromMs: START_MS - DAY_MS } as const
const today = '2026-06-17'

describe('activity', () => {
  it('tells what was done, newest first, with its details when asked', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const id = await aDayOfDeals(contract)
    const rows = await Array.fromAsync(ig.history.activity({ ...always, isDetailed: true }))
    expect(rows.map(shown)).toEqual([
      'position rejected  MARKET_CLOSED',
      'working-order accepted limit-order-deleted',
      'working-order accepted limit-order-opened',
      'position accepted position-closed',
      'edit-stop-and-limit accepted stop-limit-amended',
      'position accepted position-opened',
    ])
    const [, , , closed, amended, opened] = rows
    expect(opened).toMatchObject({
      atMs: START_MS - (START_MS % 1000),
      epic: EURUSD,
      period: '-',
      dealId: id,
      channel: 'public-web-api',
      details: {
        dealReference: 'contract-1',
        actions: [{ type: 'position-opened', affectedDealId: id }],
        marketName: 'EUR/USD',
        currency: 'USD',
        direction: 'BUY',
      },
    })
    expect([opened?.details?.level, opened?.details?.size].map(String)).toEqual(['1.08423', '1'])
    expect(amended?.details?.stopLevel?.toFixed()).toBe('1.083')
    // The closing deal has an id of its own; the position that it closed is in the action.
    expect(closed?.dealId).not.toBe(id)
    expect(closed?.details?.actions).toEqual([{ type: 'position-closed', affectedDealId: id }])
  })

  it('names in its details the request that did it', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const references: (string | null)[] = []
    const note = async (sent: Parameters<Contract['dealt']>[0]): Promise<DealId> => {
      const { reference, dealIds } = await contract.dealt(sent)
      references.push(reference)
      if (dealIds[0] === undefined) throw new Error('expected a deal id')
      return dealIds[0]
    }
    const position = await note(ig.positions.open(await contract.terms()))
    await note(ig.positions.amend({ dealId: position, stopLevel: new Decimal('1.083'), limitLevel: null }))
    await note(ig.positions.close({ dealId: position, direction: 'SELL', size: new Decimal(1) }))
    const resting = { kind: 'limit', level: new Decimal('1.083'), goodTill: 'cancelled' } as const
    const order = await note(ig.orders.place({ ...(await contract.terms()), ...resting }))
    await note(ig.orders.amend({ dealId: order, ...resting, level: new Decimal('1.082'), stop: null, limit: null }))
    await note(ig.orders.cancel(order))
    const rows = await Array.fromAsync(ig.history.activity({ ...always, isDetailed: true }))
    expect(rows.map(row => row.details?.dealReference ?? null)).toEqual(references.toReversed())
  })

  it('has no details unless they are asked for', async () => {
    await using contract = await startContract()
    await aDayOfDeals(contract)
    const rows = await Array.fromAsync(contract.ig.history.activity(always))
    expect(rows.map(row => row.details)).toEqual(rows.map(() => null))
  })

  it('comes whole in pages of any size, each row once, also where many fall into one second', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    const size = new Decimal('0.1')
    for (let burst = 0; burst < 4; burst++) {
      for (let deal = 0; deal < 12; deal++) await contract.dealt(ig.positions.open(await contract.terms({ size })))
      await contract.pass(700)
    }
    const whole = await Array.fromAsync(ig.history.activity({ ...always, isDetailed: true }))
    const newestFirst = broker
      .positions()
      .map(({ position }) => position.dealId)
      .toReversed()
    expect(whole.map(row => row.dealId)).toEqual(newestFirst)
    for (const pageSize of [10, 11, 25, 48]) {
      const paged = await Array.fromAsync(ig.history.activity({ ...always, isDetailed: true, pageSize }))
      expect(paged.map(row => row.dealId)).toEqual(newestFirst)
    }
  })

  it('of ninety days comes whole, whatever the size of a page, and day by day', async () => {
    await using contract = await startContract({ broker: { pastDays: 90 } })
    const { history } = contract.ig
    const fromMs = START_MS - 120 * DAY_MS
    const whole = await Array.fromAsync(history.activity({ fromMs, isDetailed: true }))
    expect(whole.length).toBeGreaterThan(200)
    expect(new Set(whole.map(row => row.dealId)).size).toBe(whole.length)
    expect(await Array.fromAsync(history.activity({ fromMs, isDetailed: true, pageSize: 10 }))).toEqual(whole)
    const paged = await history.activityPaged({ fromMs })
    expect(paged.map(record => record.dealId)).toEqual(whole.map(row => row.dealId))
    const byDay: unknown[] = []
    for (let back = 0; back <= 91; back++) {
      const day = new Date(START_MS - back * DAY_MS).toISOString().slice(0, 10)
      for await (const row of history.activityOn(day, { isDetailed: true })) byDay.push(row)
    }
    expect(byDay).toEqual(whole)
  })

  it('is chosen by time, by the deal and by a filter', async () => {
    await using contract = await startContract()
    const { ig, clock } = contract
    const id = await aDayOfDeals(contract)
    const read = async (choice: object): Promise<readonly string[]> =>
      (await Array.fromAsync(ig.history.activity({ ...always, isDetailed: true, ...choice }))).map(shown)
    expect(await read({ dealId: id })).toEqual([
      'edit-stop-and-limit accepted stop-limit-amended',
      'position accepted position-opened',
    ])
    expect(await read({ filter: 'status==REJECTED' })).toEqual(['position rejected  MARKET_CLOSED'])
    expect(
      await read({ filter: 'status!=REJECTED;(type==WORKING_ORDER,details.actions.actionType==POSITION_CLOSED)' }),
    ).toEqual([
      'working-order accepted limit-order-deleted',
      'working-order accepted limit-order-opened',
      'position accepted position-closed',
    ])
    expect(await read({ fromMs: clock.nowMs() + 1000 })).toEqual([])
    expect(await read({ toMs: START_MS - 1000 })).toEqual([])
    expect(await read({ fromMs: START_MS, toMs: START_MS + 5_000 })).toEqual(['position accepted position-opened'])
  })

  it('of a day is that of the account’s own day', async () => {
    await using contract = await startContract()
    const { ig } = contract
    await contract.dealt(ig.positions.open(await contract.terms()))
    // Half past ten in the evening in UTC is tomorrow in the account's zone.
    await contract.pass(14 * 3_600_000)
    await contract.dealt(ig.positions.open(await contract.terms({ epic: DAX })))
    const epicsOn = async (day: string): Promise<readonly unknown[]> =>
      (await Array.fromAsync(ig.history.activityOn(day))).map(row => row.epic)
    expect(await epicsOn(today)).toEqual([EURUSD])
    expect(await epicsOn('2026-06-18')).toEqual([DAX])
    expect(await epicsOn('2026-06-16')).toEqual([])
  })
})

describe('activity in the older forms', () => {
  it('says the kind of the stop, and the result in words', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const trailing = { distancePoints: new Decimal(20), stepPoints: new Decimal(5) }
    await contract.dealt(ig.positions.open({ ...(await contract.terms()), stop: trailing }))
    const guaranteed = { distancePoints: new Decimal(20), isGuaranteed: true }
    await contract.dealt(
      ig.positions.open({ ...(await contract.terms({ size: new Decimal('0.5') })), stop: guaranteed }),
    )
    const [second, first] = await ig.history.activityPaged(always)
    expect(first).toMatchObject({
      atMs: START_MS - (START_MS % 1000),
      epic: EURUSD,
      activity: 'Position',
      marketName: 'EUR/USD',
      period: '-',
      result: expect.stringMatching(/^Position opened: \w{8}$/),
      channel: 'Web',
      currencySymbol: '$',
      stopType: { trailing: new Decimal(20) },
      status: 'accepted',
    })
    expect([first?.size, first?.level, first?.stop, first?.limit].map(String)).toEqual([
      '1',
      '1.08423',
      '1.08223',
      'null',
    ])
    expect(second).toMatchObject({ stopType: 'guaranteed', size: new Decimal('0.5') })
  })

  it('are the same by pages, by days and by the last hour, to the minute', async () => {
    await using contract = await startContract()
    const { ig } = contract
    await aDayOfDeals(contract)
    const paged = await ig.history.activityPaged({ lastSeconds: 3600 })
    expect(paged.map(record => record.status)).toEqual(['rejected', ...Array(5).fill('accepted')])
    const toTheMinute = paged.map(({ dateText: _text, atMs, ...record }) => ({
      ...record,
      atMs: Math.floor((atMs ?? 0) / 60_000) * 60_000,
    }))
    for (const older of [ig.history.activityBetween(today, today), ig.history.activityOfPeriod(3_600_000)]) {
      expect((await older).map(({ dateText: _text, ...record }) => record)).toEqual(toTheMinute)
    }
    expect(await ig.history.activityBetween('2026-06-15', '2026-06-16')).toEqual([])
  })
})

it('exercises every route of activity', () => {
  expect(notExercised('activity')).toEqual([])
})

/** A position opened, changed and closed, an order placed and taken back, and one rejected: 5 s apart. */
async function aDayOfDeals(contract: Contract): Promise<DealId> {
  const { ig, broker } = contract
  const [id] = (await contract.dealt(ig.positions.open(await contract.terms()))).dealIds
  if (id === undefined) throw new Error('expected a deal id')
  await contract.pass(5_000)
  await contract.dealt(ig.positions.amend({ dealId: id, stopLevel: new Decimal('1.083'), limitLevel: null }))
  await contract.pass(5_000)
  await contract.dealt(ig.positions.close({ dealId: id, direction: 'SELL', size: new Decimal(1) }))
  await contract.pass(5_000)
  const order = {
    ...(await contract.terms()),
    kind: 'limit',
    level: new Decimal('1.08'),
    goodTill: 'cancelled',
  } as const
  const [placed] = (await contract.dealt(ig.orders.place(order))).dealIds
  await contract.pass(5_000)
  if (placed !== undefined) await contract.dealt(ig.orders.cancel(placed))
  await contract.pass(5_000)
  broker.faults.rejectNext('MARKET_CLOSED')
  await contract.settled(ig.positions.open(await contract.terms()))
  return id
}

/** Such as `position accepted position-opened`; a rejection with its reason. */
function shown({ type, status, details, description }: Activity): string {
  const actions = details?.actions.map(action => action.type).join() ?? ''
  return status === 'accepted'
    ? `${type} ${status} ${actions}`
    : `${type} ${status} ${actions} ${description?.split(' ').at(-1)}`
}
