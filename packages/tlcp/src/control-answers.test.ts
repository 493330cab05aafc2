import { manualClock, seededRandom } from '@scalpdesk/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { MessageOutcome } from './message-board.ts'
import type { TlcpSubscription } from './subscription.ts'
import { DisorderlyServer } from './testing/disorderly-server.ts'
import { openTlcp } from './tlcp-client.ts'

const ACTIONS = [
  'subscribe',
  'close',
  'frequency',
  'message',
  'sequence',
  'bandwidth',
  'work',
  'work',
  'work',
  'tell',
  'tell',
  'tell',
  'time',
  'drop',
  'loop',
  'end',
] as const

/** A subscription as its owner sees it. */
interface Owned {
  readonly subscription: TlcpSubscription
  readonly log: string[]
  wanted: string | null
}

async function play(
  seed: number,
  combinesRequests: boolean,
  actions: readonly (typeof ACTIONS)[number][],
): Promise<void> {
  const clock = manualClock()
  const random = seededRandom(seed)
  const server = new DisorderlyServer(random)
  const client = openTlcp({ server: 'http://server', clock, random, dial: server.dial, combinesRequests })
  const owned: Owned[] = []
  const closed: Owned[] = []
  const outcomes: MessageOutcome[] = []
  let bandwidth: string | null = null
  let sent = 0
  const settle = async () => {
    for (let turn = 0; turn < 6; turn++) await Promise.resolve()
  }
  const choose = <T>(from: T[]): T | undefined => from[Math.floor(random.next() * from.length)]
  const send = async (sequence?: string) => {
    outcomes.push(await client.send(`message ${++sent}`, sequence === undefined ? {} : { sequence }))
  }
  for (const action of actions) {
    switch (action) {
      case 'subscribe': {
        const log: string[] = []
        const subscription = client.subscribe(
          { mode: 'MERGE', items: ['ONE'], fields: ['A'], isSnapshotWanted: true },
          {
            update: () => log.push('row'),
            active: () => log.push('active'),
            inactive: () => log.push('inactive'),
            refused: () => log.push('refused'),
            ended: () => log.push('ended'),
          },
        )
        owned.push({ subscription, log, wanted: null })
        break
      }
      case 'close': {
        const one = choose(owned)
        if (one === undefined) break
        one.subscription.close()
        owned.splice(owned.indexOf(one), 1)
        closed.push(one)
        break
      }
      case 'frequency': {
        const one = choose(owned)
        if (one === undefined) break
        const perSecond = 1 + Math.floor(random.next() * 4)
        one.wanted = String(perSecond)
        one.subscription.limitFrequency(perSecond)
        break
      }
      case 'message':
      case 'sequence':
        void send(action === 'sequence' ? 'Orders' : undefined)
        break
      case 'bandwidth':
        bandwidth = String(1 + Math.floor(random.next() * 3))
        client.limitBandwidth(Number(bandwidth))
        break
      case 'time':
        clock.advance(random.next() * 1_500)
        server.keepAlive()
        break
      case 'end':
        server.endSession()
        break
      default:
        server[action]()
    }
    await settle()
  }
  server.isKind = true
  for (let second = 0; second < 120; second++) {
    for (let turn = 0; turn < 4; turn++) {
      server.work()
      server.tell()
    }
    server.keepAlive()
    await settle()
    clock.advance(500)
    await settle()
  }
  expect(client.status.kind, 'never stuck').toBe('live')
  expect(server.isQuiet, 'nothing is asked for ever and ever').toBe(true)
  const there = owned.filter(({ log }) => !log.includes('refused'))
  expect(server.session?.frequencies.size, 'what the server has is what is open here').toBe(there.length)
  for (const { log } of there) {
    expect(log.filter(entry => entry !== 'row').at(-1), 'everything open is told to be active').toBe('active')
    expect(log).not.toContain('ended')
  }
  for (const { log } of closed) {
    expect(
      log.filter(entry => entry === 'ended'),
      'the end is told once',
    ).toHaveLength(1)
    expect(log.at(-1), 'and nothing after it').toBe('ended')
  }
  const granted = [...(server.session?.frequencies.values() ?? [])].filter(each => each !== null).sort()
  expect(granted, 'the last frequency wanted is the one that is had').toEqual(
    there.flatMap(({ wanted }) => (wanted === null ? [] : [wanted])).sort(),
  )
  if (bandwidth !== null) expect(server.session?.bandwidth ?? bandwidth).toBe(bandwidth)
  for (const [text, count] of server.messages) expect(count, `${text} is taken once`).toBe(1)
  const end = client.close()
  clock.advance(500)
  await end
  await settle()
  expect(outcomes, 'every message has an outcome').toHaveLength(sent)
  expect(outcomes.filter(({ kind }) => kind === 'done').length).toBeLessThanOrEqual(server.messages.size)
  expect(clock.pending).toBe(0)
}

it('whatever the order of requests, answers and losses: nothing stuck, nothing twice, nothing left behind', async () => {
  const runs = fc.tuple(
    fc.nat(1_000_000),
    fc.boolean(),
    fc.array(fc.constantFrom(...ACTIONS), { maxLength: 80, size: 'max' }),
  )
  await fc.assert(
    fc.asyncProperty(runs, ([seed, isCombining, actions]) => play(seed, isCombining, actions)),
    { numRuns: 300 },
  )
})
