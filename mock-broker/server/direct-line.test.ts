import { manualClock } from '@scalpdesk/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import type { DirectAnswer, DirectLine } from './direct-line.ts'
import type { MockBroker } from './mock-broker.ts'
import { startMockBroker } from './start-mock-broker.ts'

/** A broker for a client in the same process. */

const open: MockBroker[] = []
afterEach(async () => {
  for (const broker of open.splice(0)) await broker.close()
})

async function unheard(options: Parameters<typeof startMockBroker>[0] = {}): Promise<MockBroker> {
  const broker = await startMockBroker({ seed: 7, listens: false, synthetic: 'still', ...options })
  open.push(broker)
  return broker
}

const HEADERS = { 'x-ig-api-key': 'mock-api-key', version: '2', 'content-type': 'application/json' }

function ask(
  direct: DirectLine,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Promise<DirectAnswer | null> {
  const request = {
    method,
    path: `/gateway/deal${path}`,
    headers: new Map(Object.entries({ ...HEADERS, ...headers })),
    body,
  }
  return new Promise(resolve => direct.request(request, resolve))
}

async function signIn({ direct }: MockBroker): Promise<Readonly<Record<string, string>>> {
  const answer = await ask(direct, 'POST', '/session', {}, '{"identifier":"mock","password":"mock"}')
  const headers = new Map(answer?.headers)
  return { cst: headers.get('CST') ?? '', 'x-security-token': headers.get('X-SECURITY-TOKEN') ?? '' }
}

describe('without sockets the broker', () => {
  it('answers as it does over them', async () => {
    const broker = await unheard()
    const answer = await ask(broker.direct, 'GET', '/positions', await signIn(broker))
    expect([answer?.status, answer?.content]).toEqual([200, '{"positions":[]}'])
    expect((await ask(broker.direct, 'GET', '/positions'))?.status).toBe(401)
  })

  it('is not to be reached from outside', async () => {
    const { url } = await unheard()
    await expect(fetch(`${url}/session`)).rejects.toThrow()
  })

  it('cuts the connection where a fault says so', async () => {
    const broker = await unheard()
    const tokens = await signIn(broker)
    broker.faults.loseReply('/accounts')
    expect(await ask(broker.direct, 'GET', '/accounts', { ...tokens, version: '1' })).toBeNull()
  })

  it('streams, and tells once when that is over', async () => {
    const broker = await unheard()
    const { cst = '', 'x-security-token': token = '' } = await signIn(broker)
    const told: string[] = []
    let closed = 0
    const stream = broker.direct.stream('TLCP-2.4.0.lightstreamer.com', {
      bytes: lines => void told.push(Buffer.from(lines).toString()),
      closed: () => closed++,
    })
    const password = encodeURIComponent(`CST-${cst}|XST-${token}`)
    stream.send(`create_session\r\nLS_cid=x&LS_user=MOCK1&LS_password=${password}&LS_adapter_set=DEFAULT`)
    await new Promise(resolve => setImmediate(() => setImmediate(resolve)))
    expect(told.join('')).toMatch(/^CONOK,/)
    broker.faults.dropStream()
    await Promise.resolve()
    stream.close()
    await Promise.resolve()
    expect(closed).toBe(1)
  })

  it('lets markets without a tape stand still at their first price', async () => {
    const clock = manualClock()
    const broker = await unheard({ clock })
    const bids = (): readonly (string | null)[] => broker.state().markets.map(({ bid }) => bid)
    const first = bids()
    clock.advance(60_000)
    await new Promise(resolve => setImmediate(resolve))
    expect(bids()).toEqual(first)
    expect(first.filter(bid => bid !== null).length).toBeGreaterThan(40)
  })
})
