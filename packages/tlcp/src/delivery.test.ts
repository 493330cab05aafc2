import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Network } from './testing/network.ts'
import type { Transport } from './transport.ts'

/** What can happen to a connection. */
type Happening =
  | { readonly kind: 'rows'; readonly count: number }
  | { readonly kind: 'bytes'; readonly count: number }
  | { readonly kind: 'time' | 'pass'; readonly ms: number }
  | {
      readonly kind:
        | 'drop'
        | 'exchange'
        | 'requests'
        | 'stall'
        | 'loop'
        | 'forget'
        | 'end'
        | 'overload'
        | 'second'
        | 'leave'
    }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 5 }).map(count => ({ kind: 'rows' as const, count })) },
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 60 }).map(count => ({ kind: 'bytes' as const, count })) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 6_000 }).map(ms => ({ kind: 'time' as const, ms })) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 3_000 }).map(ms => ({ kind: 'pass' as const, ms })) },
  { weight: 4, arbitrary: fc.constantFrom('exchange' as const, 'requests' as const).map(kind => ({ kind })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('drop', 'stall', 'loop', 'forget', 'end', 'overload', 'second', 'leave' as const)
      .map(kind => ({ kind: kind as 'drop' })),
  },
)

it('whatever happens: no event twice, none out of order, and no gap that was not told', async () => {
  const runs = fc.record({
    seed: fc.nat(1_000_000),
    transport: fc.constantFrom<Transport>('websocket-streaming', 'http-streaming', 'websocket-polling', 'http-polling'),
    isCombining: fc.boolean(),
    repeats: fc.nat(3),
    isLiveFirst: fc.boolean(),
    happenings: fc.array(happening, { maxLength: 60 }),
  })
  await fc.assert(fc.asyncProperty(runs, play), { numRuns: 500 })
})

interface Run {
  readonly seed: number
  readonly transport: Transport
  readonly isCombining: boolean
  readonly repeats: number
  readonly isLiveFirst: boolean
  readonly happenings: readonly Happening[]
}

async function play({ seed, transport, isCombining, repeats, isLiveFirst, happenings }: Run): Promise<void> {
  const network = new Network(seed, transport, isCombining)
  const { client, server } = network
  server.repeats = repeats
  let last = 0
  let isGapTold = true
  const faults: string[] = []
  client.subscribe(
    { mode: 'DISTINCT', items: ['EVENTS'], fields: ['number'], isSnapshotWanted: false },
    {
      update(row) {
        const number = Number(row.value(0))
        if (number <= last) faults.push(`${number} after ${last}`)
        if (!isGapTold && number !== last + 1) faults.push(`a gap in silence between ${last} and ${number}`)
        last = number
        isGapTold = false
      },
      inactive: () => {
        isGapTold = true
      },
    },
  )
  const book = new Map<string, string | null>()
  client.subscribe(
    { mode: 'MERGE', items: ['PRICE'], fields: ['bid', 'offer'], isSnapshotWanted: true },
    {
      update: row => void book.set('bid', row.value(0)).set('offer', row.value(1)),
    },
  )
  const truth = { number: 0, bid: '0', offer: '0' }
  server.rowsFor = (subId, parameters) =>
    parameters.get('LS_mode') === 'MERGE' ? [`U,${subId},1,${truth.bid}|${truth.offer}`] : []
  const subscription = (mode: string) =>
    [...server.sessions.values()].flatMap(session =>
      [...session.subscriptions]
        .filter(([, parameters]) => parameters.get('LS_mode') === mode)
        .map(([subId]) => ({ session, subId })),
    )
  const publish = () => {
    truth.number++
    const isBid = truth.number % 3 !== 0
    if (isBid) truth.bid = `${truth.number}`
    else truth.offer = `${truth.number}`
    for (const { session, subId } of subscription('DISTINCT')) {
      // Rows number 1 mod 4 and others alike name the field: an event is never unchanged.
      server.push([`U,${subId},1,${truth.number}`], session)
    }
    for (const { session, subId } of subscription('MERGE')) {
      server.push([`U,${subId},1,${isBid ? truth.bid : ''}|${isBid ? '' : truth.offer}`], session)
    }
  }
  const others: { close(): void }[] = []
  if (isLiveFirst) await network.heal()
  for (const each of happenings) {
    switch (each.kind) {
      case 'rows':
        for (let count = 0; count < each.count; count++) publish()
        break
      case 'bytes':
        network.wire?.deliver(each.count)
        break
      case 'time':
        network.clock.advance(each.ms)
        break
      case 'pass':
        await network.pass(each.ms)
        break
      case 'exchange':
        await network.exchange()
        break
      case 'requests':
        network.wire?.open()
        network.wire?.carry()
        break
      case 'drop':
        network.wire?.drop()
        break
      case 'stall':
        network.isStalled = !network.isStalled
        break
      case 'loop':
        for (const session of server.sessions.values()) server.loop(session)
        break
      case 'forget':
        server.sessions.clear()
        break
      case 'end':
        server.say('END,48,as long as it may last')
        server.sessions.clear()
        break
      case 'overload':
        server.push(['OV,1,1,1'])
        break
      case 'second':
        others.push(
          client.subscribe(
            { mode: 'MERGE', items: ['OTHER'], fields: ['bid', 'offer'], isSnapshotWanted: true },
            { update: () => {} },
          ),
        )
        break
      case 'leave':
        others.pop()?.close()
        break
    }
  }
  expect(faults).toEqual([])
  await network.heal()
  expect(client.status.kind, 'never stuck').toBe('live')
  publish()
  await network.pass(2_000)
  expect(last, 'events go on').toBe(truth.number)
  expect(Object.fromEntries(book), 'the book is the truth').toEqual({ bid: truth.bid, offer: truth.offer })
  expect(faults).toEqual([])
  await network.close()
  expect(network.clock.pending).toBe(0)
}
