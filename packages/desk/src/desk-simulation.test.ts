import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exposure } from './exposure.ts'
import { isPending, isUnresolvedOpen } from './order.ts'
import type { Fate } from './testing/simulated-broker.ts'
import { HEALTHY, SimulatedSession, type Step } from './testing/simulated-session.ts'

/** Shorter than the five seconds for which the desk believes a confirm over the list. */
const LONGEST_LIST_LAG_MS = 3_000

const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(HEALTHY) },
  {
    weight: 3,
    arbitrary: fc.record({
      way: fc.constantFrom('dealt', 'dealt', 'dealt', 'rejected', 'refused', 'unsent', 'lost'),
      arrivesInMs: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 15_000 })),
      isReplyLost: fc.boolean(),
      repliesInMs: fc.integer({ min: 1, max: 2_000 }),
      streamedInMs: fc.option(fc.integer({ min: 0, max: 4_000 })),
      isStreamedTwice: fc.boolean(),
      foundInMs: fc.option(fc.integer({ min: 0, max: 4_000 })),
    }),
  },
)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('press'), key: fc.constantFrom('BUY', 'SELL'), fate }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('press'), key: fc.constant('flatten'), fate }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.integer({ min: 1, max: 1_500 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.integer({ min: 1, max: 70_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end-position'), isTold: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'open-elsewhere' }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'place-working-order' }, { do: 'remove-working-orders' }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('stream'), status: fc.constantFrom('lost', 'replaced', 'recovered') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('trades'), state: fc.constantFrom('listening', 'interrupted') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('readings'),
      are: fc.constantFrom('whole', 'whole', 'without-working-orders', 'failing'),
    }),
  },
)

/** What must hold after every event. */
function invariants(lagMs: number) {
  return ({
    state,
    broker,
    entryPresses,
    flattenPresses,
    agreedReadingAskedAtMs,
    isUnrecordedOrderSent,
    closesSentAtMs,
    readings,
  }: SimulatedSession) => {
    if (isUnrecordedOrderSent) throw new Error('an order left without its record right before it')
    if (broker.references.length > entryPresses) throw new Error('more orders to open than presses')
    if (new Set(broker.references).size < broker.references.length) throw new Error('one reference was sent twice')
    for (const [dealId, requests] of broker.requestsByDeal)
      if (requests > 3 * flattenPresses) throw new Error(`${dealId} was closed ${requests} times`)
    const entering = [...state.orders.values()].filter(order => order.purpose.kind === 'open' && isPending(order))
    if (entering.length > 1) throw new Error('an entry was sent while another had no outcome yet')
    const closing = [...state.orders.values()].filter(
      ({ purpose, stage }) => purpose.kind === 'close' && (stage.kind === 'sending' || stage.kind === 'acknowledged'),
    )
    for (const [i, { id, purpose }] of closing.entries()) {
      const before = closing
        .slice(0, i)
        .findLast(
          other =>
            other.purpose.kind === 'close' && purpose.kind === 'close' && other.purpose.dealId === purpose.dealId,
        )
      if (before && closesSentAtMs.get(id)! - closesSentAtMs.get(before.id)! < 2_500)
        throw new Error('a close was doubled within 2.5 s')
    }
    const asked = readings.at(-1)
    const inWindow = asked ? readings.filter(({ atMs }) => atMs > asked.atMs - 60_000).length : 0
    if (asked?.isBound && inWindow > 11) throw new Error(`${inWindow} readings in a minute`)
    for (const { id, purpose, stage } of state.orders.values())
      if (
        purpose.kind === 'close' &&
        stage.kind === 'filled' &&
        broker.held.some(deal => deal.dealId === purpose.dealId)
      )
        throw new Error(`close ${id} is called filled while its position is open`)
    if (exposure(state) !== 'flat') return
    if (!broker.isStreaming) throw new Error('FLAT while nothing would tell of a change')
    if ([...state.orders.values()].some(isUnresolvedOpen)) throw new Error('FLAT although an entry was never settled')
    if ([...state.orders.values()].some(isPending)) throw new Error('FLAT while an order waits for its outcome')
    const ours = broker.held.find(deal => deal.isOurs)
    if (ours) throw new Error(`FLAT while the broker holds ${ours.dealId}, which is ours`)
    const shownMs = agreedReadingAskedAtMs - lagMs
    if (broker.held.some(deal => deal.openedAtMs <= shownMs))
      throw new Error('FLAT while the list had shown a position')
    if (broker.workingOrders.some(order => order.goneAtMs === null && order.placedAtMs <= shownMs))
      throw new Error('FLAT while the list had shown a working order')
  }
}

/** What must hold once the faults have ended: each order has an end, it is the true one, and the book is the broker's. */
function truthAtRest({ state, broker }: SimulatedSession): void {
  const dealt = new Set(broker.deals.map(deal => deal.reference))
  for (const order of state.orders.values()) {
    const { stage, purpose } = order
    expect(['filled', 'rejected', 'denied', 'unresolved']).toContain(stage.kind)
    if (purpose.kind === 'open' && stage.kind !== 'unresolved')
      expect([order.id, dealt.has(order.reference!)]).toEqual([order.id, stage.kind === 'filled'])
  }
  expect([...state.holdings.keys()].sort()).toEqual(broker.held.map(deal => deal.dealId).sort())
}

it('keeps its promises in any session: one press, at most one order; flat means flat; every order ends in the truth', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: LONGEST_LIST_LAG_MS }),
      fc.array(step, { maxLength: 40, size: 'max' }),
      (lagMs, steps) => {
        const session = new SimulatedSession(lagMs, invariants(lagMs))
        for (const each of steps) session.step(each)
        session.heal()
        truthAtRest(session)
        session.step({ do: 'remove-working-orders' })
        session.step({ do: 'press', key: 'flatten', fate: HEALTHY })
        session.step({ do: 'pass', ms: 30_000 })
        const isUnsettled = [...session.state.orders.values()].some(isUnresolvedOpen)
        expect([exposure(session.state), session.broker.held]).toEqual([isUnsettled ? 'unknown' : 'flat', []])
        expect(session.state.flatten.kind).toBe('idle')
      },
    ),
    { numRuns: 300 },
  )
})

it('meets fills, rejections, unknown outcomes and second closes on its way: the sessions are not idle', () => {
  const ends = new Set<string>()
  const sessions = fc.sample(
    fc.tuple(
      fc.integer({ min: 0, max: LONGEST_LIST_LAG_MS }),
      fc.array(step, { minLength: 20, maxLength: 40, size: 'max' }),
    ),
    { numRuns: 60, seed: 7 },
  )
  for (const [lagMs, steps] of sessions) {
    const session = new SimulatedSession(lagMs, ({ state }) => {
      for (const { purpose, stage } of state.orders.values()) ends.add(`${purpose.kind} ${stage.kind}`)
    })
    for (const each of steps) session.step(each)
    if ([...session.broker.requestsByDeal.values()].some(requests => requests > 1)) ends.add('second close')
  }
  for (const end of ['filled', 'rejected', 'denied', 'checking', 'unresolved'])
    expect([...ends]).toEqual(expect.arrayContaining([`open ${end}`, `close ${end}`]))
  expect(ends).toContain('second close')
})
