import { manualClock } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { OPEN, type RestClient } from '../testing/rest-client.ts'
import { startedBrokers } from '../testing/started-brokers.ts'
import { type FaultPlan, parseFaultPlans } from './index.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const { start } = startedBrokers()

/** Statuses of so many opens, one after the other; 0 for no answer. */
async function statusesOf(client: RestClient, count: number): Promise<readonly number[]> {
  const statuses: number[] = []
  for (let index = 0; index < count; index++) {
    const status = await client.send('POST', '/positions/otc', 2, OPEN).then(
      answer => answer.status,
      () => 0,
    )
    statuses.push(status)
  }
  return statuses
}

describe('a faults file', () => {
  it('says what happens when', () => {
    const text = JSON.stringify([
      { fault: 'dropStream' },
      { fault: 'loseReply', match: 'open', onRequest: 3 },
      { fault: 'goSilent', afterMs: 5000, forMs: 2000 },
      { fault: 'rejectNext', args: ['ORDER_DECLINED'], probability: 0.05, match: 'any' },
      { fault: 'slowReply', args: 250, match: '/accounts', at: '2026-01-05T09:30:00Z' },
      { fault: 'endStream', args: [48, 'again'] },
      { fault: 'exceedAllowance' },
    ])
    expect(parseFaultPlans(text, 'faults.json').map(plan => ({ ...plan, match: plan.match ?? null }))).toMatchObject([
      { fault: 'dropStream', args: [] },
      { fault: 'loseReply', match: 'open', when: { onRequest: 3 } },
      { fault: 'goSilent', when: { afterMs: 5000 }, forMs: 2000 },
      { fault: 'rejectNext', args: ['ORDER_DECLINED'], when: { probability: 0.05 }, match: 'any' },
      { fault: 'slowReply', args: [250], match: '/accounts', when: { atMs: Date.UTC(2026, 0, 5, 9, 30) } },
      { fault: 'endStream', args: [48, 'again'] },
      { fault: 'exceedAllowance', args: [] },
    ])
  })

  it.each([
    ['no JSON', '[', 'expected JSON in f.json'],
    ['no list', '{}', 'expected a list of faults in f.json'],
    ['no object', '[1]', 'expected an object in entry 1 of f.json'],
    ['an unknown fault', '[{"fault":"nothing"}]', 'expected one of the faults loseReply'],
    ['an unknown field', '[{"fault":"badRow","when":1}]', 'but got "when"'],
    ['a missing argument', '[{"fault":"slowReply"}]', 'expected 1 in args of slowReply (ms)'],
    ['an argument too many', '[{"fault":"badRow","args":[1]}]', 'expected 0 in args of badRow'],
    ['no epic', '[{"fault":"staleQuote","args":["X"]}]', 'the epic of a market in args of staleQuote'],
    ['no reason', '[{"fault":"rejectNext","args":["X"]}]', 'a reason such as'],
    ['no allowance', '[{"fault":"exceedAllowance","args":["X"]}]', 'api-key, account'],
    ['no time', '[{"fault":"slowReply","args":[-1]}]', 'whole milliseconds from 0 up in args'],
    ['no match', '[{"fault":"loseReply","match":"X"}]', 'expected a match such as open'],
    ['a path for a confirm', '[{"fault":"confirmLost","match":"/accounts"}]', 'dealing requests for confirmLost'],
    ['two times', '[{"fault":"badRow","afterMs":1,"onRequest":1}]', 'at most one of'],
    ['no request', '[{"fault":"badRow","onRequest":0}]', 'a whole number from 1 in onRequest'],
    ['no code', '[{"fault":"endStream","args":["48","again"]}]', 'a whole number in args of endStream'],
    ['no chance', '[{"fault":"badRow","probability":2}]', 'a probability from 0 to 1'],
    ['no date', '[{"fault":"badRow","at":"soon"}]', 'an ISO date in at'],
    ['an end of what does not last', '[{"fault":"badRow","forMs":5}]', 'forMs only for a fault that lasts'],
  ])('is refused with %s', (_what, text, message) => {
    expect(() => parseFaultPlans(text, 'f.json')).toThrow(message)
  })

  it.each([
    [
      '[\n  { "fault": "badRow" },\n  { "fault": "oops" }\n]',
      'in entry 2 of f.json (line 3, column 3), but got "oops"',
    ],
    ['[\n  { "fault": "badRow" }\n  { "fault": "badRow" }\n]', 'expected JSON in f.json, but line 3, column 3 is none'],
  ])('is refused with the place of what is wrong: %j', (text, message) => {
    expect(() => parseFaultPlans(text, 'f.json')).toThrow(message)
  })
})

