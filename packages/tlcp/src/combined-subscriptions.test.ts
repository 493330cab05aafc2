import { describe, expect, it } from 'vitest'
import { connect, openSocket, PRICES, start, untilNextDial, watch } from './testing/scripted-client.ts'

describe('subscriptions that are part of create_session ("create_session")', () => {
  it('are asked for once, without numbers and answers of their own; later ones as ever', async () => {
    const started = start({ combinesRequests: true })
    const { client, log, socket } = started
    watch(client, log)
    watch(client, log, { ...PRICES, items: ['TWO'], maxFrequency: 2 })
    await openSocket(started)
    const [head, ...lines] = (socket().sent[1] ?? '').split('\r\n').slice(1)
    expect(head).toContain('LS_cid=')
    expect(lines).toEqual([
      'LS_op=add&LS_subId=1&LS_mode=MERGE&LS_group=MARKET%3AONE&LS_schema=BID%20OFFER%20TIME&LS_snapshot=true',
      'LS_op=add&LS_subId=2&LS_mode=MERGE&LS_group=TWO&LS_schema=BID%20OFFER%20TIME&LS_snapshot=true&LS_requested_max_frequency=2',
    ])
    watch(client, log, { ...PRICES, items: ['THREE'] })
    socket().say('WSOK', 'CONOK,S1,50000,1000,*', 'SUBOK,1,1,3', 'SUBOK,2,1,3', 'U,1,1,1|2|3')
    expect(socket().parameter('control', 'LS_subId')).toEqual(['3'])
    expect(log.at(-1)).toBe('snapshot 1 2 3')
  })

  it('do not cost the session when one of them is refused: it is asked for alone, from there on', async () => {
    const started = start({ combinesRequests: true })
    watch(started.client, started.log)
    await openSocket(started)
    started.socket().say('WSOK', 'CONERR,64,no such item')
    for (const id of ['S1', 'S2']) {
      untilNextDial(started)
      await connect(started, id)
      expect(started.socket().parameter('create_session', 'LS_subId')).toEqual([])
      expect(started.socket().parameter('control', 'LS_subId')).toEqual(['1'])
      started.socket().say('END,48,expired')
    }
  })

  it('are repeated like any other when their answer is lost', async () => {
    const started = start({ combinesRequests: true })
    const subscription = watch(started.client, started.log)
    await connect(started)
    subscription.close()
    watch(started.client, started.log, { ...PRICES, items: ['TWO'] })
    started.socket().drop()
    untilNextDial(started)
    started.socket().open()
    started.socket().say('WSOK', 'CONOK,S1,50000,1000,*', 'PROG,0')
    expect(started.socket().parameter('control', 'LS_op')).toEqual(['add', 'delete'])
  })

  it('stop at a size that every server takes; the others follow', async () => {
    const started = start({ combinesRequests: true })
    for (let item = 0; item < 200; item++) watch(started.client, started.log, { ...PRICES, items: [`ITEM${item}`] })
    await connect(started)
    const combined = started.socket().parameter('create_session', 'LS_subId')
    expect((started.socket().sent[1] ?? '').length).toBeLessThan(9_000)
    expect([...combined, ...started.socket().parameter('control', 'LS_subId')]).toEqual(
      Array.from({ length: 200 }, (_, index) => String(index + 1)),
    )
  })
})
