import { describe, expect, it } from 'vitest'
import { connect, type Started, start, untilNextDial } from './testing/scripted-client.ts'

// TLCP specification, "msg", "MSGDONE", "MSGFAIL".

const lines = (started: Started) =>
  started
    .socket()
    .sent.filter(message => message.startsWith('msg\r\n'))
    .flatMap(message => message.split('\r\n').slice(1))

/** The outcome, if there is one by now. */
async function peek<T>(promise: Promise<T>): Promise<T | 'pending'> {
  return Promise.race([promise, new Promise<'pending'>(resolve => setImmediate(() => resolve('pending')))])
}

async function live(): Promise<Started> {
  const started = start()
  await connect(started)
  return started
}

describe('a message', () => {
  it('is sent once and settled by its outcome', async () => {
    const started = await live()
    const first = started.client.send('hello & bye=1')
    const second = started.client.send('two', { sequence: 'Orders', maxWaitMs: 500 })
    expect(lines(started)).toEqual([
      'LS_reqId=1&LS_message=hello%20%26%20bye%3D1&LS_msg_prog=1',
      'LS_reqId=2&LS_message=two&LS_sequence=Orders&LS_msg_prog=1&LS_max_wait=500',
    ])
    started.socket().say('REQOK,1', 'REQOK,2', 'MSGDONE,*,1,thanks')
    expect(await first).toEqual({ kind: 'done', response: 'thanks' })
    expect(await peek(second)).toBe('pending')
    started.socket().say('MSGFAIL,Orders,1,-3,not, now')
    expect(await second).toEqual({ kind: 'failed', code: -3, text: 'not, now' })
  })

  it('that the server refuses has failed; the session goes on', async () => {
    const started = await live()
    const sent = started.client.send('x')
    started.socket().say('REQERR,1,-5,no, never')
    expect(await sent).toEqual({ kind: 'failed', code: -5, text: 'no, never' })
    expect(started.client.status.kind).toBe('live')
  })

  it('of which many were skipped at once fails with them', async () => {
    const started = await live()
    const sent = [1, 2, 3].map(each => started.client.send(`${each}`, { sequence: 'S' }))
    started.socket().say('MSGFAIL,S,2,39,2')
    expect(await Promise.all(sent.slice(0, 2))).toEqual([1, 2].map(() => ({ kind: 'failed', code: 39, text: '2' })))
    expect(await peek(Promise.all(sent))).toBe('pending')
  })

  it('is not sent while there is no session, and never later', async () => {
    const started = start()
    expect(await started.client.send('x')).toMatchObject({ kind: 'not-sent' })
    await connect(started)
    expect(lines(started)).toEqual([])
    expect(await started.client.send('x'.repeat(60_000))).toMatchObject({ kind: 'not-sent' })
    for (let count = 0; count < 1_000; count++) void started.client.send('x')
    expect(await started.client.send('x')).toMatchObject({ kind: 'not-sent' })
  })

  it.each([
    [{ sequence: 'UNORDERED_MESSAGES' }],
    [{ sequence: 'a b' }],
    [{ maxWaitMs: 5 }],
    [{ sequence: 'a', maxWaitMs: -1 }],
  ])('with options that the protocol does not allow throws: %j', async options => {
    const started = await live()
    expect(() => started.client.send('x', options)).toThrow(RangeError)
  })
})

describe('a message whose connection is lost', () => {
  async function recover(started: Started, from: number): Promise<void> {
    started.socket().drop()
    untilNextDial(started)
    started.socket().open()
    started.socket().say('WSOK', 'CONOK,S1,50000,1000,*', `PROG,${from}`)
    await Promise.resolve()
  }

  it('goes on waiting when the server had confirmed it', async () => {
    const started = await live()
    const sent = started.client.send('x')
    started.socket().say('REQOK,1')
    await recover(started, 0)
    expect(lines(started)).toEqual([])
    started.socket().say('MSGDONE,*,1')
    expect(await sent).toEqual({ kind: 'done', response: null })
  })

  it('is unknown when it was not confirmed, and is never sent a second time', async () => {
    const started = await live()
    const sent = started.client.send('x')
    await recover(started, 0)
    expect(await sent).toMatchObject({ kind: 'unknown' })
    expect(lines(started)).toEqual([])
  })

  it('of a sequence is repeated with its number, by which the server takes it once', async () => {
    const started = await live()
    const sent = started.client.send('x', { sequence: 'S' })
    await recover(started, 0)
    expect(lines(started)).toEqual(['LS_reqId=2&LS_message=x&LS_sequence=S&LS_msg_prog=1'])
    started.socket().say('REQERR,2,32,number too low', 'MSGDONE,S,1')
    expect(await sent).toEqual({ kind: 'done', response: null })
  })

  it('is unknown once the session is gone; numbers then start anew', async () => {
    const started = await live()
    const sent = started.client.send('x', { sequence: 'S' })
    started.socket().say('REQOK,1', 'END,48,expired')
    expect(await sent).toEqual({ kind: 'unknown', reason: 'expired' })
    untilNextDial(started)
    await connect(started, 'S2')
    void started.client.send('y', { sequence: 'S' })
    expect(lines(started)).toEqual(['LS_reqId=2&LS_message=y&LS_sequence=S&LS_msg_prog=1'])
  })

  it('is unknown when we close', async () => {
    const started = await live()
    const sent = started.client.send('x')
    void started.client.close()
    expect(await sent).toMatchObject({ kind: 'unknown' })
  })
})
