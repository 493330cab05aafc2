import { describe, expect, it } from 'vitest'
import type { Quote } from '../quote.ts'
import { EURUSD, startContract } from '../testing/contract-broker.ts'
import { startNoWebSocket } from '../testing/no-web-socket.ts'
import type { TradeEvent } from '../trade-event.ts'

describe('where a WebSocket cannot be had', () => {
  async function started() {
    const contract = await startContract()
    const proxy = await startNoWebSocket(contract.broker)
    const ig = await contract.connect({ environment: proxy.url })
    const statuses: string[] = []
    const quotes: Quote[] = []
    const trades: TradeEvent[] = []
    ig.stream.onStatus(status => statuses.push(status.kind === 'live' ? status.continuity : status.kind))
    ig.stream.prices([await ig.markets.get(EURUSD)], quote => quotes.push(quote))
    ig.stream.trades(event => trades.push(event))
    await contract.comes('both', () => quotes.length > 0 && trades.length > 0)
    return { contract, proxy, ig, statuses, quotes, trades }
  }

  it('the stream comes over HTTP: prices, and the confirm of an order', async () => {
    const { contract, proxy, ig, quotes, trades, statuses } = await started()
    await using _proxy = proxy
    await using _ = contract
    expect(proxy.refused()).toBe(1)
    expect(statuses.at(-1)).toBe('new')
    contract.broker.injectTick(EURUSD, '1.08499', '1.08505')
    await contract.comes('the price', () => quotes.at(-1)?.bidUnits === 108_499)
    const sent = await ig.positions.open(await contract.terms())
    if (sent.kind !== 'acknowledged') throw new Error(`expected an acknowledgement, but got ${sent.kind}`)
    const confirmed = await contract.comes('the confirm', () =>
      trades.flatMap(event => (event.kind === 'confirm' ? [event.confirm] : [])).at(0),
    )
    expect(confirmed).toMatchObject({ reference: sent.reference, outcome: { kind: 'accepted' } })
    expect(ig.stream.usage.open).toBe(2)
  })

  it('a break is recovered over HTTP, without a loss', async () => {
    const { contract, proxy, quotes, statuses } = await started()
    await using _proxy = proxy
    await using _ = contract
    contract.broker.faults.dropStream()
    contract.broker.injectTick(EURUSD, '1.08499', '1.08505')
    await contract.comes('the price', () => quotes.at(-1)?.bidUnits === 108_499)
    expect(statuses).toContain('recovered')
    expect(statuses).not.toContain('replaced')
    expect(quotes.every(quote => quote.gap === null)).toBe(true)
  })

  it('closing ends the session at the broker', async () => {
    const { contract, proxy, ig } = await started()
    await using _proxy = proxy
    await using _ = contract
    expect(contract.broker.streams()).toHaveLength(1)
    await contract.inTime(ig.close())
    await contract.comes('its end', () => contract.broker.streams().length === 0)
  })
})

it('a broker that speaks an older protocol only is spoken to in that', async () => {
  await using contract = await startContract({ broker: { streaming: { newestTlcp: '2.3' } } })
  const quotes: Quote[] = []
  contract.ig.stream.prices([EURUSD], quote => quotes.push(quote))
  await contract.comes('a price', () => quotes.length > 0)
  expect(quotes[0]).toMatchObject({ bidUnits: 108_417, session: 1 })
})
