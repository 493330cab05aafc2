import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { PUBLISHED_LIMITS } from '../allowance/allowance-budget.ts'
import { type Contract, type ContractOptions, EURUSD, startContract } from '../testing/contract-broker.ts'

const ENFORCED: ContractOptions = { broker: { allowances: 'ig' } }
const SMALL = { keyPerMinute: 20, tradingPerMinute: 10, dataPerMinute: 12, pointsPerWeek: 10_000 }
const KEPT: ContractOptions = { broker: { allowances: 'ig' }, connect: { allowances: SMALL } }
const one = new Decimal(1)

describe('an allowance that the connection keeps', () => {
  it('makes reads wait for the minute, and IG never has to refuse one', async () => {
    await using contract = await startContract({ ...ENFORCED, connect: { allowances: 'published' } })
    const { ig, clock } = contract
    const reads = Promise.all(Array.from({ length: 70 }, () => ig.markets.get(EURUSD, { waitWithinMs: 600_000 })))
    expect((await contract.inTime(reads)).length).toBe(70)
    expect(refusals(contract)).toEqual([])
    expect(contract.events.some(event => event.kind === 'allowance-wait')).toBe(true)
    expect(clock.monotonicMs()).toBeGreaterThan(60_000)
  })

  it('fails a read that would wait longer than it may, and says when to ask again', async () => {
    await using contract = await startContract(KEPT)
    const { ig, clock, broker } = contract
    while (ig.allowances.waitMs('data') === 0) await ig.markets.get(EURUSD)
    const before = broker.requests().length
    const attempt = ig.markets.get(EURUSD, { waitWithinMs: 1000 })
    await expect(attempt).rejects.toMatchObject({ name: 'AllowanceError', code: 'allowance-wait' })
    const { retryAtMs } = await attempt.catch(error => error)
    expect(broker.requests()).toHaveLength(before)
    await contract.pass(retryAtMs - clock.monotonicMs())
    expect((await ig.markets.get(EURUSD, { waitWithinMs: 0 })).epic).toBe(EURUSD)
  })

  it('holds back what opens or edits, and lets out what closes, and its settling', async () => {
    await using contract = await startContract(KEPT)
    const { ig, broker } = contract
    const terms = await contract.terms()
    const resting = { kind: 'limit', level: new Decimal('1.08'), goodTill: 'cancelled' } as const
    const placed = await contract.dealt(ig.orders.place({ ...terms, ...resting }))
    let sent = await ig.positions.open({ ...terms, reference: contract.reference() })
    while (sent.kind === 'acknowledged') sent = await ig.positions.open({ ...terms, reference: contract.reference() })
    expect(sent).toMatchObject({ kind: 'unsent', cause: { name: 'AllowanceError', code: 'allowance-wait' } })
    const open = broker.positions()
    expect(open.length).toBeGreaterThan(5)

    const [order] = placed.dealIds
    if (order === undefined) throw new Error('expected the deal id of the order')
    expect(await ig.orders.cancel(order)).toMatchObject({ kind: 'unsent' })
    const size = new Decimal(open.length)
    const { market } = terms
    const closed = await ig.positions.close({ market, direction: 'SELL', size })
    expect(closed.kind).toBe('acknowledged')
    expect((await contract.settled(closed)).kind).toBe('accepted')
    expect(broker.positions()).toEqual([])
    expect(refusals(contract)).toEqual([])
  })

  it('keeps a part for what gets out: a cancel that is said to be a part of it goes', async () => {
    await using contract = await startContract(KEPT)
    const { ig, broker } = contract
    const terms = await contract.terms()
    const resting = { kind: 'limit', level: new Decimal('1.08'), goodTill: 'cancelled' } as const
    const [order] = (await contract.dealt(ig.orders.place({ ...terms, ...resting }))).dealIds
    for (let sent = 'acknowledged'; sent === 'acknowledged'; ) {
      sent = (await ig.positions.open({ ...terms, reference: contract.reference() })).kind
    }
    if (order === undefined) throw new Error('expected the deal id of the order')
    await contract.dealt(ig.orders.cancel(order, { isExit: true }))
    expect(broker.workingOrders()).toEqual([])
  })

  it('shows what is used, and takes the limits that IG tells', async () => {
    await using contract = await startContract({ connect: { allowances: 'published' } })
    const { ig } = contract
    await contract.inTime(ig.positions.list())
    await ig.positions.open(await contract.terms())
    const view = ig.allowances.view()
    expect(view).toMatchObject({ origin: 'learned', pointsPerWeek: PUBLISHED_LIMITS.pointsPerWeek })
    expect([view.key.limit, view.trading.limit, view.data.limit]).toEqual([60, 100, 30])
    expect([view.trading.used, view.data.used]).toEqual([1, dataCalls(contract)])
  })
})

describe('an allowance that IG says is used up', () => {
  it.each([
    ['api-key', 'error.public-api.exceeded-api-key-allowance'],
    ['account', 'error.public-api.exceeded-account-allowance'],
  ] as const)('(%s) makes a read wait, and then it is read', async (kind, code) => {
    await using contract = await startContract()
    const { ig, broker, clock } = contract
    const before = clock.monotonicMs()
    broker.faults.exceedAllowance(kind)
    expect((await contract.inTime(ig.markets.get(EURUSD))).epic).toBe(EURUSD)
    expect(refusals(contract)).toEqual([code])
    expect(clock.monotonicMs() - before).toBeGreaterThanOrEqual(10_000)
  })

  it('(trading) rejects the order, holds the next back, and lets the close go', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    const terms = await contract.terms()
    const [id] = (await contract.dealt(ig.positions.open(terms))).dealIds
    broker.faults.exceedAllowance('account-trading')
    const refused = await ig.positions.open({ ...terms, reference: contract.reference() })
    expect(refused).toMatchObject({ kind: 'rejected', code: 'error.public-api.exceeded-account-trading-allowance' })
    const held = await ig.positions.open({ ...terms, reference: contract.reference() })
    expect(held).toMatchObject({ kind: 'unsent', cause: { name: 'AllowanceError' } })
    if (id === undefined) throw new Error('expected a deal id')
    await contract.dealt(ig.positions.close({ dealId: id, direction: 'SELL', size: one }))
    await contract.pass(10_000)
    await contract.dealt(ig.positions.open({ ...terms, reference: contract.reference() }))
    expect(broker.orders()).toHaveLength(4)
  })

  it('for a write is an error at once: it is not sent again', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    broker.faults.exceedAllowance('account')
    const attempt = ig.watchlists.create({ name: 'Mine' })
    await expect(attempt).rejects.toMatchObject({ name: 'AllowanceError', retryAtMs: expect.any(Number) })
    expect(broker.requests().filter(({ path }) => path === '/watchlists')).toHaveLength(1)
  })
})

function refusals({ events }: Contract): readonly string[] {
  return events.flatMap(event => (event.kind === 'allowance-refused' ? [event.code] : []))
}

function dataCalls({ broker }: Contract): number {
  return broker.requests().length - broker.dealingRequests().length
}
