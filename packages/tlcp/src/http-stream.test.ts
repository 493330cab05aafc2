import { manualClock, seededRandom, waitFor } from '@scalpdesk/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { httpDial } from './http-stream.ts'
import { FakeEndpoint } from './testing/fake-endpoint.ts'
import { openTlcp, type Tlcp, type TlcpOptions } from './tlcp-client.ts'
import { dialWebSocket } from './web-socket.ts'

// Transcripts T4, T7 and T12 of the protocol over real connections. TLCP specification, "HTTP transport".

let endpoint: FakeEndpoint
let client: Tlcp | null
const clock = manualClock()

beforeEach(async () => {
  endpoint = await FakeEndpoint.open()
  client = null
})

afterEach(async () => {
  const closed = client?.close()
  clock.advance(500)
  await closed
  await endpoint.close()
})

function open(options: Partial<TlcpOptions> = {}): { client: Tlcp; rows: string[]; statuses: string[] } {
  const rows: string[] = []
  const statuses: string[] = []
  const opened = openTlcp({
    server: endpoint.url,
    clock,
    random: seededRandom(1),
    dial: dialWebSocket,
    dialHttp: httpDial(),
    ...options,
  })
  client = opened
  opened.onStatus(status => statuses.push(status.kind === 'live' ? `live ${status.continuity}` : status.kind))
  opened.subscribe(
    { mode: 'MERGE', items: ['ONE'], fields: ['NAME'], isSnapshotWanted: true },
    { update: row => rows.push(row.value(0) ?? 'null') },
  )
  endpoint.server.rowsFor = subId => [`U,${subId},1,first é`]
  return { client: opened, rows, statuses }
}

describe('HTTP streaming', () => {
  it('creates, subscribes, beats, limits and says goodbye, each by a request of its own', async () => {
    const { client, rows, statuses } = open({ transport: 'http-streaming' })
    await waitFor('the snapshot', () => rows.length === 1)
    expect(rows).toEqual(['first é'])
    expect(client.session).toMatchObject({ transport: 'http-streaming', version: '2.4.0', serverName: 'fake' })
    client.limitBandwidth(40)
    await waitFor('the limit', () => client.session?.bandwidth === 40)
    clock.advance(2_500)
    await waitFor('a heartbeat', () => endpoint.paths.includes('heartbeat'))
    expect(statuses).toEqual(['connecting', 'live new', 'stalled'])
    await client.close()
    expect(endpoint.server.sessions.size).toBe(0)
    expect(endpoint.paths).toEqual(['create_session', 'control', 'control', 'heartbeat', 'control'])
    const [create, add, constrain] = endpoint.server.requests
    expect(create?.parameters.get('LS_content_length')).toBe('50000000')
    expect(add?.parameters.get('LS_session')).toBe('S1')
    expect(constrain?.parameters.get('LS_op')).toBe('constrain')
  })

  it('binds again when the content length is used up, and keeps the cookies', async () => {
    const { rows, statuses } = open({ transport: 'http-streaming' })
    await waitFor('the snapshot', () => rows.length === 1)
    clock.advance(1_500)
    endpoint.server.say('PROBE')
    for (const session of endpoint.server.sessions.values()) {
      const { link } = session
      endpoint.server.loop(session)
      link?.end()
    }
    await waitFor('the loop', () => statuses.includes('connecting') && statuses.length > 2)
    clock.advance(1_000)
    await waitFor('the session', () => statuses.at(-1) === 'live preserved')
    endpoint.server.push(['U,1,1,second'])
    await waitFor('a row', () => rows.length === 2)
    expect(rows).toEqual(['first é', 'second'])
    expect(endpoint.cookies.slice(0, 2)).toEqual([undefined, 'machine=create_session'])
  })
})

describe('where a WebSocket cannot be had', () => {
  it('goes over to HTTP at once, says why, and back to WebSocket at the next bind', async () => {
    endpoint.upgradeStatus = 503
    const { client, rows, statuses } = open()
    await waitFor('the refusal', () => client.status.kind === 'waiting')
    expect(client.status).toMatchObject({
      kind: 'waiting',
      cause: { text: 'the server answered HTTP 503 instead of opening a WebSocket' },
    })
    clock.advance(100)
    await waitFor('the snapshot', () => rows.length === 1)
    expect(client.session?.transport).toBe('http-streaming')
    endpoint.upgradeStatus = null
    client.rebind()
    await waitFor('the loop', () => statuses.length > 4)
    clock.advance(1_000)
    await waitFor('the session', () => statuses.at(-1) === 'live preserved')
    expect(client.session?.transport).toBe('websocket-streaming')
  })

  it('and no fallback is given: tries the next older version when it is the version that is refused', async () => {
    endpoint.upgradeStatus = 400
    const { client, rows } = open({ transport: 'websocket', version: '2.5.0' })
    await waitFor('the refusal', () => client.status.kind === 'waiting')
    endpoint.upgradeStatus = null
    clock.advance(1_000)
    await waitFor('the snapshot', () => rows.length === 1)
    expect(endpoint.protocols).toEqual(['TLCP-2.4.0.lightstreamer.com'])
  })
})

it('steps down a version that the server refuses with 65, over either transport', async () => {
  endpoint.server.refuses = protocol => protocol.includes('2.5.0') || protocol.includes('2.4.0')
  for (const transport of ['websocket-streaming', 'http-streaming'] as const) {
    const { client, rows } = open({ transport, version: '2.5.0' })
    for (let attempt = 0; attempt < 2; attempt++) {
      await waitFor('the refusal', () => client.status.kind === 'waiting')
      clock.advance(1_000)
      await waitFor('the next attempt', () => client.status.kind !== 'connecting')
    }
    await waitFor('the snapshot', () => rows.length === 1)
    expect(client.session?.version).toBe('2.3.0')
    const closed = client.close()
    clock.advance(500)
    await closed
  }
})

