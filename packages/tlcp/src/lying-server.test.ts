import { describe, expect, it } from 'vitest'
import { connect, openSocket, PRICES, type Started, start, untilNextDial } from './testing/scripted-client.ts'

// What a server must not say, and what it must not cost: nothing throws, nothing is stuck, and no gap is silent.

function follow({ client, log }: Started, spec = PRICES) {
  return client.subscribe(spec, {
    active: () => log.push('active'),
    inactive: reason => log.push(`inactive: ${reason}`),
    update: row => log.push(`row ${spec.fields.map((_, at) => row.value(at)).join(' ')}`),
    refused: ({ code, text }) => log.push(`refused ${code} ${text}`),
    ended: () => log.push('ended'),
  })
}

async function live(lines: readonly string[] = [], options = {}): Promise<Started & { readonly warnings: string[] }> {
  const warnings: string[] = []
  const started = start({ onWarning: text => warnings.push(text), ...options })
  follow(started)
  await connect(started)
  started.socket().say(...lines)
  started.log.length = 0
  return { ...started, warnings }
}

describe('rows', () => {
  it('before SUBOK are not told, because nobody was told that it is active', async () => {
    const { socket, log, warnings } = await live()
    socket().say('U,1,1,9|9|9', 'U,1,1,8|8|8', 'SUBOK,1,1,3', 'U,1,1,1|2|3')
    expect(log).toEqual(['active', 'row 1 2 3'])
    expect(warnings).toEqual(['a row before the SUBOK of MARKET:ONE'])
  })

  it('after a second SUBOK that nobody asked for start from nothing: what builds on the rows before is not believed', async () => {
    const { socket, log } = await live(['SUBOK,1,1,3', 'U,1,1,1|2|3'])
    socket().say('SUBOK,1,1,3', 'U,1,1,|5|')
    expect(log).toEqual(['active', 'inactive: a row of MARKET:ONE that cannot be read'])
  })

  it.each([
    'U,999999999999999999999999,1,1|2|3',
    'U,1,999999999999999999999999,1|2|3',
    'U,1,0,1|2|3',
    'U,-1,1,1|2|3',
    'U,,,',
    'U,',
    'U,1',
    'U,1,1',
    'U,1,1,^999999999999999999999',
    'U,1,1,\0|\0|\0',
  ])('%j costs no more than its subscription', async line => {
    const { socket, client, log, clock } = await live(['SUBOK,1,1,3', 'U,1,1,1|2|3'])
    socket().say(line, 'PROBE')
    expect(client.status.kind).toBe('live')
    clock.advance(1_000)
    const subId = socket().parameter('control', 'LS_subId').at(-1)
    if (socket().parameter('control', 'LS_op').at(-1) === 'add') socket().say(`SUBOK,${subId},1,3`)
    socket().say(`U,${log.some(entry => entry.startsWith('inactive')) ? subId : 1},1,7|8|9`)
    expect(log.at(-1)).toBe('row 7 8 9')
  })

  it('of subscriptions that nobody has are asked to end once, and once more over another connection', async () => {
    const { socket, clock } = await live(['SUBOK,1,1,3'])
    socket().say('U,77,1,1', 'U,77,1,2', 'SUBOK,77,1,1')
    expect(socket().parameter('control', 'LS_subId')).toEqual(['1', '77'])
    socket().drop()
    clock.advance(1_000)
    socket().open()
    socket().say('WSOK', 'CONOK,S1,50000,1000,*', 'PROG,4')
    expect(socket().parameter('control', 'LS_subId')).toEqual(['77'])
    // Answered, and there again: asked again.
    socket().say(`REQERR,${socket().parameter('control', 'LS_reqId').at(-1)},19,not found`, 'U,77,1,3')
    expect(socket().parameter('control', 'LS_subId')).toEqual(['77', '77'])
  })
})

describe('answers', () => {
  it.each(['SUBOK,2,1,3', 'UNSUB,2', 'REQERR,1,-1,late', 'REQERR,1,19,late'])(
    'to a request that is not made yet change nothing: %s while a subscription waits to start again',
    async line => {
      const { socket, log, clock } = await live(['SUBOK,1,1,3', 'U,1,1,1|2|3', 'U,1,1,^Tz||'])
      socket().say(line)
      clock.advance(1_000)
      expect(socket().parameter('control', 'LS_subId')).toEqual(['1', '1', '2'])
      socket().say('SUBOK,2,1,3', 'U,2,1,4|5|6')
      expect(log.slice(-2)).toEqual(['active', 'row 4 5 6'])
    },
  )

  it.each([
    'REQERR,999,-1,whose?',
    'REQOK,999',
    'REQERR,1,-1,twice',
    'REQOK',
    'MSGDONE,*,9',
    'MSGFAIL,Orders,9,38,x',
    'UNSUB,9',
    'EOS,9,1',
    'CS,1,99',
    'OV,9,9,9',
    'CONF,9,1,filtered',
  ])('that belong to nothing change nothing: %s', async line => {
    const { socket, log, client } = await live(['SUBOK,1,1,3', 'U,1,1,1|2|3'])
    socket().say(line, 'U,1,1,4||')
    expect(log).toEqual(['row 4 2 3'])
    expect(client.status.kind).toBe('live')
  })
})

