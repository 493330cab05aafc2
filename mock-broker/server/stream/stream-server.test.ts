import { manualClock, waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { OPEN } from '../../testing/rest-client.ts'
import { startedBrokers } from '../../testing/started-brokers.ts'
import { ACCOUNT, openSession, openStream, PRICE, TRADE } from '../../testing/stream-client.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const BID_OFFER = `${PRICE}&LS_schema=BIDPRICE1%20ASKPRICE1%20BIDSIZE1%20DLG_FLAG%20DELAY`
const { start } = startedBrokers()

describe('connecting', () => {
  it.each(['TLCP-2.0.0.lightstreamer.com', 'TLCP-2.5.0.lightstreamer.com'])('echoes %s', async protocol => {
    const { broker } = await start()
    const stream = await openStream(broker, protocol)
    stream.send('wsok')
    await stream.line(/^WSOK$/)
  })

  it.each(['TLCP-3.0.0.lightstreamer.com', 'js.lightstreamer.com'])('refuses %s', async protocol => {
    const { broker } = await start()
    await expect(openStream(broker, protocol)).rejects.toThrow('400')
  })

  it('refuses another path', async () => {
    const { broker } = await start()
    const socket = new WebSocket(`${broker.stream.replace('http', 'ws')}/else`, ['TLCP-2.4.0.lightstreamer.com'])
    const failure = await new Promise<Error>(resolve => socket.on('error', resolve))
    expect(failure.message).toContain('400')
  })

  it('greets a session with its id, limits and bandwidth', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    await stream.line(/^CONS/)
    expect(stream.lines).toEqual([
      'WSOK',
      expect.stringMatching(/^CONOK,S\w+,50000,5000,\*$/),
      expect.stringMatching(/^SERVNAME,/),
      'CLIENTIP,127.0.0.1',
      'CONS,unlimited',
    ])
  })

  it('greets with CONOK alone when asked to be brief', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client, '&LS_reduce_head=true')
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID_OFFER}`)
    await stream.line(/^SUBOK/)
    expect(stream.lines.slice(1, 3)).toEqual([expect.stringMatching(/^CONOK/), 'SUBOK,1,1,5'])
  })

  it.each([
    ['wrong tokens', 'LS_cid=x&LS_user=MOCK1&LS_password=CST-a%7CXST-b', /^CONERR,1,User\/password check failed$/],
    ['no password', 'LS_cid=x&LS_user=MOCK1', /^CONERR,1,/],
    ['no client id', 'LS_user=MOCK1', /^CONERR,65,/],
    ['another adapter set', 'LS_cid=x&LS_adapter_set=DEMO', /^CONERR,2,/],
  ])('refuses a session with %s', async (_what, parameters, refusal) => {
    const { broker } = await start()
    const stream = await openStream(broker)
    stream.send('create_session', parameters)
    await stream.line(refusal)
  })

  it('clamps the pause before PROBE, and probes when nothing else is sent', async () => {
    const clock = manualClock()
    const { broker, client } = await start({ clock })
    const { stream } = await openSession(broker, client, '&LS_keepalive_millis=700&LS_send_sync=false')
    expect(await stream.line(/^CONOK/)).toMatch(/,50000,700,/)
    clock.advance(700)
    await stream.line(/^PROBE$/)
    clock.advance(30_000)
    expect(stream.lines.some(line => line.startsWith('SYNC'))).toBe(false)
  })

  it('tells its time every so often unless asked not to', async () => {
    const clock = manualClock()
    const { broker, client } = await start({ clock })
    const { stream } = await openSession(broker, client)
    clock.advance(20_000)
    await stream.line(/^SYNC,20$/)
  })
})

describe('prices', () => {
  it('begin with SUBOK, CONF and a full row, then tell only what changed', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID_OFFER}`)
    await stream.line(/^U/)
    broker.injectTick(EURUSD, '1.08418', '1.08423')
    broker.injectTick(EURUSD, '1.08419', '1.08425')
    broker.injectTick(EURUSD, '1.08500', '1.08400')
    broker.injectTick(EURUSD, '1.08419', '1.08425')
    broker.faults.closeMarket(EURUSD)
    await stream.line(/CLOSED/)
    expect(stream.data()).toEqual([
      'SUBOK,1,1,5',
      'CONF,1,unlimited,filtered',
      'U,1,1,1.08417|1.08423|100|DEAL |0',
      'U,1,1,1.08418|^4',
      'U,1,1,1.08419|1.08425|^3',
      'U,1,1,^3|CLOSED |',
    ])
  })

  it('merge for a client that is behind, and end with the last one', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID_OFFER}`)
    await stream.line(/^U/)
    for (let units = 100_000; units < 150_000; units++) {
      broker.injectTick(EURUSD, (units / 100_000).toFixed(5), '2.00000')
    }
    await stream.line(/^U,1,1,1\.49999/)
    const rows = stream.data().filter(line => line.startsWith('U'))
    expect(rows.length).toBeLessThan(40_000)
    expect(rows.at(-1)).toBe('U,1,1,1.49999|^4')
  })

  it('stop with UNSUB', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID_OFFER}`)
    stream.send('control', 'LS_reqId=2&LS_op=delete&LS_subId=1')
    await stream.line(/^UNSUB,1$/)
    broker.injectTick(EURUSD, '1.1', '1.2')
    stream.send('control', 'LS_reqId=3&LS_op=delete&LS_subId=1')
    await stream.line(/^REQERR,3,19,/)
    expect(stream.lines).toContain('REQOK,2')
    expect(stream.data().at(-1)).toBe('UNSUB,1')
  })

  it.each([
    ['an unknown epic', BID_OFFER.replace('EURUSD', 'NOSUCH'), 21],
    ['another account', BID_OFFER.replace('MOCK1', 'OTHER'), 21],
    ['the legacy item', BID_OFFER.replace('PRICE%3AMOCK1', 'MARKET'), 21],
    ['an unknown field', `${PRICE}&LS_schema=BIDPRICE1%20NOSUCH`, 23],
    ['the default adapter', BID_OFFER.replace('&LS_data_adapter=Pricing', ''), 21],
    ['an unknown adapter', BID_OFFER.replace('=Pricing', '=Nothing'), 17],
    ['another mode', BID_OFFER.replace('MERGE', 'DISTINCT'), 24],
  ])('are refused for %s, and the session goes on', async (_what, parameters, code) => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    stream.send('control', `LS_reqId=7&LS_subId=1&${parameters}`, `LS_reqId=8&LS_subId=2&${BID_OFFER}`)
    await stream.line(new RegExp(`^REQERR,7,${code},`))
    await stream.line(/^SUBOK,2/)
  })
})

