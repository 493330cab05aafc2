import { expect, it } from 'vitest'
import { connect, type Started, start, untilNextDial } from './testing/scripted-client.ts'

// Transcripts: TLCP specification, restated in the client's own requests.

/** A live session with one active subscription, old enough to be recovered at once. `log` tells of both. */
async function listening(): Promise<Started> {
  const started = start()
  follow(started, 'TRADE')
  await connect(started)
  started.socket().say('SUBOK,1,1,1', 'CONF,1,unlimited,filtered', 'U,1,1,a')
  beat(started, 6)
  expect(started.log.splice(0)).toEqual(['connecting', 'live new', 'TRADE active', 'TRADE a'])
  return started
}

function follow({ client, log }: Started, item: string) {
  const spec = { mode: 'DISTINCT', items: [item], fields: ['ORDERS'], isSnapshotWanted: false } as const
  return client.subscribe(spec, {
    active: () => log.push(`${item} active`),
    inactive: reason => log.push(`${item} inactive: ${reason}`),
    update: row => log.push(`${item} ${row.value(0)}`),
    refused: ({ text }) => log.push(`${item} refused: ${text}`),
    interrupted: reason => log.push(`${item} interrupted: ${reason}`),
  })
}

function beat({ clock, socket }: Started, seconds: number): void {
  for (let second = 0; second < seconds; second++) {
    clock.advance(1_000)
    socket().say('PROBE')
  }
}

it('is active from SUBOK on, and not before', async () => {
  const started = start()
  follow(started, 'TRADE')
  await connect(started)
  expect(started.log).toEqual(['connecting', 'live new'])
  started.socket().say('SUBOK,1,1,1', 'U,1,1,a')
  expect(started.log.slice(2)).toEqual(['TRADE active', 'TRADE a'])
})

it('is inactive when the server ends the session, and active in the next one', async () => {
  const started = await listening()
  started.socket().say('END,48,session%20expired')
  expect(started.log.splice(0)).toEqual(['TRADE inactive: session expired', 'waiting'])
  untilNextDial(started)
  await connect(started, 'S2')
  expect(started.log.splice(0)).toEqual(['connecting', 'live replaced'])
  started.socket().say('SUBOK,1,1,1', 'U,1,1,b')
  expect(started.log).toEqual(['TRADE active', 'TRADE b'])
})

it('is active all the time that a lost connection may be recovered, and told so again before what was missed', async () => {
  const started = await listening()
  started.socket().drop()
  started.socket().open()
  started.socket().say('WSOK', 'CONOK,S1,50000,1000,*', 'PROG,3', 'U,1,1,missed')
  expect(started.log).toEqual(['connecting', 'live recovered', 'TRADE active', 'TRADE missed'])
})

it('is inactive once the server no longer holds the session', async () => {
  const started = await listening()
  started.socket().drop()
  started.socket().open()
  started.socket().say('WSOK', 'CONERR,4,too old')
  expect(started.log).toEqual(['connecting', 'TRADE inactive: too old', 'waiting'])
})

it('is inactive once the server must have forgotten the session', async () => {
  const started = await listening()
  started.socket().drop()
  for (let attempt = 0; attempt < 8; attempt++) {
    started.socket().drop('connect ECONNREFUSED')
    untilNextDial(started)
  }
  expect(started.log.filter(line => line.startsWith('TRADE'))).toEqual([
    expect.stringMatching(/^TRADE inactive: .*(ECONNREFUSED|forgotten)/),
  ])
})

it('stays active over a rebind that the server asked for', async () => {
  const started = await listening()
  started.socket().say('LOOP,0')
  started.socket().open()
  started.socket().say('WSOK', 'CONOK,S1,50000,1000,*', 'U,1,1,b')
  expect(started.log).toEqual(['connecting', 'live preserved', 'TRADE active', 'TRADE b'])
})

it('is told again after a silence that ended by itself', async () => {
  const started = await listening()
  started.clock.advance(2_000)
  started.socket().say('U,1,1,b')
  expect(started.log).toEqual(['stalled', 'live preserved', 'TRADE active', 'TRADE b'])
})

it('is inactive between an unreadable row and the SUBOK of its restart; another subscription is not', async () => {
  const started = await listening()
  follow(started, 'OTHER')
  started.socket().say('SUBOK,2,1,1', 'U,1,1,^Tab', 'U,2,1,x')
  expect(started.log.splice(0)).toEqual([
    'OTHER active',
    'TRADE inactive: a row of TRADE that cannot be read',
    'TRADE interrupted: a row of TRADE that cannot be read',
    'OTHER x',
  ])
  started.clock.advance(1_000)
  started.socket().say('UNSUB,1', 'SUBOK,3,1,1', 'U,3,1,b')
  expect(started.log).toEqual(['TRADE active', 'TRADE b'])
})

it('is not told inactive twice when the session goes while it is paused', async () => {
  const started = await listening()
  started.socket().say('U,1,1,^Tab', 'END,48,x')
  expect(started.log.filter(line => line.startsWith('TRADE inactive'))).toHaveLength(1)
})

it('goes on being active when the server drops rows of it', async () => {
  const started = await listening()
  started.socket().say('OV,1,1,7')
  expect(started.log).toEqual(['TRADE interrupted: the server dropped 7 rows'])
})

it('is refused, and nothing else, when the server refuses it or takes it away', async () => {
  const started = start()
  follow(started, 'ONE')
  follow(started, 'TWO')
  await connect(started)
  started.socket().say('REQERR,1,-1,no', 'SUBOK,2,1,1', 'UNSUB,2')
  expect(started.log.slice(2)).toEqual(['ONE refused: no', 'TWO active', 'TWO refused: the server ended it'])
})

it('is told that it is over when the server closes for good, and nothing when we do', async () => {
  const byServer = await listening()
  byServer.socket().say('END,35,took over')
  expect(byServer.log).toEqual(['TRADE inactive: took over', 'closed'])
  const byUs = await listening()
  void byUs.client.close()
  expect(byUs.log).toEqual(['closed'])
  byUs.clock.advance(500)
  expect(byUs.clock.pending).toBe(0)
})

it('may close the client, or itself, while it is told', async () => {
  const started = start()
  const spec = { mode: 'DISTINCT', items: ['TRADE'], fields: ['ORDERS'], isSnapshotWanted: false } as const
  const rows: (string | null)[] = []
  const own = started.client.subscribe(spec, { active: () => own.close(), update: row => rows.push(row.value(0)) })
  started.client.subscribe(spec, { inactive: () => void started.client.close(), update: () => {} })
  await connect(started)
  started.socket().say('SUBOK,1,1,1', 'U,1,1,a', 'SUBOK,2,1,1')
  expect(rows).toEqual([])
  started.socket().say('END,48,x')
  started.clock.advance(500)
  expect(started.client.status).toMatchObject({ kind: 'closed', cause: { code: 'asked' } })
  expect(started.socket().left).toBe('destroyed')
  expect(started.clock.pending).toBe(0)
})
