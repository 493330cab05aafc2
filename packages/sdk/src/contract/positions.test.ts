import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { dealId, dealReference, epic } from '../ids.ts'
import type { Position } from '../position.ts'
import { type Contract, DAX, EURUSD, START_MS, startContract } from '../testing/contract-broker.ts'
import { notExercised } from '../testing/contract-routes.ts'

const one = new Decimal(1)

describe('opening', () => {
  it('at the market deals at the offer, or at the bid when it sells', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    const bought = await contract.dealt(ig.positions.open(await contract.terms()))
    const sold = await contract.dealt(ig.positions.open(await contract.terms({ direction: 'SELL' })))
    expect([bought.level?.toFixed(), sold.level?.toFixed(), bought.size?.toFixed()]).toEqual([
      '1.08423',
      '1.08417',
      '1',
    ])
    expect(bought).toMatchObject({ evidence: 'confirm', reference: 'contract-1' })
    expect(broker.dealingRequests()).toHaveLength(2)
    const [first, second] = await ig.positions.list()
    expect(first).toMatchObject({
      dealId: bought.dealIds[0],
      dealReference: 'contract-1',
      epic: EURUSD,
      marketName: 'EUR/USD',
      direction: 'BUY',
      currency: 'USD',
      expiry: '-',
      stopLevel: null,
      limitLevel: null,
      trailingStop: null,
      isGuaranteed: false,
      createdAtMs: START_MS,
      marketState: 'tradeable',
    })
    expect([first?.level, first?.size, first?.contractSize, first?.bid].map(String)).toEqual([
      '1.08423',
      '1',
      '100000',
      '1.08417',
    ])
    expect(second).toMatchObject({ direction: 'SELL', dealId: sold.dealIds[0] })
  })

  it('at a limit deals at that level or a better one, or not at all', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const atLimit = { kind: 'limit', level: new Decimal('1.08430') } as const
    const dealt = await contract.dealt(ig.positions.open({ ...(await contract.terms()), ...atLimit }))
    expect(dealt.level?.toFixed()).toBe('1.08423')
    const tooLow = { kind: 'limit', level: new Decimal('1.08420') } as const
    const sent = ig.positions.open({ ...(await contract.terms()), ...tooLow })
    expect(await contract.settled(sent)).toMatchObject({ kind: 'rejected', reason: 'LIMIT_ORDER_WRONG_SIDE_OF_MARKET' })
  })

  it('takes what there is at a price, when told to, and otherwise all or nothing', async () => {
    await using contract = await startContract({ broker: { cash: '9000000' } })
    const { ig } = contract
    // 100 stand at 1.08423, the next 100 two units further out.
    const level = new Decimal('1.08424')
    const large = { ...(await contract.terms({ size: new Decimal(101) })), kind: 'limit', level } as const
    const whole = await contract.settled(ig.positions.open(large))
    expect(whole).toMatchObject({ kind: 'rejected', reason: 'ORDER_SIZE_CANNOT_BE_FILLED' })
    const reference = contract.reference()
    const part = ig.positions.open({ ...large, reference, timeInForce: 'execute-and-eliminate' })
    expect((await contract.dealt(part)).size?.toFixed()).toBe('100')
  })

  it('keeps every digit of a size and of a level', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    const size = new Decimal('0.123456789012')
    const sent = ig.positions.open({ ...(await contract.terms({ size })), kind: 'limit', level: new Decimal('1.0843') })
    expect(await contract.settled(sent)).toMatchObject({ kind: 'rejected', reason: 'SIZE_INCREMENT' })
    expect(broker.orders()[0]?.body).toMatchObject({ size: 0.123456789012, level: 1.0843 })
  })

  it('against what is open reduces it first when it nets, oldest first, and opens the rest', async () => {
    await using contract = await startContract()
    const { ig } = contract
    for (const size of [1, 2])
      await contract.dealt(ig.positions.open(await contract.terms({ size: new Decimal(size) })))
    const sell = await contract.terms({ direction: 'SELL', size: new Decimal('1.5') })
    await contract.dealt(ig.positions.open({ ...sell, isNetting: true }))
    expect((await ig.positions.list()).map(shown)).toEqual(['BUY 1.5'])
    const more = await contract.terms({ direction: 'SELL', size: new Decimal(2) })
    await contract.dealt(ig.positions.open({ ...more, isNetting: true }))
    expect((await ig.positions.list()).map(shown)).toEqual(['SELL 0.5'])
  })
})