describe('trades and the account', () => {
  it('tell a deal once each: the position, the confirm, the money', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    const money = `${ACCOUNT}&LS_schema=FUNDS%20PNL%20DEPOSIT`
    stream.send('control', `LS_reqId=1&LS_subId=1&${TRADE}`, `LS_reqId=2&LS_subId=2&${money}`)
    await stream.line(/^U,2/)
    await client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'told' })
    await stream.line(/^U,2,1,\|-5/)
    const [first, position, confirm, account] = stream.data().filter(line => line.startsWith('U'))
    expect(first).toBe('U,2,1,100000.00|0.00|0.00')
    expect(position).toMatch(/^U,1,1,#\|\{.*"status":"OPEN".*\}\|#$/)
    expect(confirm).toMatch(/^U,1,1,\{.*"dealReference":"told".*"dealStatus":"ACCEPTED".*\}\|\^2$/)
    expect(account).toBe('U,2,1,|-5.56|3343.04')
  })

  it('follow the open profit four times a second, not with every tick', async () => {
    const clock = manualClock()
    const { broker, client } = await start({ clock })
    const { stream } = await openSession(broker, client)
    await client.send('POST', '/positions/otc', 2, OPEN)
    stream.send('control', `LS_reqId=1&LS_subId=1&${ACCOUNT}&LS_schema=PNL`)
    await stream.line(/^U/)
    broker.injectTick(EURUSD, '1.08400', '1.08406')
    broker.injectTick(EURUSD, '1.08423', '1.08429')
    clock.advance(249)
    broker.injectTick(EURUSD, '1.08433', '1.08439')
    clock.advance(1)
    await stream.line(/^U,1,1,9.26$/)
    expect(stream.data().filter(line => line.startsWith('U'))).toEqual(['U,1,1,-5.56', 'U,1,1,9.26'])
  })

  it('beat each second on request', async () => {
    const clock = manualClock()
    const { broker, client } = await start({ clock })
    const { stream } = await openSession(broker, client)
    const item = 'LS_op=add&LS_mode=MERGE&LS_group=TRADE%3AHB.U.HEARTBEAT.IP&LS_schema=HEARTBEAT&LS_snapshot=true'
    stream.send('control', `LS_reqId=1&LS_subId=1&${item}`)
    await stream.line(/^U/)
    clock.advance(1000)
    await stream.line(new RegExp(`^U,1,1,${clock.nowMs()}$`))
  })
})