describe('sessions', () => {
  it('one that is told twice is the one that it was', async () => {
    const { socket, client, log } = await live(['SUBOK,1,1,3'])
    socket().say('CONOK,S9,10,9000,evil.example.com', 'U,1,1,1|2|3', 'LOOP,0')
    expect(client.session).toBeNull()
    expect(log[0]).toBe('row 1 2 3')
    expect(socket().url).toBe('wss://push.example.com/lightstreamer')
  })

  it('one that answers for another is not taken for it: its rows would hide a gap', async () => {
    const started = await live(['SUBOK,1,1,3', 'U,1,1,1|2|3'])
    started.socket().drop()
    untilNextDial(started)
    started.socket().open()
    started.socket().say('WSOK', 'CONOK,S2,50000,1000,*', 'PROG,2', 'U,1,1,9||')
    expect(started.log).not.toContain('row 9 2 3')
    expect(started.log).toContain('inactive: the server answered for another session')
    untilNextDial(started)
    await connect(started, 'S3')
    expect(started.log).toContain('live replaced')
  })

  it('is told in no warning: who has its id can take it over', async () => {
    const { socket, warnings } = await live()
    socket().say('CONOK,Secret1,0,1000,*')
    expect(warnings).toEqual(['a line that cannot be read: CONOK,…,0,1000,*'])
  })

  it.each(['CONOK,S1,0,1000,*', 'CONOK,S1,-7,1000,*', 'CONOK,S1,50000,-1,*', 'CONOK,,50000,1000,*', 'CONOK'])(
    'terms that cannot be kept are none: %s',
    async line => {
      const started = start()
      follow(started)
      await openSocket(started)
      started.socket().say('WSOK', line)
      expect(started.client.status.kind).toBe('connecting')
      untilNextDial(started)
      await connect(started)
      expect(started.client.status.kind).toBe('live')
      expect(started.log).not.toContain('ended')
    },
  )

  it('a keepalive of ages does not keep us waiting for ages', async () => {
    const started = start()
    await openSocket(started)
    started.socket().say('WSOK', 'CONOK,S1,50000,999999999999999,*')
    for (let minute = 0; minute < 3; minute++) started.clock.advance(60_000)
    expect(started.client.status.kind).not.toBe('live')
  })

  it.each(['\0\0\0', 'javascript://x', 'http://', '//', ':99999', 'push 7', '[::1', '%00'])(
    'a control link that leads nowhere is not followed: %j',
    async link => {
      const started = start()
      await openSocket(started)
      started.socket().say('WSOK', `CONOK,S1,50000,1000,${link}`, 'LOOP,0')
      untilNextDial(started)
      expect(started.socket().url).toMatch(/^wss:\/\//)
      expect(started.client.status.kind).toBe('connecting')
    },
  )

  it('a line of ten megabytes ends the session, not the program', async () => {
    const started = await live(['SUBOK,1,1,3'])
    for (let piece = 0; piece < 160; piece++) started.socket().chunk('x'.repeat(65_536))
    expect(started.client.status).toMatchObject({ kind: 'waiting', cause: { code: 'protocol' } })
    expect(started.log).toContain(
      'inactive: expected a line end within 4194304 bytes, but got none; the server is broken',
    )
    untilNextDial(started)
    await connect(started, 'S2')
    expect(started.client.status.kind).toBe('live')
  })

  it('LOOP after LOOP costs one connection a pause, ever longer', async () => {
    const started = await live()
    for (let second = 0; second < 60; second++) {
      started.socket().open()
      started.socket().say('WSOK', 'CONOK,S1,50000,1000,*', 'PROG,0', 'LOOP,0', 'LOOP,0')
      started.clock.advance(1_000)
    }
    expect(started.sockets.length).toBeLessThan(12)
  })

  it('one that comes before it was asked for is not asked for any more', async () => {
    let give: (credentials: object) => void = () => {}
    const started = start({ credentials: () => new Promise(resolve => (give = resolve)) })
    started.socket().open()
    started.socket().say('WSOK', 'CONOK,S1,50000,1000,*')
    give({ user: 'ABC12', password: 'secret' })
    for (let turn = 0; turn < 4; turn++) await Promise.resolve()
    expect(started.socket().sent).toEqual([])
  })
})