describe('closing', () => {
  it('a part leaves the rest under its deal id, and the whole leaves nothing', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    const opened = await contract.dealt(ig.positions.open(await contract.terms({ size: new Decimal(3) })))
    const [id] = opened.dealIds
    if (id === undefined) throw new Error('expected a deal id')
    broker.injectTick(EURUSD, '1.08523', '1.08529')
    const part = await contract.dealt(ig.positions.close({ dealId: id, direction: 'SELL', size: one }))
    expect(part.confirm?.outcome).toMatchObject({ kind: 'accepted', status: 'partially-closed' })
    expect((await ig.positions.get(id))?.size.toFixed()).toBe('2')
    const rest = await contract.dealt(ig.positions.close({ dealId: id, direction: 'SELL', size: new Decimal(2) }))
    expect(rest.level?.toFixed()).toBe('1.08523')
    const outcome = rest.confirm?.outcome
    if (outcome?.kind !== 'accepted') throw new Error('expected a confirm that accepts')
    // 10 points of 10 dollars, twice.
    expect([outcome.status, outcome.profit?.toFixed(2), outcome.profitCurrency]).toEqual(['closed', '200.00', 'USD'])
    expect(outcome.affected).toEqual([{ dealId: id, status: 'fully-closed' }])
    expect(await ig.positions.get(id)).toBeNull()
    expect(broker.orders().map(order => order.method)).toEqual(['POST', 'DELETE', 'DELETE'])
  })

  it('by the market closes what is opposite, oldest first, and leaves other markets alone', async () => {
    await using contract = await startContract()
    const { ig } = contract
    for (const size of [1, 2])
      await contract.dealt(ig.positions.open(await contract.terms({ size: new Decimal(size) })))
    await contract.dealt(ig.positions.open(await contract.terms({ epic: DAX })))
    const market = await ig.markets.get(EURUSD)
    const size = new Decimal(2)
    const closed = await contract.dealt(ig.positions.close({ market, direction: 'SELL', size }))
    expect(closed.dealIds).toHaveLength(2)
    expect((await ig.positions.list()).map(position => `${position.epic} ${shown(position)}`)).toEqual([
      `${EURUSD} BUY 1`,
      `${DAX} BUY 1`,
    ])
  })

  it('at a limit that the market is not at is refused', async () => {
    await using contract = await startContract()
    const { ig } = contract
    const [id] = (await contract.dealt(ig.positions.open(await contract.terms()))).dealIds
    if (id === undefined) throw new Error('expected a deal id')
    const close = { dealId: id, direction: 'SELL', size: one } as const
    const sent = ig.positions.close({ ...close, kind: 'limit', level: new Decimal('1.09') })
    expect((await contract.settled(sent)).kind).toBe('rejected')
    expect(
      (await contract.dealt(ig.positions.close({ ...close, kind: 'limit', level: new Decimal('1.08') }))).level,
    ).toEqual(new Decimal('1.08417'))
  })
})

describe('a confirm', () => {
  it('is not there before the deal, then for a minute, and not any more', async () => {
    await using contract = await startContract({ broker: { delays: { acknowledgeMs: 0, confirmMs: 500 } } })
    const { ig } = contract
    const { reference, ...terms } = await contract.terms()
    const sent = await ig.positions.open({ reference, ...terms })
    expect(sent).toMatchObject({ kind: 'acknowledged', reference })
    expect(await ig.confirms.find(reference)).toBeNull()
    await contract.pass(500)
    expect(await ig.confirms.find(reference)).toMatchObject({
      reference,
      epic: EURUSD,
      direction: 'BUY',
      dateMs: START_MS + 500,
      outcome: { kind: 'accepted', status: 'open', isGuaranteed: false, isTrailing: false, expiry: '-' },
    })
    await contract.pass(60_000)
    expect(await ig.confirms.find(reference)).toBeNull()
    expect(await ig.confirms.find(dealReference('never-sent'))).toBeNull()
  })
})

describe('the window for repeated deals', () => {
  it('holds what was dealt in the last half minute, by market and direction', async () => {
    await using contract = await startContract()
    const { ig, clock } = contract
    await contract.dealt(ig.positions.open(await contract.terms({ size: new Decimal('1.5') })))
    const dealtAtMs = clock.nowMs()
    await contract.pass(10_000)
    await contract.dealt(ig.positions.open(await contract.terms({ direction: 'SELL' })))
    await contract.dealt(ig.positions.open(await contract.terms({ epic: DAX })))
    const window = await ig.repeatDealing.window(EURUSD)
    expect(window).toMatchObject({ accountId: ig.account.id, atMs: clock.nowMs() })
    expect(window.entries).toMatchObject([{ instrument: EURUSD, source: 'E', currencies: [{ currency: 'USD' }] }])
    const [currency] = window.entries[0]?.currencies ?? []
    expect(currency?.buys.map(deal => deal.size.toFixed())).toEqual(['1.5'])
    expect(currency?.sells.map(deal => deal.size.toFixed())).toEqual(['1'])
    expect(currency?.buys[0]?.countsUntilMs).toBe(dealtAtMs + 30_000)
    expect((await ig.repeatDealing.window()).entries.map(entry => entry.instrument)).toEqual([EURUSD, DAX])
    await contract.pass(30_000)
    expect((await ig.repeatDealing.window()).entries).toEqual([])
  })
})

describe('looking at one position', () => {
  it('is null for one that is not open', async () => {
    await using contract = await startContract()
    expect(await contract.ig.positions.get(dealId('DIAAAANOSUCHDEA'))).toBeNull()
  })

  it('shows what the list shows', async () => {
    await using contract = await startContract()
    const { ig } = contract
    await contract.dealt(ig.positions.open(await contract.terms({ epic: epic(DAX) })))
    const [position] = await ig.positions.list()
    expect(position && (await ig.positions.get(position.dealId))).toEqual(position)
  })
})

describe('changing the legs', () => {
  it('sets both, and removes what is null', async () => {
    await using contract = await startContract()
    const id = await openOne(contract)
    const { positions } = contract.ig
    const stopLevel = new Decimal('1.08300')
    await contract.dealt(positions.amend({ dealId: id, stopLevel, limitLevel: new Decimal('1.085') }))
    expect(legs(await positions.get(id))).toEqual(['1.083', '1.085'])
    await contract.dealt(positions.amend({ dealId: id, stopLevel: null, limitLevel: new Decimal('1.086') }))
    expect(legs(await positions.get(id))).toEqual([undefined, '1.086'])
  })
})

it('exercises every route of positions', () => {
  expect(notExercised('positions')).toEqual([])
})

async function openOne(contract: Contract) {
  const [id] = (await contract.dealt(contract.ig.positions.open(await contract.terms()))).dealIds
  if (id === undefined) throw new Error('expected a deal id')
  return id
}

function shown({ direction, size }: Position): string {
  return `${direction} ${size.toFixed()}`
}

function legs(position: Position | null): readonly (string | undefined)[] {
  return [position?.stopLevel?.toFixed(), position?.limitLevel?.toFixed()]
}
