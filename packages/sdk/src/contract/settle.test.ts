import type { Faults } from '@scalpdesk/mock-broker'
import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import type { DealRequest } from '../deal-request.ts'
import type { DealId } from '../ids.ts'
import type { Sent } from '../submission.ts'
import { type Contract, startContract } from '../testing/contract-broker.ts'

const one = new Decimal(1)
const stopLevel = new Decimal('1.083')
const level = new Decimal('1.083')
const resting = { kind: 'limit', level, goodTill: 'cancelled' } as const

/** Each kind of request: what must be there before it, how it is sent, and whether the broker then shows it as done. */
interface Operation {
  readonly match: DealRequest['kind']
  readonly before: (contract: Contract) => Promise<DealId | null>
  readonly send: (contract: Contract, id: DealId) => Promise<Sent>
  readonly isDone: (contract: Contract) => boolean
}

const OPERATIONS: readonly Operation[] = [
  {
    match: 'open',
    before: async () => null,
    send: async ({ ig, terms }) => ig.positions.open(await terms()),
    isDone: ({ broker }) => broker.positions().length === 1,
  },
  {
    match: 'close',
    before: opened,
    send: ({ ig }, id) => ig.positions.close({ dealId: id, direction: 'SELL', size: one }),
    isDone: ({ broker }) => broker.positions().length === 0,
  },
  {
    match: 'amend',
    before: opened,
    send: ({ ig }, id) => ig.positions.amend({ dealId: id, stopLevel, limitLevel: null }),
    isDone: ({ broker }) => broker.positions()[0]?.position.stopLevel === 1.083,
  },
  {
    match: 'place-order',
    before: async () => null,
    send: async ({ ig, terms }) => ig.orders.place({ ...(await terms()), ...resting }),
    isDone: ({ broker }) => broker.workingOrders().length === 1,
  },
  {
    match: 'amend-order',
    before: placed,
    send: ({ ig }, id) =>
      ig.orders.amend({ dealId: id, ...resting, level: new Decimal('1.082'), stop: null, limit: null }),
    isDone: ({ broker }) => broker.workingOrders()[0]?.workingOrderData.orderLevel === 1.082,
  },
  {
    match: 'cancel-order',
    before: placed,
    send: ({ ig }, id) => ig.orders.cancel(id),
    isDone: ({ broker }) => broker.workingOrders().length === 0,
  },
]

/** What the reply suffers, while the deal is done. */
const REPLY_FAULTS = {
  'a lost reply': faults => faults.loseNextReply('dealing'),
  'a 504 although it was taken': faults => faults.gatewayTimeoutAfterAccept(),
  'an empty body': faults => faults.emptyBody(),
  'a page of HTML': faults => faults.htmlBody(),
  'a reply that comes too late': faults => faults.slowReply(15_000),
} as const satisfies Readonly<Record<string, (faults: Faults) => void>>

/** What the confirm suffers, while the deal is done. */
const CONFIRM_FAULTS = {
  'a confirm that comes late': faults => faults.confirmLate(20_000),
  'a confirm that never comes': faults => faults.confirmLost(),
  'a confirm that is answered 405': faults => faults.confirm405ThoughOpen(),
  'a confirm that is told twice': faults => faults.confirmTwice(),
  'a confirm that names another deal': faults => faults.confirmWrongId(),
} as const satisfies Readonly<Record<string, (faults: Faults) => void>>

describe.each(OPERATIONS)('settling, $match', operation => {
  it('agrees with the broker when nothing went wrong', async () => {
    await using contract = await startContract()
    const sent = await sendOne(contract, operation, () => {})
    expect(sent.kind).toBe('acknowledged')
    expect(await contract.settled(sent)).toMatchObject({ kind: 'accepted', evidence: 'confirm' })
    expectDoneOnce(contract, operation)
  })

  it.each(Object.entries(REPLY_FAULTS))(
    'after %s: unknown at first, then accepted, and sent once',
    async (_what, break_) => {
      await using contract = await startContract()
      const sent = await sendOne(contract, operation, break_)
      expect(sent.kind).toBe('unknown')
      expect(await contract.settled(sent)).toMatchObject({ kind: 'accepted' })
      expectDoneOnce(contract, operation)
    },
  )

  it.each(Object.entries(CONFIRM_FAULTS))('with %s: accepted, and sent once', async (_what, break_) => {
    await using contract = await startContract()
    const sent = await sendOne(contract, operation, break_)
    expect(sent.kind).toBe('acknowledged')
    expect(await contract.settled(sent)).toMatchObject({ kind: 'accepted' })
    expectDoneOnce(contract, operation)
  })

  it('with neither reply nor confirm: accepted, and sent once', async () => {
    await using contract = await startContract()
    const sent = await sendOne(contract, operation, faults => {
      faults.loseNextReply('dealing')
      faults.confirmLost()
    })
    expect(await contract.settled(sent)).toMatchObject({ kind: 'accepted' })
    expectDoneOnce(contract, operation)
  })

  it('after a 500 without a code, of a request that was not taken: never accepted', async () => {
    await using contract = await startContract()
    const sent = await sendOne(contract, operation, faults => faults.errorWithNullCode())
    expect(sent.kind).toBe('unknown')
    expect((await contract.settled(sent)).kind).toBe('unknown')
    expect([operation.isDone(contract), lastKinds(contract)]).toEqual([false, 1])
  })

  it('of a refusal, with its reply lost: rejected where the request has a name to ask by, else unknown', async () => {
    await using contract = await startContract()
    const sent = await sendOne(contract, operation, faults => {
      faults.rejectNext('MARKET_CLOSED')
      faults.loseNextReply('dealing')
    })
    const { kind } = await contract.settled(sent)
    expect(kind).toBe(sent.request.reference === null ? 'unknown' : 'rejected')
    expect([operation.isDone(contract), lastKinds(contract)]).toEqual([false, 1])
  })

  it('of a refusal for reasons that IG does not tell: rejected, once the lists agree', async () => {
    await using contract = await startContract()
    const sent = await sendOne(contract, operation, faults => faults.rejectNext('UNKNOWN'))
    expect(await contract.settled(sent)).toMatchObject({ kind: 'rejected', stage: 'dealing' })
    expect([operation.isDone(contract), lastKinds(contract)]).toEqual([false, 1])
  })
})

