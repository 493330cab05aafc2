import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { type Contract, startContract } from '../testing/contract-broker.ts'

/** A position, and the close of it. */
async function held({ dealt, terms, ig }: Contract) {
  const { dealIds } = await dealt(ig.positions.open(await terms()))
  return { dealId: dealIds[0]!, direction: 'SELL', size: new Decimal(1) } as const
}

/** A working order that rests far below the market. */
async function resting({ dealt, terms, reference, ig }: Contract) {
  const { market, direction, size } = await terms()
  const level = new Decimal('1.07')
  const order = {
    reference: reference(),
    market,
    kind: 'limit',
    direction,
    size,
    level,
    goodTill: 'cancelled',
  } as const
  const { dealIds } = await dealt(ig.orders.place(order))
  return dealIds[0]!
}

const signIns = ({ broker }: Contract): number =>
  broker.requests().filter(({ method, path }) => method === 'POST' && path === '/session').length

describe.each([
  ['tokens of version 2', 2, 'expireToken'],
  ['a token of version 3', 3, 'expireToken'],
  ['tokens of version 2, with the session', 2, 'restart'],
  ['a token of version 3, with the session', 3, 'restart'],
] as const)('%s that died right after the sign-in', (_what, sessionVersion, fault) => {
  it('cost a read nothing', async () => {
    await using contract = await startContract({ connect: { sessionVersion } })
    contract.broker.faults[fault]()
    expect(await contract.ig.positions.list()).toEqual([])
  })

  it('cost a close nothing: it is dealt once', async () => {
    await using contract = await startContract({ connect: { sessionVersion } })
    const { broker, ig } = contract
    const close = await held(contract)
    broker.faults[fault]()
    expect((await contract.settled(ig.positions.close(close))).kind).toBe('accepted')
    expect(broker.positions()).toEqual([])
    const answers = contract.events.filter(event => event.kind === 'response' && event.route.includes('/positions/otc'))
    // The opening; the close that was refused at the door, and then dealt.
    expect(answers).toMatchObject([{ status: 200 }, { status: 401 }, { status: 200 }])
    expect(broker.orders()).toHaveLength(3)
  })

  it('cost three closes at once one sign-in, and nothing else', async () => {
    await using contract = await startContract({ connect: { sessionVersion } })
    const { broker, ig } = contract
    const closes = [await held(contract), await held(contract), await held(contract)]
    broker.faults[fault]()
    const settled = await Promise.all(closes.map(close => contract.settled(ig.positions.close(close))))
    expect(settled.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted'])
    expect(broker.positions()).toEqual([])
    expect(signIns(contract)).toBeLessThanOrEqual(2)
  })

  it('cost a cancellation that gets out nothing', async () => {
    await using contract = await startContract({ connect: { sessionVersion } })
    const { broker, ig } = contract
    const dealId = await resting(contract)
    broker.faults[fault]()
    expect((await contract.settled(ig.orders.cancel(dealId, { isExit: true }))).kind).toBe('accepted')
    expect(broker.workingOrders()).toEqual([])
  })

  it('refuse an entry, which is not sent again; the next one deals', async () => {
    await using contract = await startContract({ connect: { sessionVersion } })
    const { broker, ig } = contract
    const terms = await contract.terms()
    broker.faults[fault]()
    expect((await ig.positions.open(terms)).kind).toBe('rejected')
    await contract.dealt(ig.positions.open(await contract.terms()))
    expect(broker.positions()).toHaveLength(1)
  })

  it('and again, and again: every close gets out, and signing in stays within bounds', async () => {
    await using contract = await startContract({ connect: { sessionVersion } })
    const { broker, ig } = contract
    for (let round = 0; round < 4; round++) {
      const close = await held(contract)
      await contract.pass(5_000)
      broker.faults[fault]()
      expect((await contract.settled(ig.positions.close(close))).kind).toBe('accepted')
    }
    expect(broker.positions()).toEqual([])
    expect(signIns(contract)).toBeLessThanOrEqual(5)
  })
})
