import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import type { DealId } from '../ids.ts'
import { type Contract, EURUSD, START_MS, startContract } from '../testing/contract-broker.ts'
import { notExercised } from '../testing/contract-routes.ts'
import type { PlacedStop, PlaceOrder, WorkingOrder } from '../working-order.ts'

const points = (text: number) => ({ distancePoints: new Decimal(text) })
const level = (text: string) => ({ level: new Decimal(text) })
const belowTheMarket = { kind: 'limit', ...level('1.08300'), goodTill: 'cancelled' } as const

describe('placing', () => {
  it('a limit to buy rests below the market, with everything that was said', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    const stop = { ...points(20), isGuaranteed: true }
    const goodTill = { atMs: START_MS + 3_600_000 }
    const id = await place(contract, { ...belowTheMarket, goodTill, stop, limit: level('1.085') })
    const orders = await ig.orders.list()
    expect(orders).toMatchObject([
      {
        dealId: id,
        epic: EURUSD,
        marketName: 'EUR/USD',
        direction: 'BUY',
        kind: 'limit',
        timeInForce: 'good-till-date',
        // IG shows whole minutes.
        goodTillAtMs: Math.floor(goodTill.atMs / 60_000) * 60_000,
        isGuaranteed: true,
        currency: 'USD',
        isDma: false,
        createdAtMs: START_MS,
        marketState: 'tradeable',
      },
    ])
    expect(orders.map(legs)).toEqual(['1.083 x 1, stop 20, limit 20'])
    expect(orders[0]?.limitedRiskPremium?.toFixed()).toBe('1.2')
    expect(broker.dealingRequests().map(request => request.method)).toEqual(['POST'])
  })

  it.each<[string, 'BUY' | 'SELL', PlaceOrder['kind'], string]>([
    ['a limit to buy', 'BUY', 'limit', '1.08300'],
    ['a limit to sell', 'SELL', 'limit', '1.08600'],
    ['a stop to buy', 'BUY', 'stop', '1.08600'],
    ['a stop to sell', 'SELL', 'stop', '1.08300'],
  ])('%s rests on its own side, and is rejected on the other', async (_what, direction, kind, text) => {
    await using contract = await startContract()
    const { ig } = contract
    const order = { ...(await contract.terms({ direction })), kind, goodTill: 'cancelled' } as const
    await contract.dealt(ig.orders.place({ ...order, ...level(text) }))
    expect(await ig.orders.list()).toMatchObject([
      { direction, kind, timeInForce: 'good-till-cancelled', goodTillAtMs: null },
    ])
    const otherSide = text === '1.08300' ? '1.08600' : '1.08300'
    const sent = ig.orders.place({ ...order, reference: contract.reference(), ...level(otherSide) })
    const rejected = { kind: 'rejected', reason: 'ATTACHED_ORDER_LEVEL_ERROR' }
    expect(await contract.settled(sent)).toMatchObject(rejected)
    expect(await ig.orders.list()).toHaveLength(1)
  })

  it.each<[string, PlacedStop, string]>([
    ['by its distance', points(20), 'stop 20'],
    ['by its level', level('1.082'), 'stop 10'],
  ])('a stop %s comes back as a distance', async (_what, stop, expected) => {
    await using contract = await startContract()
    await place(contract, { ...belowTheMarket, stop })
    expect((await contract.ig.orders.list()).map(legs)).toEqual([`1.083 x 1, ${expected}, limit -`])
  })

  it('until a time that is past is rejected', async () => {
    await using contract = await startContract()
    const goodTill = { atMs: START_MS - 60_000 }
    const sent = contract.ig.orders.place({ ...(await contract.terms()), ...belowTheMarket, goodTill })
    expect(await contract.settled(sent)).toMatchObject({ kind: 'rejected', reason: 'GOOD_TILL_DATE_IN_THE_PAST' })
  })
})

