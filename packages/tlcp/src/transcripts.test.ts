import { describe, expect, it } from 'vitest'
import type { SubscriptionSpec } from './subscription.ts'
import { connect, openSocket, PRICES, type Started, start, untilNextDial, watch } from './testing/scripted-client.ts'

// Transcripts of TLCP sessions, told as an application sees them. Sections: TLCP specification, version 2.4.0. Connecting,
// snapshots, LOOP, drops, refusals and ends by the server have files of their own: tlcp-client, tlcp-trouble, subscription-activity.

const NAMED: SubscriptionSpec = {
  mode: 'COMMAND',
  items: ['BOOK'],
  fields: ['key', 'command', 'price'],
  isSnapshotWanted: true,
}

function follow({ client, log }: Started, spec: SubscriptionSpec) {
  return client.subscribe(spec, {
    update: row => log.push(`${row.isSnapshot ? 'snapshot' : 'row'} ${spec.fields.map((_, at) => row.value(at))}`),
    rowsDropped: (item, count) => log.push(`dropped ${count} of ${item}`),
    interrupted: reason => log.push(`interrupted ${reason}`),
    snapshotEnded: item => log.push(`snapshot of ${item} ended`),
    cleared: item => log.push(`cleared ${item}`),
    frequency: real => log.push(`frequency ${real.perSecond} ${real.isFiltered ? 'filtered' : 'unfiltered'}`),
    frequencyRefused: ({ code, text }) => log.push(`frequency refused ${code} ${text}`),
    refused: ({ code, text }) => log.push(`refused ${code} ${text}`),
    ended: () => log.push('ended'),
  })
}

const lastLine = (started: Started) => started.socket().sent.at(-1)?.split('\r\n').at(-1)

describe('RAW ("RAW mode")', () => {
  it('has no snapshot, and tells of lost rows (OV)', async () => {
    const started = start()
    follow(started, { ...PRICES, mode: 'RAW', fields: ['BID'], maxFrequency: 'unfiltered' })
    await connect(started)
    expect(lastLine(started)).toBe(
      'LS_reqId=1&LS_op=add&LS_subId=1&LS_mode=RAW&LS_group=MARKET%3AONE&LS_schema=BID&LS_requested_max_frequency=unfiltered&LS_ack=false',
    )
    started.socket().say('SUBOK,1,1,1', 'CONF,1,unlimited,unfiltered', 'U,1,1,1', 'OV,1,1,7', 'U,1,1,9')
    expect(started.log.slice(2)).toEqual([
      'frequency unlimited unfiltered',
      'row 1',
      'dropped 7 of 0',
      'interrupted the server dropped 7 rows',
      'row 9',
    ])
  })
})

describe('COMMAND ("COMMAND mode")', () => {
  it('keeps a table by key, from snapshot to live', async () => {
    const started = start()
    const rows: unknown[] = []
    started.client.subscribe(NAMED, {
      update: row => rows.push([row.key, row.command, row.value(2), row.isSnapshot, row.changedFields().join()]),
    })
    await connect(started)
    started.socket().say('SUBCMD,1,1,3,1,2', 'CONF,1,unlimited,filtered', 'U,1,1,A|ADD|10', 'U,1,1,B||20', 'EOS,1,1')
    started.socket().say('U,1,1,A|UPDATE|11', 'U,1,1,B|DELETE|#')
    expect(rows).toEqual([
      ['A', 'ADD', '10', true, '0,1,2'],
      ['B', 'ADD', '20', true, '0,1,2'],
      ['A', 'UPDATE', '11', false, '1,2'],
      ['B', 'DELETE', null, false, '1,2'],
    ])
  })

  it('is cleared by CS, and starts empty in a new session', async () => {
    const started = start()
    follow(started, NAMED)
    await connect(started)
    started.socket().say('SUBCMD,1,1,3,1,2', 'U,1,1,A|ADD|10', 'EOS,1,1', 'CS,1,1', 'U,1,1,|UPDATE|11')
    expect(started.log.slice(2)).toEqual(['snapshot A,ADD,10', 'snapshot of 0 ended', 'cleared 0', 'row A,ADD,11'])
    started.socket().say('END,48,x')
    untilNextDial(started)
    await connect(started, 'S2')
    started.socket().say('SUBCMD,1,1,3,1,2', 'U,1,1,A|UPDATE|12')
    expect(started.log.at(-1)).toBe('snapshot A,ADD,12')
  })

  it.each([
    ['SUBOK,1,1,3', 'the server does not know the mode COMMAND of it'],
    ['SUBCMD,1,1,3,0,2', 'the server does not know the mode COMMAND of it'],
    ['SUBCMD,1,1,3,1,4', 'the server does not know the mode COMMAND of it'],
    ['SUBCMD,1,2,3,1,2', 'the server understood 2 items and 3 fields'],
  ])('is refused when its answer does not fit: %s', async (line, text) => {
    const started = start()
    follow(started, NAMED)
    await connect(started)
    started.socket().say(line, 'U,1,1,A|ADD|10')
    expect(started.log.slice(2)).toEqual([`refused 61 ${text}`, 'ended'])
    expect(lastLine(started)).toBe('LS_reqId=2&LS_op=delete&LS_subId=1&LS_ack=false')
  })

  it('starts again after a row without key', async () => {
    const started = start()
    follow(started, NAMED)
    await connect(started)
    started.socket().say('SUBCMD,1,1,3,1,2', 'U,1,1,#|ADD|10')
    expect(started.log.at(-1)).toBe('interrupted BOOK has a row without key or with an unknown command')
    started.clock.advance(200)
    expect(started.socket().parameter('control', 'LS_op')).toEqual(['add', 'delete', 'add'])
  })
})

