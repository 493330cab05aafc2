import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connect, openSocket, PRICES, start, watch } from './testing/scripted-client.ts'

// Transcripts: TLCP specification, restated in the client's own requests.

describe('connect, subscribe, unsubscribe, leave', () => {
  it('delivers the snapshot and the changes, and says goodbye', async () => {
    const started = start({ credentials: async () => ({ user: 'ABC12', password: 'c0ffee|beef' }) })
    const { client, log, clock } = started
    const subscription = watch(client, log)
    await connect(started)
    const socket = started.socket()
    expect(socket.url).toBe('wss://push.example.com/lightstreamer')
    expect(socket.protocol).toBe('TLCP-2.4.0.lightstreamer.com')
    expect(socket.sent[0]).toBe('wsok')
    expect(socket.parameter('create_session', 'LS_user')).toEqual(['ABC12'])
    expect(socket.parameter('create_session', 'LS_password')).toEqual(['c0ffee|beef'])
    expect(socket.parameter('create_session', 'LS_cid')).toEqual(['mgQkwtwdysogQz2BJ4Ji kOj2Bg'])
    expect(socket.parameter('create_session', 'LS_supported_diffs')).toEqual(['P,T'])
    expect(socket.sent[2]).toBe(
      'control\r\nLS_reqId=1&LS_op=add&LS_subId=1&LS_mode=MERGE&LS_group=MARKET%3AONE&LS_schema=BID%20OFFER%20TIME&LS_snapshot=true&LS_ack=false',
    )

    socket.say('SUBOK,1,1,3', 'CONF,1,unlimited,filtered', 'U,1,1,1.08501|1.08507|14:05:33', 'U,1,1,1.08502||14:05:34')
    subscription.close()
    socket.say('U,1,1,9|9|9', 'UNSUB,1')
    expect(log).toEqual([
      'connecting',
      'live new',
      'snapshot 1.08501 1.08507 14:05:33',
      'row 1.08502 =1.08507 14:05:34',
    ])
    expect(socket.parameter('control', 'LS_op')).toEqual(['add', 'delete'])

    const closed = client.close()
    expect(socket.parameter('control', 'LS_op')).toEqual(['add', 'delete', 'destroy'])
    socket.say('END,31,Destroy invoked by client')
    expect(socket.left).toBe('closed')
    socket.drop()
    await closed
    expect(clock.pending).toBe(0)
  })

  it('does not wait longer than half a second for the goodbye to be answered', async () => {
    const started = start()
    await connect(started)
    const closed = started.client.close()
    started.clock.advance(499)
    expect(started.socket().left).toBe('no')
    started.clock.advance(1)
    await closed
    expect(started.socket().left).toBe('destroyed')
    expect(started.clock.pending).toBe(0)
  })

  it('leaves nothing when closed before it was connected', async () => {
    const started = start()
    await started.client.close()
    expect(started.socket().left).toBe('destroyed')
    expect(started.clock.pending).toBe(0)
    expect(started.client.status).toMatchObject({ kind: 'closed', cause: { code: 'asked' } })
  })
})

describe('DISTINCT', () => {
  it('tells snapshot rows from live ones by EOS, and changed fields from old ones', async () => {
    const started = start()
    const { client, log } = started
    watch(client, log, {
      mode: 'DISTINCT',
      items: ['TRADE'],
      fields: ['ORDERS', 'FILLS', 'NEWS'],
      isSnapshotWanted: true,
    })
    await connect(started)
    started
      .socket()
      .say('SUBOK,1,1,3', 'CONF,1,unlimited,filtered', 'U,1,1,%7B%22a%22%3A1%7D|#|#', 'EOS,1,1', 'U,1,1,|%7B%7D|')
    expect(log.slice(2)).toEqual(['snapshot {"a":1} null null', 'snapshot ended', 'row ={"a":1} {} =null'])
  })
})