describe('recovery', () => {
  it('sends exactly the data lines that the client has not got, and merges prices meanwhile', async () => {
    const { broker, client } = await start()
    const { stream, id } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID_OFFER}`, `LS_reqId=2&LS_subId=2&${TRADE}`)
    await stream.line(/^CONF,2/)
    expect(stream.data()).toHaveLength(5)
    broker.faults.dropStream()
    await waitFor('the drop', () => !stream.isOpen)
    broker.injectTick(EURUSD, '1.08418', '1.08424')
    broker.injectTick(EURUSD, '1.08427', '1.08433')
    await client.send('POST', '/positions/otc', 2, OPEN)

    const next = await openStream(broker)
    next.send('wsok')
    next.send('bind_session', `LS_session=${id}&LS_recovery_from=3`)
    await next.line(/^U,1/)
    expect(next.lines.slice(0, 2)).toEqual(['WSOK', `CONOK,${id},50000,5000,*`])
    expect(next.lines.indexOf('PROG,3')).toBeLessThan(next.lines.indexOf('SUBOK,2,1,3'))
    expect(next.data()).toEqual([
      'SUBOK,2,1,3',
      'CONF,2,unlimited,filtered',
      expect.stringMatching(/^U,2,1,#\|\{/),
      expect.stringMatching(/^U,2,1,\{/),
      'U,1,1,1.08427|1.08433|^3',
    ])
  })

  it('is refused for a point ahead, and for a session that is gone', async () => {
    const { broker, client } = await start()
    const { stream, id } = await openSession(broker, client)
    stream.cut()
    const next = await openStream(broker)
    next.send('bind_session', `LS_session=${id}&LS_recovery_from=99`)
    await next.line(/^CONERR,4,/)
    next.send('bind_session', 'LS_session=Snone&LS_recovery_from=0')
    await next.line(/^CONERR,20,/)
  })

  it('is possible for half a minute', async () => {
    const clock = manualClock()
    const { broker, client } = await start({ clock })
    const { stream, id } = await openSession(broker, client)
    broker.faults.dropStream()
    await waitFor('the drop', () => !stream.isOpen)
    await waitFor('the session to be unbound', () => clock.pending > 0)
    clock.advance(30_000)
    const next = await openStream(broker)
    next.send('bind_session', `LS_session=${id}&LS_recovery_from=0`)
    await next.line(/^CONERR,20,/)
  })
})

describe('a session', () => {
  it('says nothing while it is silenced, and catches up afterwards with one merged row', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID_OFFER}`)
    await stream.line(/^U/)
    const before = stream.lines.length
    broker.faults.goSilent()
    broker.injectTick(EURUSD, '1.08500', '1.08506')
    broker.injectTick(EURUSD, '1.08510', '1.08516')
    await client.get('/accounts', 1)
    expect(stream.lines).toHaveLength(before)
    expect(stream.isOpen).toBe(true)
    broker.faults.speak()
    await stream.line(/1\.0851/)
    expect(stream.lines.slice(before)).toEqual(['U,1,1,1.08510|1.08516|^3'])
  })

  it('ends when its client destroys it', async () => {
    const { broker, client } = await start()
    const { stream } = await openSession(broker, client)
    stream.send('control', 'LS_reqId=1&LS_op=destroy&LS_close_socket=true')
    await stream.line(/^END,31,/)
    await waitFor('the socket to close', () => !stream.isOpen)
    expect(stream.lines.slice(-2)[0]).toBe('REQOK,1')
  })

  it('goes on with what was not sent yet after a rebind that the client asked for', async () => {
    const { broker, client } = await start()
    const { stream, id } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${BID_OFFER}`)
    await stream.line(/^U/)
    stream.send('control', 'LS_reqId=2&LS_op=force_rebind')
    await stream.line(/^LOOP,0$/)
    broker.injectTick(EURUSD, '1.08500', '1.08506')
    stream.send('bind_session', `LS_session=${id}`)
    await stream.line(/^U,1,1,1\.08500\|1\.08506\|\^3$/)
  })

  it.each([
    ['an unknown request', ['what'], /^ERROR,65,Unknown request: what$/],
    ['control without an id', ['control', 'LS_op=add'], /^ERROR,65,/],
    ['control without a session', ['control', 'LS_reqId=1&LS_op=add'], /^REQERR,1,20,/],
    ['a parameter that cannot be decoded', ['control', 'LS_reqId=%zz'], /^ERROR,65,/],
  ])('is not hurt by %s', async (_what, lines, answer) => {
    const { broker } = await start()
    const stream = await openStream(broker)
    stream.send(...lines)
    await stream.line(answer)
  })
})
