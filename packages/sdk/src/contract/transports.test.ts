import { waitFor } from '@scalpdesk/testkit'
import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { accountId } from '../ids.ts'
import type { ConnectOptions } from '../ig.ts'
import { EURUSD, startContract } from '../testing/contract-broker.ts'
import type { TradeEvent } from '../trade-event.ts'
import { fetchTransport } from '../transport/fetch-transport.ts'

const one = new Decimal(1)
const TRANSPORTS: readonly (readonly [string, Partial<ConnectOptions>])[] = [
  ['our own connections', {}],
  ['the global fetch', { transport: fetchTransport() }],
]

describe.each(TRANSPORTS)('over %s', (_what, connect) => {
  it('reads, streams, deals, changes, closes and reports', async () => {
    await using contract = await startContract({ connect })
    const { ig, broker } = contract
    const trades: TradeEvent[] = []
    ig.stream.trades(event => trades.push(event))
    await waitFor('the stream', () => trades.some(event => event.kind === 'feed'))
    const stop = { distancePoints: new Decimal(20) }
    const [id] = (await contract.dealt(ig.positions.open({ ...(await contract.terms()), stop }))).dealIds
    if (id === undefined) throw new Error('expected a deal id')
    await contract.dealt(ig.positions.amend({ dealId: id, stopLevel: new Decimal('1.083'), limitLevel: null }))
    expect((await ig.positions.get(id))?.stopLevel?.toFixed()).toBe('1.083')
    // A POST that says of itself that it is a DELETE, with a body.
    await contract.dealt(ig.positions.close({ dealId: id, direction: 'SELL', size: one }))
    expect(broker.orders().map(order => order.method)).toEqual(['POST', 'DELETE'])
    expect((await Array.fromAsync(ig.history.activityOn('2026-06-17'))).length).toBe(3)
    expect((await Array.fromAsync(ig.history.transactionsOn('2026-06-17'))).length).toBe(1)
  })

  it('places, changes and cancels a working order', async () => {
    await using contract = await startContract({ connect })
    const { ig, broker } = contract
    const resting = { kind: 'limit', level: new Decimal('1.083'), goodTill: 'cancelled' } as const
    const [id] = (await contract.dealt(ig.orders.place({ ...(await contract.terms()), ...resting }))).dealIds
    if (id === undefined) throw new Error('expected a deal id')
    await contract.dealt(
      ig.orders.amend({ dealId: id, ...resting, level: new Decimal('1.082'), stop: null, limit: null }),
    )
    await contract.dealt(ig.orders.cancel(id))
    expect(broker.dealingRequests().map(request => request.method)).toEqual(['POST', 'PUT', 'DELETE'])
  })

  it('a lost reply is unknown, was sent once, and is settled', async () => {
    await using contract = await startContract({ connect })
    const { ig, broker } = contract
    broker.faults.loseNextReply('open')
    const sent = await ig.positions.open(await contract.terms())
    expect(sent.kind).toBe('unknown')
    expect((await contract.settled(sent)).kind).toBe('accepted')
    expect(broker.orders()).toHaveLength(1)
  })

  it('a read is repeated after a lost reply and after a 504', async () => {
    await using contract = await startContract({ connect })
    const { ig, broker } = contract
    broker.faults.loseNextReply('/markets/')
    broker.faults.gatewayTimeoutAfterAccept('/markets/')
    expect((await contract.inTime(ig.markets.get(EURUSD))).epic).toBe(EURUSD)
    expect(broker.requests().filter(({ path }) => path.startsWith('/markets/'))).toHaveLength(3)
  })

  it('bytes, names with spaces, and a switch of accounts', async () => {
    await using contract = await startContract({ connect })
    const { ig } = contract
    const { bid, offer } = await ig.markets.get(EURUSD)
    if (bid === null || offer === null) throw new Error('expected a price')
    const asked = { bid, offer, currency: 'USD', reference: contract.reference(), size: one, epic: EURUSD }
    const { quoteReference } = await ig.costs.ofOpening(asked)
    const bytes = await ig.costs.document(quoteReference ?? '')
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-')
    expect((await ig.watchlists.markets('Popular Markets')).length).toBeGreaterThan(0)
    await ig.session.switchAccount(accountId('MOCK2'))
    expect((await ig.session.read()).accountId).toBe('MOCK2')
  })

  it('an abort ends a read that hangs', async () => {
    await using contract = await startContract({ connect })
    const { ig, broker } = contract
    broker.faults.slowReply(3_600_000, '/markets/')
    const stop = new AbortController()
    const read = ig.markets.get(EURUSD, { signal: stop.signal })
    await waitFor('the request', () => broker.requests().some(({ path }) => path.startsWith('/markets/')))
    stop.abort()
    await expect(read).rejects.toMatchObject({ name: 'TransportError', code: 'aborted' })
  })
})
