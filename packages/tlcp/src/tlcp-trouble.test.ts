import { describe, expect, it } from 'vitest'
import { connect, openSocket, type Started, start, untilNextDial, watch } from './testing/scripted-client.ts'

// Transcripts: TLCP specification, restated in the client's own requests.

describe('a lost connection', () => {
  async function lost(): Promise<Started> {
    const started = start()
    watch(started.client, started.log)
    await connect(started)
    started.clock.advance(900)
    started.socket().say('SUBOK,1,1,3', 'CONF,1,unlimited,filtered', 'U,1,1,1|1|1', 'U,1,1,2||', 'PROBE')
    for (let second = 0; second < 6; second++) {
      started.clock.advance(1_000)
      started.socket().say('PROBE')
    }
    started.socket().drop()
    started.socket().open()
    return started
  }

  it('is recovered at once on a new one, skipping what came before', async () => {
    const started = await lost()
    expect(started.sockets).toHaveLength(2)
    expect(started.socket().sent).toEqual([
      'wsok',
      'bind_session\r\nLS_session=S1&LS_recovery_from=4&LS_keepalive_millis=1000&LS_inactivity_millis=5000&LS_send_sync=false',
    ])
    started.socket().say('WSOK', 'CONOK,S1,50000,1000,*', 'PROG,3', 'U,1,1,2||', 'U,1,1,3||')
    expect(started.log.slice(2)).toEqual([
      'snapshot 1 1 1',
      'row 2 =1 =1',
      'connecting',
      'live recovered',
      'row 3 =1 =1',
    ])
    // The skipped row counts once: the next recovery asks from the right place.
    started.socket().drop()
    started.clock.advance(1_000)
    started.socket().open()
    expect(started.socket().parameter('bind_session', 'LS_recovery_from')).toEqual(['5'])
  })

  it('becomes a new session, with everything subscribed again, when the server no longer holds it', async () => {
    const started = await lost()
    started.socket().say('WSOK', 'CONERR,4,too old')
    untilNextDial(started)
    await connect(started, 'S2')
    expect(started.socket().parameter('control', 'LS_subId')).toEqual(['1'])
    started.socket().say('SUBOK,1,1,3', 'U,1,1,7|7|7')
    expect(started.log.slice(4)).toEqual(['connecting', 'waiting', 'connecting', 'live replaced', 'snapshot 7 7 7'])
  })

  it('becomes a new session when the server is ahead of what we received', async () => {
    const started = await lost()
    started.socket().say('WSOK', 'CONOK,S1,50000,1000,*', 'PROG,5')
    untilNextDial(started)
    await connect(started, 'S2')
    expect(started.log.at(-1)).toBe('live replaced')
  })

  it('is given up for a new session after 15 s without a way back', async () => {
    const started = await lost()
    for (let attempt = 0; attempt < 8; attempt++) {
      started.socket().drop('connect ECONNREFUSED')
      untilNextDial(started)
    }
    await connect(started, 'S2')
    expect(started.socket().parameter('create_session', 'LS_cid')).toHaveLength(1)
    expect(started.log.at(-1)).toBe('live replaced')
  })

  it('repeats a subscription that was not answered', async () => {
    const started = start()
    watch(started.client, started.log)
    await connect(started)
    started.socket().drop()
    started.clock.advance(1_000)
    started.socket().open()
    started.socket().say('WSOK', 'CONOK,S1,50000,1000,*', 'PROG,0')
    expect(started.socket().parameter('control', 'LS_subId')).toEqual(['1'])
    expect(started.socket().parameter('control', 'LS_reqId')).toEqual(['2'])
    started.socket().say('SUBOK,1,1,3', 'U,1,1,1|1|1', 'REQERR,2,20,never mind')
    expect(started.log).toContain('snapshot 1 1 1')
  })
})