describe('LOOP', () => {
  it('binds again on a new connection; nothing is subscribed again and nothing is lost', async () => {
    const started = start()
    watch(started.client, started.log)
    await connect(started)
    started.socket().say('SUBOK,1,1,3', 'CONF,1,unlimited,filtered', 'U,1,1,1|1|1')
    for (let second = 0; second < 6; second++) {
      started.clock.advance(1_000)
      started.socket().say('PROBE')
    }
    started.socket().say('LOOP,0')
    expect(started.sockets).toHaveLength(2)
    started.socket().open()
    expect(started.socket().parameter('bind_session', 'LS_session')).toEqual(['S1'])
    expect(started.socket().parameter('bind_session', 'LS_recovery_from')).toEqual([])
    started.socket().say('WSOK', 'CONOK,S1,50000,1000,*', 'U,1,1,2||')
    expect(started.socket().parameter('control', 'LS_op')).toEqual([])
    expect(started.log.slice(2)).toEqual(['snapshot 1 1 1', 'connecting', 'live preserved', 'row 2 =1 =1'])
  })

  it('goes to the address of the control link', async () => {
    const started = start()
    await openSocket(started)
    started.socket().say('WSOK', 'CONOK,S1,50000,1000,push7.example.com', 'LOOP,0')
    started.clock.advance(1_000)
    expect(started.socket().url).toBe('wss://push7.example.com/lightstreamer')
  })
})

describe('one subscription', () => {
  it('is refused with the whole text; the session goes on', async () => {
    const started = start()
    watch(started.client, started.log)
    await connect(started)
    started.socket().say('REQERR,1,-1,Insufficient permissions%2C item, sorry')
    expect(started.log.slice(1)).toEqual(['live new', 'refused -1 Insufficient permissions, item, sorry'])
    expect(started.client.status.kind).toBe('live')
  })

  it('pays for its own unreadable row with a restart', async () => {
    const started = start()
    watch(started.client, started.log)
    watch(started.client, started.log, { ...PRICES, items: ['TWO'] })
    await connect(started)
    started.socket().say('SUBOK,1,1,3', 'SUBOK,2,1,3', 'U,1,1,1|1|1', 'U,1,1,^Tz||', 'U,1,1,9|9|9', 'U,2,1,2|2|2')
    expect(started.log.slice(2)).toEqual([
      'snapshot 1 1 1',
      'interrupted a row of MARKET:ONE that cannot be read',
      'snapshot 2 2 2',
    ])
    started.clock.advance(1_000)
    expect(started.socket().parameter('control', 'LS_op')).toEqual(['add', 'add', 'delete', 'add'])
    started.socket().say('UNSUB,1', 'SUBOK,3,1,3', 'U,3,1,4|4|4')
    expect(started.log.at(-1)).toBe('snapshot 4 4 4')
  })

  it('is given up when its rows stay unreadable', async () => {
    const started = start()
    watch(started.client, started.log)
    await connect(started)
    for (let subId = 1; subId < 20; subId++) {
      started.socket().say(`SUBOK,${subId},1,3`, `U,${subId},1,^Tab||`)
      for (let second = 0; second < 30; second++) {
        started.clock.advance(1_000)
        started.socket().say('PROBE')
      }
    }
    expect(started.log.filter(line => line.startsWith('interrupted'))).toHaveLength(5)
    expect(started.log.at(-1)).toMatch(/^refused 61 /)
  })

  it('goes on for ever with a bad row now and then, however few rows it has', async () => {
    const started = start()
    watch(started.client, started.log)
    await connect(started)
    for (let subId = 1; subId < 10; subId++) {
      started.socket().say(`SUBOK,${subId},1,3`, 'PROBE', `U,${subId},1,1|1|1`, `U,${subId},1,^Tab||`)
      for (let second = 0; second < 601; second++) {
        started.clock.advance(1_000)
        started.socket().say('PROBE')
      }
    }
    expect(started.log.filter(line => line.startsWith('interrupted'))).toHaveLength(9)
    expect(started.log.filter(line => line.startsWith('refused'))).toEqual([])
  })

  it('that nobody knows is deleted, once', async () => {
    const started = start()
    await connect(started)
    started.socket().say('SUBOK,9,1,1', 'U,9,1,a', 'U,9,1,b')
    expect(started.socket().parameter('control', 'LS_subId')).toEqual(['9'])
  })

  it('closed before its SUBOK is deleted after it', async () => {
    const started = start()
    const subscription = watch(started.client, started.log)
    await connect(started)
    subscription.close()
    expect(started.socket().parameter('control', 'LS_op')).toEqual(['add'])
    started.socket().say('SUBOK,1,1,3', 'U,1,1,1|1|1', 'UNSUB,1')
    expect(started.socket().parameter('control', 'LS_op')).toEqual(['add', 'delete'])
    expect(started.log).toEqual(['connecting', 'live new'])
  })

  it('batches within the limit of the server', async () => {
    const started = start()
    for (let index = 0; index < 12; index++) watch(started.client, started.log, { ...PRICES, items: [`ITEM${index}`] })
    await openSocket(started)
    started.socket().say('WSOK', 'CONOK,S1,700,1000,*')
    const controls = started.socket().sent.filter(message => message.startsWith('control'))
    expect(controls.length).toBeGreaterThan(1)
    expect(Math.max(...controls.map(message => message.length))).toBeLessThanOrEqual(700)
    expect(started.socket().parameter('control', 'LS_subId')).toHaveLength(12)
  })
})