describe('a planned fault', () => {
  it('hits the n-th request that matches', async () => {
    const { broker, client } = await start({ faults: [{ fault: 'loseReply', match: 'open', when: { onRequest: 3 } }] })
    await client.get('/accounts', 1)
    expect(await statusesOf(client, 4)).toEqual([200, 200, 0, 200])
    expect(broker.positions()).toHaveLength(4)
    expect(broker.faults.planned()).toEqual([])
  })

  it('comes at its time, and lasts as long as it is told to', async () => {
    const clock = manualClock()
    const { broker } = await start({ clock })
    const state = (): string | undefined => broker.state().markets.find(({ epic }) => epic === EURUSD)?.state
    broker.faults.plan({ fault: 'marketClosed', args: [EURUSD], when: { afterMs: 1000 }, forMs: 500 })
    broker.faults.plan({ fault: 'clockJump', args: [60_000], when: { atMs: clock.nowMs() + 3000 } })
    clock.advance(999)
    expect(state()).toBe('TRADEABLE')
    clock.advance(1)
    expect(state()).toBe('CLOSED')
    clock.advance(500)
    expect(state()).toBe('TRADEABLE')
    clock.advance(1500)
    expect(broker.state().nowMs).toBe(clock.nowMs() + 60_000)
    expect(broker.faults.planned()).toEqual([])
  })

  it('comes at once when the wall clock is set to its time or later, and waits longer when that is set back', async () => {
    const clock = manualClock(Date.UTC(2026, 0, 7, 9))
    const at = { atMs: Date.UTC(2026, 0, 7, 10) }
    const { broker } = await start({ clock, faults: [{ fault: 'marketClosed', args: [EURUSD], when: at }] })
    const isOpen = () => broker.state().markets.find(({ epic }) => epic === EURUSD)?.state === 'TRADEABLE'
    broker.setClock(Date.UTC(2026, 0, 7, 8))
    clock.advance(3_600_000)
    expect(isOpen()).toBe(true)
    broker.setClock(Date.UTC(2026, 0, 7, 10))
    clock.advance(0)
    expect(isOpen()).toBe(false)
  })

  it('comes with the chance it was given, and the same ones for the same seed', async () => {
    const faults: readonly FaultPlan[] = [{ fault: 'gatewayTimeoutAfterAccept', when: { probability: 0.5 } }]
    const first = await statusesOf((await start({ faults, seed: 3 })).client, 20)
    const second = await statusesOf((await start({ faults, seed: 3 })).client, 20)
    expect(second).toEqual(first)
    expect(new Set(first)).toEqual(new Set([200, 504]))
  })

  it('ends by its name: what waits is taken back, what lasts is made good', async () => {
    const { broker, client } = await start()
    const plans: readonly FaultPlan[] = [
      { fault: 'loseReply' },
      { fault: 'confirmLost' },
      { fault: 'rejectNext', args: ['ORDER_DECLINED'] },
      { fault: 'exceedAllowance', args: ['account'] },
      { fault: 'openWithoutStop' },
      { fault: 'staleQuote', args: [EURUSD] },
      { fault: 'htmlBody', when: { probability: 1 } },
    ]
    for (const plan of plans) broker.faults.plan(plan)
    expect(broker.faults.planned().map(({ fault }) => fault)).toEqual(['staleQuote', 'htmlBody'])
    for (const { fault } of plans) broker.faults.stop(fault)
    broker.injectTick(EURUSD, '1.08500', '1.08506')
    const { status, body } = await client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'sound' })
    expect([status, body]).toEqual([200, { dealReference: 'sound' }])
    expect((await client.get('/confirms/sound', 1)).body).toMatchObject({ dealStatus: 'ACCEPTED', level: 1.08506 })
  })

  it('is checked when it is made', async () => {
    const { broker } = await start()
    expect(() => broker.faults.plan({ fault: 'staleQuote', args: ['X'] })).toThrow('the epic of a market')
    await expect(start({ faults: [{ fault: 'slowReply' }] })).rejects.toThrow('expected 1 in args')
  })
})