describe('silence', () => {
  it('is told after 2 s and ends the connection after 3 s', async () => {
    const started = start()
    await connect(started)
    started.clock.advance(1_999)
    expect(started.log.at(-1)).toBe('live new')
    started.clock.advance(1)
    expect(started.log.at(-1)).toBe('stalled')
    started.socket().say('PROBE')
    expect(started.log.at(-1)).toBe('live preserved')
    started.clock.advance(2_999)
    expect(started.log.at(-1)).toBe('stalled')
    expect(started.socket().left).toBe('no')
    started.clock.advance(1)
    expect(started.socket(0).left).toBe('destroyed')
    expect(started.log.at(-1)).toMatch(/waiting|connecting/)
  })

  it('is measured by the keepalive that the server insists on', async () => {
    const started = start()
    await openSocket(started)
    started.socket().say('WSOK', 'CONOK,S1,50000,5000,*')
    started.clock.advance(5_999)
    expect(started.log.at(-1)).toBe('live new')
    started.clock.advance(1_001)
    expect(started.socket(0).left).toBe('destroyed')
  })

  it('is never ours: heartbeats go out', async () => {
    const started = start()
    await connect(started)
    for (let second = 0; second < 5; second++) {
      started.clock.advance(1_000)
      started.socket().say('PROBE')
    }
    expect(started.socket().sent.filter(message => message === 'heartbeat\r\n\r\n')).toHaveLength(2)
  })

  it('ends an attempt whose handshake is not answered', async () => {
    const started = start()
    started.socket().open()
    started.clock.advance(4_000)
    expect(started.socket().left).toBe('destroyed')
    expect(started.client.status).toMatchObject({ kind: 'waiting', cause: { code: 'timeout' } })
  })
})

describe('the server ends it', () => {
  it('wrong credentials: asks for others once, then stops with the whole text', async () => {
    const needs: string[] = []
    const started = start({
      credentials: async need => {
        needs.push(need)
        return { user: 'u', password: 'secret' }
      },
    })
    for (let attempt = 0; attempt < 2; attempt++) {
      await openSocket(started)
      started.socket().say('WSOK', 'CONERR,1,User%2Fpassword check failed%2C sorry, really')
      untilNextDial(started)
    }
    expect(needs).toEqual(['known', 'fresh'])
    expect(started.sockets).toHaveLength(2)
    expect(started.client.status).toEqual({
      kind: 'closed',
      cause: { code: 1, text: 'User/password check failed, sorry, really' },
    })
    expect(started.clock.pending).toBe(0)
  })

  it('no other credentials: stops with what the server said', async () => {
    const started = start({ credentials: async need => (need === 'fresh' ? null : { user: 'u' }) })
    for (let attempt = 0; attempt < 2; attempt++) {
      await openSocket(started)
      if (attempt === 0) started.socket().say('WSOK', 'CONERR,-5,tokens expired')
      untilNextDial(started)
    }
    expect(started.client.status).toEqual({ kind: 'closed', cause: { code: -5, text: 'tokens expired' } })
  })

  it.each([
    ['END,32,reason text', 'waiting', 500],
    ['END,48,reason text', 'waiting', 0],
    ['END,8,reason text', 'waiting', 500],
    ['END,33,x', 'waiting', 500],
    ['END,31,somebody else', 'waiting', 0],
    ['END,35,took over', 'closed', 0],
    ['END,40,rebound', 'closed', 0],
    ['CONERR,20,x', 'waiting', 0],
  ])('%s: %s', async (line, kind, atLeastMs) => {
    const started = start()
    await connect(started)
    for (let second = 0; second < 6; second++) {
      started.clock.advance(1_000)
      started.socket().say('PROBE')
    }
    started.socket().say(line)
    const { status } = started.client
    expect(status.kind).toBe(kind)
    if (status.kind === 'waiting')
      expect(status.retryAtMs - started.clock.monotonicMs()).toBeGreaterThanOrEqual(atLeastMs)
  })

  it('never loops without a pause, whatever it says each time', async () => {
    for (const line of ['CONERR,5,busy', 'CONERR,4,x', 'CONERR,20,x', 'CONERR,69,x', 'END,48,x', 'ERROR,67,x']) {
      const started = start()
      for (let second = 0; second < 60; second++) {
        await openSocket(started)
        started.socket().say('WSOK', line)
        started.clock.advance(1_000)
      }
      expect(started.sockets.length, line).toBeLessThan(12)
    }
  })

  it('a version it does not know: tries the next older one', async () => {
    const started = start({ version: '2.5.0' })
    await openSocket(started)
    started.socket().say('CONERR,65,Unsupported protocol version: 2.5.0')
    untilNextDial(started)
    expect(started.socket().protocol).toBe('TLCP-2.4.0.lightstreamer.com')
  })
})
