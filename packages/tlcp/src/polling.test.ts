import { describe, expect, it } from 'vitest'
import { openSocket, start, watch } from './testing/scripted-client.ts'

describe('polling ("create_session", "bind_session", LS_polling)', () => {
  it('goes on over the same WebSocket, poll by poll, and nobody is told', async () => {
    const started = start({ transport: 'websocket-polling', pollIdleMs: 19_000, pollPauseMs: 200 })
    watch(started.client, started.log)
    await openSocket(started)
    const { sent } = started.socket()
    expect(sent[1]).toMatch(/^create_session\r\nLS_polling=true&LS_polling_millis=200&LS_idle_millis=0&/)
    started.socket().say('WSOK', 'CONOK,S1,50000,0,*', 'LOOP,200')
    expect(started.socket().parameter('control', 'LS_op')).toEqual(['add'])
    started.clock.advance(199)
    expect(started.socket().parameter('bind_session', 'LS_session')).toEqual([])
    started.clock.advance(1)
    const poll = 'bind_session\r\nLS_session=S1&LS_polling=true&LS_polling_millis=200&LS_idle_millis=19000'
    expect(sent.at(-1)).toBe(poll)
    started.socket().say('CONOK,S1,50000,19000,*', 'SUBOK,1,1,3', 'U,1,1,1|2|3', 'LOOP,200')
    started.clock.advance(200)
    // Held for as long as agreed: no silence.
    started.socket().say('CONOK,S1,50000,19000,*')
    started.clock.advance(18_999)
    started.socket().say('LOOP,0')
    expect(sent.filter(message => message === poll)).toHaveLength(3)
    expect(sent.filter(message => message.startsWith('heartbeat'))).toEqual([])
    started.socket().say('CONOK,S1,50000,19000,*', 'U,1,1,4||')
    expect(started.sockets).toHaveLength(1)
    expect(started.log).toEqual(['connecting', 'live new', 'snapshot 1 2 3', 'row 4 =2 =3'])
  })

  it.each([
    { pollIdleMs: 0 },
    { pollIdleMs: 30_001 },
    { pollPauseMs: -1 },
    { pollPauseMs: 0.5 },
    { transport: 'http-polling' as const },
    { transport: 'http' as const },
  ])('with options that no server could keep throws: %j', options => {
    expect(() => start(options)).toThrow(RangeError)
  })
})
