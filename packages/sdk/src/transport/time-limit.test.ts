import { manualClock } from '@scalpdesk/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RudeServer, startRudeServer } from '../testing/rude-server.ts'
import { fetchTransport } from './fetch-transport.ts'
import { nodeTransport } from './node-transport.ts'
import type { HttpRequest, Transport, TransportFactory } from './transport.ts'

const order: HttpRequest = { method: 'POST', path: '/gateway/deal/positions/otc', headers: {}, body: '{"size":1}' }
const onWire = (): void => {}
const NO_TIMES = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 2 ** 31, 3e9]
/** Types end at run time. */
const OTHERS = JSON.parse('["1000", null, {}]') as number[]

describe.each<readonly [string, TransportFactory]>([
  ['over Node’s own sockets', nodeTransport],
  ['over fetch', fetchTransport()],
])('a time that is none, %s,', (_title, factory) => {
  let server: RudeServer
  let clock: ReturnType<typeof manualClock>
  let transport: Transport

  beforeEach(async () => {
    server = await startRudeServer()
    clock = manualClock()
    transport = factory({ base: server.url, clock })
    await transport.warm()
  })
  afterEach(async () => {
    await transport.close()
    expect(clock.pending).toBe(0)
    await server.close()
  })

  it.each([...NO_TIMES, ...OTHERS, 0])('leaves an order unsent whose timeout is %s', async timeoutMs => {
    const exchange = await transport.sendOrder(order, { timeoutMs, connectWithinMs: 100, onWire })
    expect(exchange).toMatchObject({
      kind: 'unsent',
      cause: { name: 'InvalidInputError', message: expect.stringMatching(/^expected timeoutMs .*, but got .*; /) },
    })
    expect(server.requests).toHaveLength(0)
  })

  it.each(NO_TIMES)('leaves an order unsent whose wait for a connection is %s', async connectWithinMs => {
    const exchange = await transport.sendOrder(order, { timeoutMs: 1_000, connectWithinMs, onWire })
    expect(exchange).toMatchObject({
      kind: 'unsent',
      cause: { name: 'InvalidInputError', message: expect.stringMatching(/^expected connectWithinMs /) },
    })
    expect(server.requests).toHaveLength(0)
  })

  it.each([...NO_TIMES, ...OTHERS, 0])('sends no read whose timeout is %s', async timeoutMs => {
    for (const isUrgent of [true, false]) {
      await expect(transport.send(order, { timeoutMs, isUrgent })).rejects.toMatchObject({ name: 'InvalidInputError' })
    }
    expect(server.requests).toHaveLength(0)
  })

  it('is neither the shortest nor the longest that is one', async () => {
    const longest = 2 ** 31 - 1
    const exchange = await transport.sendOrder(order, { timeoutMs: longest, connectWithinMs: 0, onWire })
    expect(exchange.kind).toBe('answered')
    expect((await transport.send(order, { timeoutMs: longest })).status).toBe(200)
    const brief = await transport.sendOrder(order, { timeoutMs: 1e9, connectWithinMs: longest, onWire })
    expect(brief.kind).toBe('answered')
  })
})