describe('diffs ("Data updates", ^P and ^T)', () => {
  it('are asked for from 2.4.0 on, and not before', async () => {
    for (const [version, wanted] of [
      ['2.5.0', ['P,T']],
      ['2.4.0', ['P,T']],
      ['2.3.0', []],
      ['2.1.0', []],
    ] as const) {
      const started = start({ version })
      await openSocket(started)
      expect(started.socket().protocol).toBe(`TLCP-${version}.lightstreamer.com`)
      expect(started.socket().parameter('create_session', 'LS_supported_diffs')).toEqual(wanted)
    }
  })

  it('are applied to the value before, and told as a patch', async () => {
    const started = start()
    const rows: unknown[] = []
    const spec = { ...PRICES, fields: ['JSON', 'TEXT'] }
    started.client.subscribe(spec, { update: row => rows.push([row.value(0), row.value(1), row.jsonPatch(0)]) })
    await connect(started)
    started.socket().say('SUBOK,1,1,2', 'U,1,1,{"a":1}|foobar')
    started.socket().say('U,1,1,^P[{"op":"replace","path":"/a","value":2}]|^Tbdzapcd')
    expect(rows).toEqual([
      ['{"a":1}', 'foobar', null],
      ['{"a":2}', 'fzapbar', '[{"op":"replace","path":"/a","value":2}]'],
    ])
  })
})

describe('clearing ("CS")', () => {
  it('is told in DISTINCT, and means nothing in MERGE', async () => {
    const warnings: string[] = []
    const started = start({ onWarning: text => warnings.push(text) })
    follow(started, { ...PRICES, mode: 'DISTINCT', fields: ['A'], snapshotLength: 5 })
    follow(started, { ...PRICES, fields: ['A'] })
    await connect(started)
    expect(started.socket().parameter('control', 'LS_snapshot')).toEqual(['5', 'true'])
    started.socket().say('SUBOK,1,1,1', 'SUBOK,2,1,1', 'CS,1,1', 'CS,2,1', 'CS,1,9')
    expect(started.log.slice(2)).toEqual(['cleared 0'])
    expect(warnings).toEqual(['the server cleared MARKET:ONE, whose mode knows no clearing', 'a line for item 9 of 1'])
  })
})

describe('frequency ("control, LS_op=reconf")', () => {
  it('is asked for with the subscription; a second change waits for the first answer', async () => {
    const started = start()
    const subscription = follow(started, { ...PRICES, maxFrequency: 2, bufferSize: 5, selector: 'sel' })
    await connect(started)
    expect(lastLine(started)).toContain(
      'LS_selector=sel&LS_snapshot=true&LS_requested_max_frequency=2&LS_requested_buffer_size=5',
    )
    started.socket().say('SUBOK,1,1,3', 'CONF,1,2,filtered')
    subscription.limitFrequency(0.5)
    subscription.limitFrequency(4)
    subscription.limitFrequency('unlimited')
    expect(lastLine(started)).toBe('LS_reqId=2&LS_op=reconf&LS_subId=1&LS_requested_max_frequency=0.5')
    started.socket().say('REQOK,2', 'CONF,1,0.5,filtered')
    expect(lastLine(started)).toBe('LS_reqId=3&LS_op=reconf&LS_subId=1&LS_requested_max_frequency=unlimited')
    started.socket().say('REQERR,3,-4,not, for you')
    expect(started.log.slice(2)).toEqual([
      'frequency 2 filtered',
      'frequency 0.5 filtered',
      'frequency refused -4 not, for you',
    ])
  })

  it('wanted before the subscription is answered goes out after it, and is part of the next session', async () => {
    const started = start()
    const subscription = follow(started, PRICES)
    await connect(started)
    subscription.limitFrequency(3)
    expect(started.socket().parameter('control', 'LS_op')).toEqual(['add'])
    started.socket().say('SUBOK,1,1,3')
    expect(started.socket().parameter('control', 'LS_op')).toEqual(['add', 'reconf'])
    started.socket().say('END,48,x')
    untilNextDial(started)
    await connect(started, 'S2')
    expect(started.socket().parameter('control', 'LS_requested_max_frequency')).toEqual(['3'])
  })

  it('wanted while the answer is lost goes out after it, because the server may have heard the first request', async () => {
    const started = start()
    const subscription = follow(started, PRICES)
    await connect(started)
    subscription.limitFrequency(3)
    started.socket().drop()
    untilNextDial(started)
    started.socket().open()
    started.socket().say('WSOK', 'CONOK,S1,50000,1000,*', 'PROG,0')
    expect(started.socket().parameter('control', 'LS_requested_max_frequency')).toEqual([])
    started.socket().say('SUBOK,1,1,3')
    expect(started.socket().parameter('control', 'LS_requested_max_frequency')).toEqual(['3'])
  })

  it('of an unfiltered subscription is refused, and a limit that is none throws', async () => {
    const started = start()
    const subscription = follow(started, { ...PRICES, maxFrequency: 'unfiltered' })
    subscription.limitFrequency(1)
    expect(started.log.at(-1)).toBe('frequency refused 13 an unfiltered subscription cannot be limited')
    expect(() => subscription.limitFrequency(0)).toThrow(RangeError)
    expect(() => subscription.limitFrequency(Number.NaN)).toThrow(RangeError)
  })
})