describe('settling', () => {
  it('the journal of an earlier run needs no more than the request', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    broker.faults.loseNextReply('open')
    const { request } = await ig.positions.open(await contract.terms())
    const journal = JSON.stringify(request)
    await ig.close()
    const next = await contract.connect()
    const settlement = await contract.inTime(next.settle(JSON.parse(journal)))
    expect(settlement).toMatchObject({ kind: 'accepted', reference: request.reference })
    expect(broker.orders()).toHaveLength(1)
  })

  it('a stop that the confirm names, but the position does not have, shows in the positions alone', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    broker.faults.openWithoutStop()
    const stop = { distancePoints: new Decimal(20) }
    const settlement = await contract.dealt(ig.positions.open({ ...(await contract.terms()), stop }))
    expect(settlement.confirm?.outcome).toMatchObject({ kind: 'accepted', stopLevel: new Decimal('1.08223') })
    expect((await ig.positions.list())[0]?.stopLevel).toBeNull()
  })

  it('after IG came back from its maintenance finds what was dealt before', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    broker.faults.loseNextReply('open')
    const sent = await ig.positions.open(await contract.terms())
    await contract.pass(61_000)
    broker.faults.restart()
    expect(await contract.settled(sent)).toMatchObject({ kind: 'accepted', evidence: 'position' })
    expect(broker.orders()).toHaveLength(1)
  })

  it('does not go by the broker’s clock where the order has a name', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    for (const jumpMs of [-600_000, 1_200_000]) {
      broker.faults.clockJump(jumpMs)
      broker.faults.loseNextReply('open')
      broker.faults.confirmLost('open')
      const sent = await ig.positions.open(await contract.terms())
      expect(await contract.settled(sent)).toMatchObject({ kind: 'accepted', evidence: 'position' })
    }
    expect(broker.orders()).toHaveLength(2)
  })

  it('names the deal that there is, although the confirm names another', async () => {
    await using contract = await startContract()
    contract.broker.faults.confirmWrongId('open')
    const { dealIds } = await contract.dealt(contract.ig.positions.open(await contract.terms()))
    expect(dealIds).toEqual(contract.broker.positions().map(({ position }) => position.dealId))
  })

  it('two orders alike keeps them apart', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    broker.faults.loseNextReply('open')
    broker.faults.loseNextReply('open')
    const orders = [await contract.terms(), await contract.terms()]
    const sent = await Promise.all(orders.map(order => ig.positions.open(order)))
    const ends = await Promise.all(sent.map(each => contract.settled(each)))
    const ids = ends.flatMap(end => (end.kind === 'accepted' ? end.dealIds : []))
    expect(ends.map(end => end.request.reference)).toEqual(orders.map(order => order.reference))
    expect(new Set(ids)).toEqual(new Set(broker.positions().map(({ position }) => position.dealId)))
  })

  it('ends as unknown when it is told to stop', async () => {
    await using contract = await startContract({ broker: { delays: { acknowledgeMs: 0, confirmMs: 30_000 } } })
    const { ig } = contract
    const sent = await ig.positions.open(await contract.terms())
    const stop = new AbortController()
    const settling = ig.settle(sent, { signal: stop.signal })
    await contract.pass(1_000)
    stop.abort()
    expect(await settling).toMatchObject({ kind: 'unknown', cause: { code: 'aborted' } })
  })
})

async function sendOne(contract: Contract, operation: Operation, break_: (faults: Faults) => void): Promise<Sent> {
  const id = (await operation.before(contract)) ?? ('' as DealId)
  await contract.pass(5_000)
  break_(contract.broker.faults)
  return contract.inTime(operation.send(contract, id))
}

function expectDoneOnce(contract: Contract, operation: Operation): void {
  expect([operation.isDone(contract), lastKinds(contract)]).toEqual([true, 1])
}

/** How many requests of the kind that was sent last have been sent; what came before them is of another kind. */
function lastKinds({ broker }: Contract): number {
  const kinds = broker.dealingRequests().map(({ method, path }) => `${method} ${path}`)
  return kinds.filter(kind => kind === kinds.at(-1)).length
}

async function opened(contract: Contract): Promise<DealId | null> {
  const { ig, terms } = contract
  return (await contract.dealt(ig.positions.open(await terms()))).dealIds[0] ?? null
}

async function placed(contract: Contract): Promise<DealId | null> {
  const { ig, terms } = contract
  return (await contract.dealt(ig.orders.place({ ...(await terms()), ...resting }))).dealIds[0] ?? null
}
