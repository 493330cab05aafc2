import { manualClock, waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { startedBrokers } from '../../testing/started-brokers.ts'
import { openSession, openStream, PRICE, TRADE } from '../../testing/stream-client.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const BID = `${PRICE}&LS_schema=BIDPRICE1`
const { start } = startedBrokers()

const turn = (): Promise<void> => new Promise(resolve => setImmediate(() => setImmediate(resolve)))

describe('a frequency', () => {
  it('limits the rows, merges what comes between, and can be changed', async () => {
    const clock = manualClock()
    const { broker, client } = await start({ clock })
    const { stream } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID}&LS_requested_max_frequency=2`)
    await stream.line(/^U,1,1,1\.08417/)
    broker.injectTick(EURUSD, '1.08418', '1.08424')
    broker.injectTick(EURUSD, '1.08419', '1.08425')
    await turn()
    clock.advance(499)
    await turn()
    clock.advance(1)
    await stream.line(/^U,1,1,1\.08419$/)
    stream.send('control', 'LS_reqId=2&LS_subId=1&LS_op=reconf&LS_requested_max_frequency=unlimited')
    await stream.line(/^REQOK,2$/)
    await stream.line(/^CONF,1,unlimited,filtered$/)
    for (const bid of ['1.08420', '1.08421']) {
      broker.injectTick(EURUSD, bid, '1.08430')
      await stream.line(new RegExp(`^U,1,1,${bid}$`))
    }
    expect(stream.data()).toEqual([
      'SUBOK,1,1,1',
      'CONF,1,2,filtered',
      'U,1,1,1.08417',
      'U,1,1,1.08419',
      'CONF,1,unlimited,filtered',
      'U,1,1,1.08420',
      'U,1,1,1.08421',
    ])
  })

  it('of unfiltered keeps every row, says what it had to drop, and cannot be changed', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID}&LS_requested_max_frequency=unfiltered`)
    await stream.line(/^CONF,1,unlimited,unfiltered$/)
    await stream.line(/^U/)
    stream.send('control', 'LS_reqId=2&LS_subId=1&LS_op=reconf&LS_requested_max_frequency=1')
    await stream.line(/^REQERR,2,13,/)
    broker.faults.goSilent()
    for (let units = 0; units < 5000; units++) {
      broker.injectTick(EURUSD, (1.1 + units / 100_000).toFixed(5), '2.00000')
    }
    await turn()
    broker.faults.speak()
    await stream.line(/^U,1,1,1\.14999$/)
    expect(stream.lines.find(line => line.startsWith('OV'))).toBe('OV,1,1,904')
    expect(stream.lines.filter(line => line.startsWith('U,'))).toHaveLength(1 + 4096)
  })

  it.each([
    ['a frequency that is none', 'LS_requested_max_frequency=fast', 65],
    ['a buffer that is none', 'LS_requested_buffer_size=big', 65],
    ['a mode that is none', 'LS_mode=SOME', 65],
  ])('is refused for %s', async (_what, parameter, code) => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID}&${parameter}`)
    await stream.line(new RegExp(`^REQERR,1,${code},`))
  })
})

describe('a session', () => {
  it('may have forty subscriptions, or as many as the broker was started with', async () => {
    const { broker, client } = await start({ streaming: { subscriptionLimit: 2 } })
    const { stream } = await openSession(broker, client)
    for (const id of [1, 2, 3]) stream.send('control', `LS_reqId=${id}&LS_subId=${id}&${BID}`)
    expect(await stream.line(/^REQERR/)).toBe('REQERR,3,-1,Too many subscriptions: at most 2')
    stream.send('control', 'LS_reqId=4&LS_op=delete&LS_subId=1', `LS_reqId=5&LS_subId=3&${BID}`)
    await stream.line(/^SUBOK,3/)
  })

  it('keeps to the bandwidth that it was given', async () => {
    const clock = manualClock()
    const { broker, client } = await start({ clock })
    const { stream } = await openSession(broker, client, '&LS_requested_max_bandwidth=2.5')
    await stream.line(/^CONS,2\.5$/)
    stream.send('control', 'LS_reqId=1&LS_op=constrain&LS_requested_max_bandwidth=0.1')
    await stream.line(/^CONS,0\.1$/)
    stream.send('control', `LS_reqId=2&LS_subId=1&${BID}`)
    await stream.line(/^SUBOK/)
    broker.injectTick(EURUSD, '1.08418', '1.08424')
    broker.injectTick(EURUSD, '1.08419', '1.08425')
    await turn()
    expect(stream.lines.some(line => line.includes('1.08419'))).toBe(false)
    clock.advance(10_000)
    await stream.line(/1\.08419/)
    expect(stream.lines.some(line => line.includes('1.08418'))).toBe(false)
  })

  it('ends when a client breaks its promise to be heard', async () => {
    const clock = manualClock()
    const { broker, client } = await start({ clock })
    const { stream } = await openSession(broker, client, '&LS_inactivity_millis=1000')
    clock.advance(1500)
    stream.send('heartbeat', '', '')
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID}`)
    await stream.line(/^SUBOK/)
    clock.advance(1999)
    expect(broker.streams()).toHaveLength(1)
    clock.advance(1)
    await stream.line(/^END,32,/)
  })

  it('ends when its sign-in ends, unless the broker was told otherwise', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    await client.send('DELETE', '/session', 1, undefined)
    await stream.line(/^END,32,Signed out$/)

    const other = await start({ streaming: { endsAtSignOut: false } })
    await openSession(other.broker, other.client)
    await other.client.send('DELETE', '/session', 1, undefined)
    expect(other.broker.streams()).toHaveLength(1)
  })

  it('is refused once on request, whether it is new or goes on', async () => {
    const { broker, client } = await start()
    const { stream, id } = await openSession(broker, client)
    stream.cut()
    broker.faults.refuseStream(5, 'Overloaded, later')
    const next = await openStream(broker)
    next.send('bind_session', `LS_session=${id}`)
    expect(await next.line(/^CONERR/)).toBe('CONERR,5,Overloaded%2C later')
    next.send('bind_session', `LS_session=${id}`)
    await next.line(/^CONOK/)
  })

  it('names where to go next in its control link', async () => {
    const { broker, client } = await start({ streaming: { controlLink: 'localhost:1234' } })
    const { stream } = await openSession(broker, client)
    expect(await stream.line(/^CONOK/)).toMatch(/,localhost:1234$/)
  })

  it('tells the outcome of a message', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    stream.send('msg', 'LS_reqId=1&LS_message=hello&LS_msg_prog=7&LS_sequence=chat')
    await stream.line(/^MSGDONE,chat,7$/)
    expect(stream.lines).toContain('REQOK,1')
  })

  it('refuses a second session on its socket', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    stream.send('create_session', 'LS_cid=x')
    await stream.line(/^CONERR,69,/)
  })

  it('is told on its own connection to bind again, or to end, whoever asks', async () => {
    const { broker, client } = await start()
    const { stream, id } = await openSession(broker, client)
    const other = await openStream(broker)
    other.send('control', `LS_reqId=1&LS_session=${id}&LS_op=force_rebind&LS_polling_millis=300&LS_close_socket=true`)
    await stream.line(/^LOOP,300$/)
    await waitFor('its socket to close', () => !stream.isOpen)
    expect(await other.line(/^REQOK/)).toBe('REQOK,1')
    other.send('bind_session', `LS_session=${id}`)
    await other.line(/^CONOK/)
  })

  it('is polled on a WebSocket', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client, '&LS_polling=true')
    await stream.line(/^LOOP,0$/)
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID}`)
    await stream.line(/^LOOP/)
    stream.send('bind_session', 'LS_polling=true&LS_idle_millis=1000')
    await stream.line(/^U,1,1/)
    await waitFor('the second LOOP', () => stream.lines.filter(line => line === 'LOOP,0').length === 2)
  })

  it('cannot be recovered once what was sent is forgotten', async () => {
    const { broker, client } = await start()
    const { stream, id } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID}`)
    await stream.line(/^U/)
    broker.faults.forgetStream()
    broker.faults.dropStream()
    const next = await openStream(broker)
    next.send('bind_session', `LS_session=${id}&LS_recovery_from=2`)
    await next.line(/^CONERR,4,/)
  })

  it('recovers from the middle of rows that were sent together', async () => {
    const { broker, client } = await start()
    const { stream, id } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID}`)
    await stream.line(/^U/)
    for (const bid of ['1.08418', '1.08419', '1.08420']) broker.injectTick(EURUSD, bid, '1.08430')
    await stream.line(/1\.08420/)
    broker.faults.dropStream()
    const next = await openStream(broker)
    next.send('bind_session', `LS_session=${id}&LS_recovery_from=4`)
    await next.line(/1\.08420/)
    expect(next.lines.slice(-3)).toEqual(['PROG,4', 'U,1,1,1.08419', 'U,1,1,1.08420'])
  })
})

it('tells the same rows to every client, however their subscriptions are numbered', async () => {
  const { broker, client } = await start()
  const streams = []
  for (const id of [1, 1, 7]) {
    const { stream } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=${id}&${BID}`, `LS_reqId=2&LS_subId=99&${TRADE}`)
    await stream.line(/^CONF,99/)
    streams.push({ stream, id })
  }
  for (const bid of ['1.08418', '1.08419']) broker.injectTick(EURUSD, bid, '1.08430')
  for (const { stream, id } of streams) {
    await stream.line(/1\.08419/)
    const rows = stream.data().filter(line => line.startsWith('U,'))
    expect(rows).toEqual([`U,${id},1,1.08417`, `U,${id},1,1.08418`, `U,${id},1,1.08419`])
  }
})