it('pings a WebSocket that is silent, and takes the answer for a sign of life', async () => {
  endpoint.server.keepaliveMs = 60_000
  const { rows, statuses } = open({ transport: 'websocket' })
  await waitFor('the snapshot', () => rows.length === 1)
  for (let second = 1; second <= 20; second++) {
    clock.advance(1_000)
    await waitFor('a ping', () => endpoint.pings >= second)
    endpoint.server.push([`U,1,1,${second}`])
    await waitFor('a row', () => rows.length === second + 1)
  }
  expect(statuses).toEqual(['connecting', 'live new'])
})

describe.each(['websocket-polling', 'http-polling'] as const)('%s', transport => {
  it('goes from poll to poll in silence, and says goodbye', async () => {
    const { client, rows, statuses } = open({ transport })
    await waitFor('the snapshot', () => rows.length === 1)
    for (let second = 0; second < 5; second++) {
      endpoint.server.push([`U,1,1,${second}`])
      await waitFor('a row', () => rows.length === second + 2)
      clock.advance(1_000)
      endpoint.server.releasePolls()
      const binds = () => endpoint.server.requests.filter(({ name }) => name === 'bind_session').length
      const before = binds()
      await waitFor('the next poll', () => binds() > before || [...endpoint.server.sessions.values()][0]?.link !== null)
    }
    expect(rows).toEqual(['first é', '0', '1', '2', '3', '4'])
    expect(statuses).toEqual(['connecting', 'live new'])
    expect(client.session).toMatchObject({ transport, keepaliveMs: 1_000 })
    const [create, ...others] = endpoint.server.requests.filter(({ name }) => name.endsWith('_session'))
    expect(create?.parameters.get('LS_idle_millis')).toBe('0')
    expect(create?.parameters.get('LS_keepalive_millis')).toBeNull()
    expect(new Set(others.map(({ parameters }) => parameters.get('LS_idle_millis')))).toEqual(new Set(['1000']))
    const closed = client.close()
    await waitFor('the goodbye', () => endpoint.server.sessions.size === 0)
    await closed
  })
})

it.each(['http-streaming', 'websocket-polling', 'http-polling'] as const)(
  '%s recovers after a drop without losing or repeating a row',
  async transport => {
    const { rows, statuses } = open({ transport })
    await waitFor('the snapshot', () => rows.length === 1)
    endpoint.server.repeats = 2
    endpoint.cut()
    await waitFor('the loss', () => statuses.length > 2)
    endpoint.server.push(['U,1,1,second'])
    clock.advance(1_000)
    await waitFor('the row', () => rows.length === 2)
    expect(rows).toEqual(['first é', 'second'])
    expect(statuses.at(-1)).toBe('live recovered')
  },
)

describe('a proxy that lets no answer through before it is whole', () => {
  it('gets polls, because its streams bring nothing in time', async () => {
    endpoint.upgradeStatus = 503
    endpoint.isBuffering = true
    const { client, rows, statuses } = open()
    await waitFor('the refusal', () => client.status.kind === 'waiting')
    clock.advance(100)
    await waitFor('the stream', () => endpoint.paths.includes('create_session'))
    clock.advance(4_000)
    expect(client.status).toMatchObject({ cause: { code: 'timeout' } })
    clock.advance(100)
    await waitFor('the session', () => client.status.kind === 'live')
    expect(client.session?.transport).toBe('http-polling')
    await waitFor('the snapshot', () => rows.length === 1)
    endpoint.server.push(['U,1,1,second'])
    await waitFor('a row', () => rows.length === 2)
    expect(statuses.filter(status => status.startsWith('live'))).toEqual(['live new'])
  })
})

describe('a WebSocket that can be had again', () => {
  it('is found without costing the session anything, and taken', async () => {
    endpoint.upgradeStatus = 503
    const { client, rows, statuses } = open()
    await waitFor('the refusal', () => client.status.kind === 'waiting')
    clock.advance(100)
    await waitFor('the snapshot', () => rows.length === 1)
    clock.advance(1_900)
    for (let second = 0; second < 8; second++) {
      endpoint.server.say('PROBE')
      await waitFor('a sign of life', () => client.status.kind === 'live')
      clock.advance(1_000)
    }
    expect(client.session?.transport).toBe('http-streaming')
    endpoint.upgradeStatus = null
    endpoint.server.clientAddress = '192.0.2.7'
    endpoint.server.say('CLIENTIP,192.0.2.7')
    await waitFor('the WebSocket', () => client.session?.transport === 'websocket-streaming')
    expect(statuses.at(-1)).toBe('live preserved')
    endpoint.server.push(['U,1,1,second'])
    await waitFor('the row', () => rows.length === 2)
    expect(rows).toEqual(['first é', 'second'])
  })
})

describe('a control link', () => {
  it.each(['http-streaming', 'http-polling'] as const)(
    'sends everything where the control link leads (%s)',
    async transport => {
      const other = await FakeEndpoint.open(endpoint.server)
      endpoint.server.controlLink = other.url.replace('http://', '')
      const { rows, client } = open({ transport })
      await waitFor('the snapshot', () => rows.length === 1)
      client.limitBandwidth(40)
      await waitFor(
        'the limit',
        () => client.session?.bandwidth === 40 || other.paths.filter(path => path === 'control').length === 2,
      )
      expect(endpoint.paths).toEqual(['create_session'])
      expect(new Set(other.paths)).toEqual(
        new Set(transport === 'http-polling' ? ['bind_session', 'control'] : ['control']),
      )
      await other.close()
    },
  )
})
