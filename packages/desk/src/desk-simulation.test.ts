import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exposure } from './book/exposure.ts'
import type { Mode } from './desk-state.ts'
import { isEntering, isInFlight, isPending, isUnresolvedEntry, type OrderPurpose } from './orders/order.ts'
import { now } from './testing/simulated-deal.ts'
import { HEALTHY, SimulatedSession } from './testing/simulated-session.ts'
import { anyStep } from './testing/simulated-steps.ts'

/** Shorter than the five seconds for which the desk believes a confirm over the list. */
const LONGEST_LIST_LAG_MS = 3_000

function dealOf(purpose: OrderPurpose): string | null {
  return 'dealId' in purpose ? purpose.dealId : null
}

/** What must hold after every event. */
function invariants(lagMs: number) {
  return ({
    state,
    broker,
    entryPresses,
    exitPresses,
    agreedReadingAskedAtMs,
    isUnrecordedOrderSent,
    exitsSentAtMs,
    readings,
  }: SimulatedSession) => {
    if (isUnrecordedOrderSent) throw new Error('an order left without its record right before it')
    if (broker.references.length > entryPresses) throw new Error('more orders to open or to place than presses')
    if (new Set(broker.references).size < broker.references.length) throw new Error('one reference was sent twice')
    for (const [dealId, requests] of broker.requestsByDeal)
      if (requests > 3 * exitPresses) throw new Error(`${dealId} was closed or cancelled ${requests} times`)
    if ([...state.orders.values()].filter(order => isEntering(order) && isPending(order)).length > 1)
      throw new Error('an entry was sent while another had no outcome yet')
    const exiting = [...state.orders.values()].filter(
      order => (order.purpose.kind === 'close' || order.purpose.kind === 'cancel') && isInFlight(order),
    )
    for (const [i, { id, purpose }] of exiting.entries()) {
      const before = exiting.slice(0, i).findLast(other => dealOf(other.purpose) === dealOf(purpose))
      if (before && exitsSentAtMs.get(id)! - exitsSentAtMs.get(before.id)! < 2_500)
        throw new Error('a close or a cancellation was doubled within 2.5 s')
    }
    const amending = [...state.orders.values()].filter(order => order.purpose.kind === 'amend' && isPending(order))
    if (new Set(amending.map(({ purpose }) => dealOf(purpose))).size < amending.length)
      throw new Error('two changes of the legs of one position were under way')
    const asked = readings.at(-1)
    const inWindow = asked ? readings.filter(({ atMs }) => atMs > asked.atMs - 60_000).length : 0
    if (asked?.isBound && inWindow > 11) throw new Error(`${inWindow} readings in a minute`)
    for (const { id, purpose, stage } of state.orders.values()) {
      if (stage.kind !== 'done') continue
      const deal = broker.held.find(other => other.dealId === dealOf(purpose))
      if (purpose.kind === 'close' && deal && now(deal).size.gt(purpose.heldSize.minus(purpose.size)))
        throw new Error(`close ${id} is called done while its position is open as it was`)
      if (purpose.kind === 'cancel' && broker.resting.some(order => order.dealId === purpose.dealId))
        throw new Error(`cancellation ${id} is called done while its order rests`)
    }
    if (exposure(state) !== 'flat') return
    if (!broker.isStreaming) throw new Error('FLAT while nothing would tell of a change')
    if ([...state.orders.values()].some(isUnresolvedEntry)) throw new Error('FLAT although an entry was never settled')
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
  const dealt = new Set([...broker.deals, ...broker.workingOrders].map(deal => deal.reference))
  for (const order of state.orders.values()) {
    const { stage, purpose } = order
    expect(['done', 'rejected', 'denied', 'unresolved']).toContain(stage.kind)
    if ((purpose.kind === 'open' || purpose.kind === 'place') && stage.kind !== 'unresolved')
      expect([order.id, dealt.has(order.reference!)]).toEqual([order.id, stage.kind === 'done'])
  }
  const held = broker.held.map(deal => [deal.dealId, now(deal).size.toFixed(), now(deal).legs.stopLevel?.toFixed()])
  const known = [...state.holdings.values()].map(({ dealId, size, stopLevel }) => [
    dealId,
    size.toFixed(),
    stopLevel?.toFixed(),
  ])
  expect(known.sort()).toEqual(held.sort())
  const inDay = state.day.open.map(({ dealId, left }) => [dealId, left.toFixed()])
  expect(inDay.sort()).toEqual(held.map(([deal, size]) => [deal, size]).sort())
  expect([...state.resting.keys()].sort()).toEqual(broker.resting.map(order => order.dealId).sort())
}

it('keeps its promises in any session: one press, at most one order; flat means flat; every order ends in the truth', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: LONGEST_LIST_LAG_MS }),
      fc.array(anyStep, { maxLength: 40, size: 'max' }),
      fc.constantFrom<Mode[]>('hedge', 'net'),
      (lagMs, steps, mode) => {
        const session = new SimulatedSession(lagMs, invariants(lagMs), mode)
        for (const each of steps) session.step(each)
        session.heal()
        truthAtRest(session)
        session.step({ do: 'press', key: 'flatten', fate: HEALTHY })
        session.step({ do: 'pass', ms: 30_000 })
        const isUnsettled = [...session.state.orders.values()].some(isUnresolvedEntry)
        const { held, resting } = session.broker
        expect([exposure(session.state), held, resting]).toEqual([isUnsettled ? 'unknown' : 'flat', [], []])
        expect(session.state.flattens).toEqual([])
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
      fc.array(anyStep, { minLength: 20, maxLength: 40, size: 'max' }),
    ),
    { numRuns: 700, seed: 7 },
  )
  for (const [lagMs, steps] of sessions) {
    const session = new SimulatedSession(lagMs, ({ state }) => {
      for (const { purpose, stage } of state.orders.values()) ends.add(`${purpose.kind} ${stage.kind}`)
    })
    for (const each of steps) session.step(each)
    if ([...session.broker.requestsByDeal.values()].some(requests => requests > 1)) ends.add('second close')
  }
  for (const end of ['done', 'rejected', 'denied', 'checking', 'unresolved'])
    expect([...ends]).toEqual(
      expect.arrayContaining(['open', 'close', 'amend', 'place', 'cancel'].map(purpose => `${purpose} ${end}`)),
    )
  expect(ends).toContain('second close')
})