describe('bandwidth ("control, LS_op=constrain")', () => {
  it('is part of create_session, changed when it differs, and told by the server', async () => {
    const started = start({ maxBandwidthKbps: 100 })
    await connect(started)
    expect(started.socket().parameter('create_session', 'LS_requested_max_bandwidth')).toEqual(['100'])
    expect(started.client.session?.bandwidth).toBe('unlimited')
    started.client.limitBandwidth(100)
    expect(started.socket().parameter('control', 'LS_op')).toEqual([])
    started.client.limitBandwidth(40)
    started.client.limitBandwidth(30)
    started.socket().say('REQOK,1', 'CONS,40')
    expect(started.client.session?.bandwidth).toBe(40)
    expect(started.socket().parameter('control', 'LS_requested_max_bandwidth')).toEqual(['40', '30'])
  })

  it('is not asked for where the server does not let itself be limited', async () => {
    const started = start()
    await connect(started)
    started.socket().say('CONS,unmanaged')
    started.client.limitBandwidth(40)
    expect(started.socket().parameter('control', 'LS_op')).toEqual([])
  })
})

describe('rebinding at our wish ("control, LS_op=force_rebind")', () => {
  it('asks for LOOP, and goes on over another connection', async () => {
    const started = start()
    watch(started.client, started.log)
    await connect(started)
    started.socket().say('SUBOK,1,1,3', 'U,1,1,1|1|1')
    started.client.rebind()
    expect(started.socket().parameter('control', 'LS_op')).toEqual(['add', 'force_rebind'])
    started.socket().say('REQOK,2', 'LOOP,0')
    started.socket().open()
    started.socket().say('WSOK', 'CONOK,S1,50000,1000,*', 'U,1,1,2||')
    expect(started.log.slice(-2)).toEqual(['live preserved', 'row 2 =1 =1'])
  })
})

describe('requests that can have no effect', () => {
  it('a subscription longer than the server takes is refused here; the session goes on', async () => {
    const started = start()
    follow(started, { ...PRICES, items: Array.from({ length: 40 }, (_, index) => `ITEM${index}`) })
    follow(started, PRICES)
    await openSocket(started)
    started.socket().say('WSOK', 'CONOK,S1,500,1000,*')
    expect(started.log.slice(2)).toEqual(['refused 61 the server takes no request of this length', 'ended'])
    expect(started.socket().parameter('control', 'LS_subId')).toEqual(['2'])
  })

  it.each([
    [{ items: [] }, 'items'],
    [{ items: ['A B'] }, 'items'],
    [{ fields: [''] }, 'fields'],
    [{ maxFrequency: -1 }, 'maxFrequency'],
    [{ bufferSize: 1.5 }, 'bufferSize'],
    [{ snapshotLength: 0 }, 'snapshotLength'],
  ])('a specification that no server could understand throws: %j', (part, name) => {
    const { client } = start()
    expect(() => client.subscribe({ ...PRICES, ...part }, { update: () => {} })).toThrow(name)
  })

  it('a control link is not followed when it is to be ignored', async () => {
    const started = start({ isControlLinkIgnored: true })
    await openSocket(started)
    started.socket().say('WSOK', 'CONOK,S1,50000,1000,push7.example.com', 'LOOP,0')
    untilNextDial(started)
    expect(started.socket().url).toBe('wss://push.example.com/lightstreamer')
  })
})