it('a listener that closes the client while it is told something leaves nothing behind', async () => {
  const started = start()
  started.client.onStatus(status => {
    if (status.kind === 'live') void started.client.close()
  })
  watch(started.client, started.log)
  await connect(started)
  started.clock.advance(500)
  expect(started.client.status.kind).toBe('closed')
  expect(started.clock.pending).toBe(0)
})

it('a fault of whoever is warned does not cost the session, and is not lost', async () => {
  const started = start({
    onWarning: () => {
      throw new Error('of the application')
    },
  })
  await connect(started)
  const thrown = new Promise(resolve => process.prependOnceListener('uncaughtException', resolve))
  const others = process.listeners('uncaughtException').slice(1)
  for (const other of others) process.removeListener('uncaughtException', other)
  started.socket().say('U,nonsense')
  expect(await thrown).toMatchObject({ message: 'of the application' })
  for (const other of others) process.on('uncaughtException', other)
  expect(started.client.status.kind).toBe('live')
})

describe('whatever the server sends', () => {
  it('the same text means the same, wherever it is cut', async () => {
    const lines = [
      'SUBOK,1,1,3',
      'CONF,1,unlimited,filtered',
      'U,1,1,a|%C3%A9|$',
      'PROBE',
      'U,1,1,^2|#',
      'SYNC,9',
      'U,1,1,|b|',
    ]
    const text = lines.map(line => `${line}\r\n`).join('')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 12 }), async cuts => {
        const started = start()
        watch(started.client, started.log)
        await connect(started)
        const ends = [...cuts, text.length].sort((a, b) => a - b)
        for (const [index, end] of ends.entries()) started.socket().chunk(text.slice(ends[index - 1] ?? 0, end))
        expect(started.log.slice(2)).toEqual(['snapshot a é ', 'row =a =é null', 'row =a b =null'])
      }),
    )
  })

  it('it never throws, and can always be closed', async () => {
    const tag = fc.constantFrom(
      'U',
      'SUBOK',
      'UNSUB',
      'EOS',
      'OV',
      'CONF',
      'REQERR',
      'REQOK',
      'PROG',
      'LOOP',
      'CONOK',
      'END',
      'X',
    )
    const argument = fc.oneof(
      fc.nat(4).map(String),
      fc.constantFrom('', '-1', '^2', '#', '%zz', 'a|b|c', '|', '20', '*'),
    )
    const line = fc.tuple(tag, fc.array(argument, { maxLength: 5 })).map(parts => parts.flat().join(','))
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 30 }), async lines => {
        const started = start()
        watch(started.client, started.log)
        await connect(started)
        for (const each of lines) started.socket().say(each)
        const closed = started.client.close()
        started.clock.advance(500)
        await closed
        expect(started.clock.pending).toBe(0)
      }),
    )
  })
})
