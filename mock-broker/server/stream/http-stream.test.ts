import { manualClock, waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { credentialsOf, type HttpStream, requestStream } from '../../testing/http-stream-client.ts'
import type { RestClient } from '../../testing/rest-client.ts'
import { startedBrokers } from '../../testing/started-brokers.ts'
import { openStream, PRICE } from '../../testing/stream-client.ts'
import type { MockBroker } from '../index.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const BID = `${PRICE}&LS_schema=BIDPRICE1`
const { start } = startedBrokers()

async function openSession(
  broker: MockBroker,
  client: RestClient,
  more = '',
): Promise<{ stream: HttpStream; id: string }> {
  const stream = await requestStream(broker, 'create_session', credentialsOf(client) + more)
  const [, id = ''] = (await stream.line(/^CONOK/)).split(',')
  return { stream, id }
}

const control = async (broker: MockBroker, ...lines: readonly string[]): Promise<readonly string[]> =>
  (await requestStream(broker, 'control', lines.join('\r\n'))).whole()

describe('streaming over HTTP', () => {
  it('answers control requests on their own connections, whatever LS_ack says', async () => {
    const { broker, client } = await start()
    const { stream, id } = await openSession(broker, client)
    const answers = await control(
      broker,
      `LS_session=${id}&LS_reqId=1&LS_subId=1&${BID}`,
      `LS_session=${id}&LS_reqId=2&LS_subId=9&LS_op=delete`,
    )
    expect(answers).toEqual(['REQOK,1', 'REQERR,2,19,Subscription not found'])
    await stream.line(/^U,1,1,1\.08417$/)
    broker.injectTick(EURUSD, '1.08418', '1.08424')
    await stream.line(/^U,1,1,1\.08418$/)
    expect(stream.lines.slice(0, 4)).toEqual([
      `CONOK,${id},50000,5000,*`,
      'SERVNAME,Scalpdesk mock broker',
      'CLIENTIP,127.0.0.1',
      'CONS,unlimited',
    ])
  })

  it('takes the session of all lines from the query, and control of a session that streams on a WebSocket', async () => {
    const { broker, client } = await start()
    const socket = await openStream(broker)
    socket.send('create_session', credentialsOf(client))
    const [, id = ''] = (await socket.line(/^CONOK/)).split(',')
    const answer = await requestStream(
      broker,
      'control',
      `LS_reqId=1&LS_subId=1&${BID}`,
      `LS_protocol=TLCP-2.4.0&LS_session=${id}`,
    )
    expect(await answer.whole()).toEqual(['REQOK,1'])
    await socket.line(/^U,1,1/)
  })

  it('tells the client to bind again once the content length is used up, and goes on with the next row', async () => {
    const { broker, client } = await start()
    const { stream, id } = await openSession(broker, client, '&LS_content_length=100')
    await control(broker, `LS_session=${id}&LS_reqId=1&LS_subId=1&${BID}`)
    const rows: string[] = []
    for (let bid = 108_418; bid < 108_428; bid++) {
      broker.injectTick(EURUSD, (bid / 100_000).toFixed(5), '1.09000')
      rows.push(`U,1,1,${(bid / 100_000).toFixed(5)}`)
      await new Promise(setImmediate)
    }
    expect((await stream.whole()).at(-1)).toBe('LOOP,0')
    const next = await requestStream(broker, 'bind_session', `LS_session=${id}`)
    await next.line(/^U,1,1,1\.08427$/)
    const data = [...stream.lines, ...next.lines].filter(line => line.startsWith('U,'))
    expect(new Set(data).size).toBe(data.length)
    expect(data.at(-1)).toBe(rows.at(-1))
  })

  it('can be recovered after the answer was cut off, on a WebSocket too', async () => {
    const { broker, client } = await start()
    const { stream, id } = await openSession(broker, client)
    await control(broker, `LS_session=${id}&LS_reqId=1&LS_subId=1&${BID}`)
    await stream.line(/^U/)
    stream.cut()
    broker.injectTick(EURUSD, '1.08418', '1.08424')
    const socket = await openStream(broker)
    socket.send('bind_session', `LS_session=${id}&LS_recovery_from=2`)
    await socket.line(/1\.08418/)
    expect(socket.lines.slice(-3)).toEqual(['PROG,2', 'U,1,1,1.08417', 'U,1,1,1.08418'])
  })

  it('leaves the older answer when the session is bound elsewhere', async () => {
    const { broker, client } = await start()
    const { stream, id } = await openSession(broker, client)
    const next = await requestStream(broker, 'bind_session', `LS_session=${id}`)
    await next.line(/^CONOK/)
    const before = await stream.whole()
    expect(before.some(line => line.startsWith('END'))).toBe(false)
    expect(broker.streams()).toHaveLength(1)
  })

  it('answers a heartbeat without an id, of an unknown session too', async () => {
    const { broker } = await start()
    expect(await (await requestStream(broker, 'heartbeat', '')).whole()).toEqual(['REQOK'])
    expect(await (await requestStream(broker, 'heartbeat', 'LS_session=Snone')).whole()).toEqual(['REQOK'])
  })

  it('ends the answer of a session that is destroyed', async () => {
    const { broker, client } = await start()
    const { stream, id } = await openSession(broker, client)
    await control(broker, `LS_session=${id}&LS_reqId=1&LS_op=destroy&LS_cause_code=-7&LS_cause_message=done%2C%20all`)
    expect((await stream.whole()).at(-1)).toBe('END,-7,done%2C all')
  })
})

describe('polling over HTTP', () => {
  it('answers at once with what there is, or at the end of the idle time', async () => {
    const clock = manualClock()
    const { broker, client } = await start({ clock })
    const poll = '&LS_polling=true&LS_polling_millis=0&LS_idle_millis=0'
    const { stream, id } = await openSession(broker, client, poll)
    expect((await stream.whole()).at(-1)).toBe('LOOP,0')
    await control(broker, `LS_session=${id}&LS_reqId=1&LS_subId=1&${BID}`)
    const first = await requestStream(broker, 'bind_session', `LS_session=${id}${poll}`)
    expect((await first.whole()).slice(-4)).toEqual([
      'SUBOK,1,1,1',
      'CONF,1,unlimited,filtered',
      'U,1,1,1.08417',
      'LOOP,0',
    ])

    const held = await requestStream(
      broker,
      'bind_session',
      `LS_session=${id}&LS_polling=true&LS_polling_millis=500&LS_idle_millis=2000`,
    )
    expect(await held.line(/^CONOK/)).toBe(`CONOK,${id},50000,2000,*`)
    clock.advance(1999)
    expect(held.isOver).toBe(false)
    clock.advance(1)
    expect((await held.whole()).at(-1)).toBe('LOOP,500')

    const answered = await requestStream(broker, 'bind_session', `LS_session=${id}&LS_polling=true&LS_idle_millis=2000`)
    await answered.line(/^CONS|^CLIENTIP/)
    broker.injectTick(EURUSD, '1.08418', '1.08424')
    expect((await answered.whole()).slice(-2)).toEqual(['U,1,1,1.08418', 'LOOP,0'])
  })
})

describe('what HTTP refuses', () => {
  it('a version that is not spoken, with 65', async () => {
    const { broker, client } = await start({ streaming: { newestTlcp: '2.4' } })
    const refused = await requestStream(broker, 'create_session', credentialsOf(client), 'LS_protocol=TLCP-2.5.0')
    expect(await refused.whole()).toEqual(['CONERR,65,Unsupported protocol version: 2.5.0'])
    await expect(openStream(broker, 'TLCP-2.5.0.lightstreamer.com')).rejects.toThrow('400')
  })

  it('a version in the body, with status 400', async () => {
    const { broker, client } = await start()
    const refused = await requestStream(broker, 'create_session', `${credentialsOf(client)}&LS_protocol=TLCP-2.4.0`, '')
    expect(refused.status).toBe(400)
  })

  it('a session of another version, wrong credentials, an unknown session, and what it cannot read', async () => {
    const { broker, client } = await start()
    const { id } = await openSession(broker, client)
    const answer = async (name: string, body: string, query?: string): Promise<string | undefined> =>
      (await (await requestStream(broker, name, body, query)).whole())[0]
    expect(await answer('bind_session', `LS_session=${id}`, 'LS_protocol=TLCP-2.1.0')).toMatch(/^CONERR,3,/)
    expect(await answer('create_session', 'LS_cid=x&LS_user=MOCK1&LS_password=CST-a%7CXST-b')).toMatch(/^CONERR,1,/)
    expect(await answer('bind_session', 'LS_session=Snone')).toMatch(/^CONERR,20,/)
    expect(await answer('control', 'LS_reqId=%zz')).toMatch(/^ERROR,65,/)
    expect(await answer('control', 'LS_op=add')).toMatch(/^ERROR,65,/)
    expect(await answer('control', 'LS_reqId=1&LS_op=add')).toBe('REQERR,1,20,Session not found')
  })

  it('nothing to a page in a browser', async () => {
    const { broker } = await start()
    const url = `${broker.stream}/lightstreamer/create_session.txt?LS_protocol=TLCP-2.4.0`
    const allowed = await fetch(url, { method: 'OPTIONS', headers: { Origin: 'http://localhost:3000' } })
    expect([allowed.status, allowed.headers.get('Access-Control-Allow-Origin')]).toEqual([204, 'http://localhost:3000'])
  })
})

it('keeps a cut session for half a minute, then lets it go', async () => {
  const clock = manualClock()
  const { broker, client } = await start({ clock })
  const { stream } = await openSession(broker, client)
  stream.cut()
  await waitFor('the session to be unbound', () => clock.pending > 0 && stream.isOver)
  clock.advance(40_000)
  await waitFor('its end', () => broker.streams().length === 0)
})