describe('changing', () => {
  it('replaces everything but the size: what is not said again is gone', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const id = await place(contract, {
      ...belowTheMarket,
      stop: { ...points(20), isGuaranteed: true },
      limit: points(30),
    })
    const amended = { dealId: id, kind: 'limit', ...level('1.082'), goodTill: 'cancelled' } as const
    await contract.dealt(
      ig.orders.amend({ ...amended, stop: { ...level('1.08'), isGuaranteed: true }, limit: points(40) }),
    )
    expect(await ig.orders.list()).toMatchObject([{ dealId: id, isGuaranteed: true }])
    expect((await ig.orders.list()).map(legs)).toEqual(['1.082 x 1, stop 20, limit 40'])
    await contract.dealt(ig.orders.amend({ ...amended, stop: points(25), limit: null }))
    expect(await ig.orders.list()).toMatchObject([{ dealId: id, isGuaranteed: false }])
    expect((await ig.orders.list()).map(legs)).toEqual(['1.082 x 1, stop 25, limit -'])
    const goodTill = { atMs: START_MS + 86_400_000 }
    await contract.dealt(
      ig.orders.amend({ ...amended, kind: 'stop', ...level('1.086'), goodTill, stop: null, limit: null }),
    )
    expect(await ig.orders.list()).toMatchObject([{ kind: 'stop', timeInForce: 'good-till-date' }])
    expect((await ig.orders.list()).map(legs)).toEqual(['1.086 x 1, stop -, limit -'])
  })
})

describe('taking back', () => {
  it('leaves nothing', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    const id = await place(contract, belowTheMarket)
    const cancelled = await contract.dealt(ig.orders.cancel(id))
    expect(cancelled.dealIds).toEqual([id])
    expect(cancelled.confirm?.outcome).toMatchObject({ status: 'deleted' })
    expect(await ig.orders.list()).toEqual([])
    expect(broker.dealingRequests().map(request => request.method)).toEqual(['POST', 'DELETE'])
  })
})

describe('resting', () => {
  it('ends when the market reaches the level: then it is a position with its legs, under a deal id of its own', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    const id = await place(contract, { ...belowTheMarket, stop: points(20), limit: points(40) })
    broker.injectTick(EURUSD, '1.08301', '1.08307')
    expect(await ig.positions.list()).toEqual([])
    broker.injectTick(EURUSD, '1.08293', '1.08299')
    expect(await ig.orders.list()).toEqual([])
    const [position] = await ig.positions.list()
    expect(position).toMatchObject({ direction: 'BUY', dealReference: 'contract-1' })
    expect(position?.dealId).not.toBe(id)
    expect([position?.level, position?.stopLevel, position?.limitLevel].map(String)).toEqual([
      '1.08299',
      '1.08099',
      '1.08699',
    ])
  })

  it('first reduces what is open against it, when it nets', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    await contract.dealt(ig.positions.open(await contract.terms({ direction: 'SELL', size: new Decimal(3) })))
    await place(contract, { ...belowTheMarket, isNetting: true })
    broker.injectTick(EURUSD, '1.08293', '1.08299')
    expect((await ig.positions.list()).map(({ direction, size }) => `${direction} ${size}`)).toEqual(['SELL 2'])
  })

  it('ends when its time has come', async () => {
    await using contract = await startContract()
    const { ig } = contract
    await place(contract, { ...belowTheMarket, goodTill: { atMs: START_MS + 60_000 } })
    await contract.pass(59_000)
    expect(await ig.orders.list()).toHaveLength(1)
    await contract.pass(2_000)
    expect(await ig.orders.list()).toEqual([])
    expect(await ig.positions.list()).toEqual([])
  })
})

it('exercises every route of working orders', () => {
  expect(notExercised('orders')).toEqual([])
})

type Placed = Pick<PlaceOrder, 'kind' | 'level' | 'goodTill'> & Pick<PlaceOrder, 'isNetting' | 'stop' | 'limit'>

async function place(contract: Contract, order: Placed): Promise<DealId> {
  const terms = await contract.terms()
  const { isNetting, stop, limit, ...placed } = order
  const legs = { ...(stop === undefined ? {} : { stop }), ...(limit === undefined ? {} : { limit }) }
  const whole: PlaceOrder = isNetting ? { ...terms, ...placed, isNetting } : { ...terms, ...placed, ...legs }
  const [id] = (await contract.dealt(contract.ig.orders.place(whole))).dealIds
  if (id === undefined) throw new Error('expected a deal id')
  return id
}

function legs({ level, size, stopDistancePoints, limitDistancePoints }: WorkingOrder): string {
  const leg = (distance: Decimal | null): string => distance?.toFixed() ?? '-'
  return `${level?.toFixed()} x ${size?.toFixed()}, stop ${leg(stopDistancePoints)}, limit ${leg(limitDistancePoints)}`
}
