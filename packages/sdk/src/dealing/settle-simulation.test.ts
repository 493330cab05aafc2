import { manualClock, seededRandom } from '@scalpdesk/testkit'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AmendRequest, CloseRequest, OpenRequest } from '../deal-request.ts'
import { TransportError } from '../errors.ts'
import { accountId, dealId, dealReference } from '../ids.ts'
import type { Settlement } from '../settlement.ts'
import type { Submission } from '../submission.ts'
import { aPosition, EURUSD } from '../testing/dealt.ts'
import { type Fate, ModelBroker } from '../testing/model-broker.ts'
import { passTime } from '../testing/passing-time.ts'
import { ConfirmInbox } from './confirm-inbox.ts'
import { SentRegister } from './sent-register.ts'
import { settleOver } from './settle.ts'
import { LIST_LAG_MS } from './settle-pace.ts'

// The faults: confirms that come late, never, or say UNKNOWN for what was dealt; lists that lag; replies and reads that are lost.

const ACCOUNT = accountId('ABC12')
const RUNS = 300
const LONGEST_MS = 110_000

const fate: fc.Arbitrary<Fate> = fc.record({
  dealt: fc.constantFrom('accepted', 'accepted', 'rejected', 'never arrived'),
  reachesInMs: fc.integer({ min: 0, max: 3_000 }),
  confirmInMs: fc.option(fc.integer({ min: 0, max: 3_000 })),
  streamInMs: fc.option(fc.integer({ min: 0, max: 4_000 })),
  isMistold: fc.boolean(),
  reason: fc.constantFrom('INSUFFICIENT_FUNDS', 'UNKNOWN', 'MARKET_CLOSED'),
  positionLagMs: fc.integer({ min: 0, max: 4_000 }),
  activityLagMs: fc.integer({ min: 0, max: 4_000 }),
})
const world = fc.record({ seed: fc.nat(), failing: fc.constantFrom(0, 0, 0.3, 0.8), isReplyLost: fc.boolean() })
const LOST: Submission = { kind: 'unknown', cause: new TransportError('timeout', 'lost') }

function aWorld({ seed, failing }: { readonly seed: number; readonly failing: number }) {
  const clock = manualClock()
  const random = seededRandom(seed)
  const inbox = new ConfirmInbox()
  const register = new SentRegister()
  const broker = new ModelBroker(clock, random, inbox)
  broker.failing = failing
  const settle = settleOver({
    clock,
    random,
    inbox,
    isHearingConfirms: () => random.next() < 0.5,
    register,
    accountId: () => ACCOUNT,
    confirms: { find: reference => broker.findConfirm(reference) },
    positions: { list: () => broker.listPositions() },
    orders: { list: async () => [] },
    activitySince: () => broker.activity(),
  })
  return { clock, broker, register, settle }
}

async function endOf(clock: ReturnType<typeof manualClock>, settling: Promise<Settlement>): Promise<Settlement> {
  let end: Settlement | null = null
  settling.then(settlement => {
    end = settlement
  })
  for (let passed = 0; passed < LONGEST_MS && end === null; passed += 500) await passTime(clock, 500, 100)
  if (end === null) throw new Error(`expected an end within ${LONGEST_MS} ms`)
  return end
}

it('an open is told as it was, and is told whenever IG could tell it', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(world, fate, async (setting, fate) => {
      const { clock, broker, settle } = aWorld(setting)
      const reference = dealReference('REF-1')
      const sentAtMs = clock.nowMs()
      const request: OpenRequest = {
        kind: 'open',
        reference,
        epic: EURUSD,
        direction: 'BUY',
        size: '1',
        sentAtMs,
        lane: 'entry',
        accountId: ACCOUNT,
      }
      broker.open(reference, fate)
      const taken: Submission = { kind: 'acknowledged', reference, acknowledgedAtMs: 0 }
      const end = await endOf(clock, settle({ ...(setting.isReplyLost ? LOST : taken), request }))
      if (end.kind === 'accepted') expect(fate.dealt).toBe('accepted')
      if (end.kind === 'rejected') expect(fate.dealt).toBe('rejected')
      if (fate.dealt === 'never arrived') expect(end.kind).toBe('unknown')
      else if (setting.failing === 0) expect(end.kind).toBe(fate.dealt)
    }),
    { numRuns: RUNS },
  )
})

it('a close is told as it was, whoever else closes the position', { timeout: 120_000 }, async () => {
  const elsewhere = fc.option(
    fc.record({
      channel: fc.constantFrom('system', 'web'),
      size: fc.constantFrom(1, 2),
      atMs: fc.integer({ min: 0, max: 6_000 }),
      lagMs: fc.integer({ min: 0, max: LIST_LAG_MS - 1_000 }),
    }),
  )
  const before = fc.option(fc.record({ size: fc.constantFrom(1), isAcknowledged: fc.boolean() }))
  await fc.assert(
    fc.asyncProperty(
      world,
      fate,
      fc.constantFrom(1, 2),
      elsewhere,
      before,
      fc.boolean(),
      async (setting, fate, size, other, earlier, isListed) => {
        const { clock, broker, register, settle } = aWorld(setting)
        const held = earlier === null ? 2 : 3
        const deal = broker.hold(held)
        // What the caller had read before, and the settling goes by.
        const atMs = clock.nowMs() - 1
        const listed = [aPosition(deal, null, { size: new Decimal(held) })]
        if (isListed) register.sizes.note(listed, { askedAtMs: atMs, heardAtMs: atMs })
        const aClose = (of: number, sentAtMs: number): CloseRequest => ({
          kind: 'close',
          reference: null,
          dealId: dealId(deal),
          epic: null,
          direction: 'SELL',
          size: String(of),
          sentAtMs,
          lane: 'exit',
          accountId: ACCOUNT,
        })
        // Another close of ours, just before: its trace must not be taken for this one's.
        if (earlier !== null) {
          const first = aClose(earlier.size, clock.nowMs())
          register.note(first)
          const its = { ...fate, dealt: 'accepted', reachesInMs: 0 } as const
          const reference = dealReference(broker.close(deal, earlier.size, its, () => {}))
          if (earlier.isAcknowledged) register.clear(first, { ...first, reference })
          await passTime(clock, 100, 100)
        }
        const request = aClose(size, clock.nowMs())
        register.note(request)
        let wasAccepted: boolean | null = null
        const tell = (accepted: boolean): void => {
          wasAccepted = accepted
        }
        const made = dealReference(broker.close(deal, size, fate, tell))
        if (other !== null) {
          clock.at(clock.monotonicMs() + other.atMs, () =>
            broker.closeElsewhere(deal, other.size, other.channel, other.lagMs),
          )
        }
        const named = { ...request, reference: made }
        const taken: Submission = { kind: 'acknowledged', reference: made, acknowledgedAtMs: 0 }
        if (!setting.isReplyLost) register.clear(request, named)
        const sent = setting.isReplyLost ? { ...LOST, request } : { ...taken, request: named }
        const end = await endOf(clock, settle(sent))
        if (end.kind === 'accepted') expect(wasAccepted).toBe(true)
        if (end.kind === 'rejected') expect(wasAccepted).toBe(false)
        if (wasAccepted === true && setting.failing === 0) {
          // A lost close beside another lost one of the same deal cannot be told from it.
          const isAmbiguous = setting.isReplyLost && earlier !== null && !earlier.isAcknowledged
          // Of a part it takes the size before to know what is gone, and nobody else who takes a part.
          const isOfPart = size === 1 && !(isListed && earlier === null && other === null)
          if (!isAmbiguous && !(setting.isReplyLost && isOfPart)) expect(end.kind).toBe('accepted')
        }
      },
    ),
    { numRuns: RUNS },
  )
})

it('a close of a part is not told by that of another program, whatever the dates say', {
  timeout: 120_000,
}, async () => {
  const earlier = fc.record({
    atMs: fc.integer({ min: 5_000, max: 40_000 }),
    lagMs: fc.integer({ max: 4_000, min: 0 }),
  })
  const datesOffMs = fc.constantFrom(0, -30_000, 10_000, 30_000, 11 * 3_600_000)
  await fc.assert(
    fc.asyncProperty(world, fate, earlier, datesOffMs, fc.boolean(), async (setting, fate, other, offMs, isListed) => {
      const { clock, broker, register, settle } = aWorld(setting)
      broker.datesOffMs = offMs
      const deal = broker.hold(4)
      broker.closeElsewhere(deal, 1, 'public-web-api', other.lagMs)
      await passTime(clock, other.atMs, 1_000)
      if (isListed) {
        const atMs = clock.nowMs() - 1
        const listed = [aPosition(deal, null, { size: new Decimal(3) })]
        register.sizes.note(listed, { askedAtMs: atMs, heardAtMs: atMs })
      }
      const request: CloseRequest = {
        kind: 'close',
        reference: null,
        dealId: dealId(deal),
        epic: null,
        direction: 'SELL',
        size: '1',
        sentAtMs: clock.nowMs(),
        lane: 'exit',
        accountId: ACCOUNT,
      }
      register.note(request)
      let wasAccepted = false
      broker.close(deal, 1, fate, accepted => {
        wasAccepted = accepted
      })
      const end = await endOf(clock, settle({ ...LOST, request }))
      if (end.kind === 'accepted') expect(wasAccepted).toBe(true)
      expect(end.kind).not.toBe('rejected')
      if (wasAccepted && isListed && offMs === 0 && setting.failing === 0) expect(end.kind).toBe('accepted')
    }),
    { numRuns: RUNS },
  )
})

it('an amendment is told as it was, whoever else amends the position', { timeout: 120_000 }, async () => {
  const elsewhere = fc.option(
    fc.record({
      stop: fc.constantFrom('1.05', '1.09'),
      atMs: fc.integer({ min: 0, max: 6_000 }),
      lagMs: fc.integer({ min: 0, max: LIST_LAG_MS - 1_000 }),
    }),
  )
  await fc.assert(
    fc.asyncProperty(world, fate, fc.constantFrom(null, '1.05'), elsewhere, async (setting, fate, stop, other) => {
      const { clock, broker, register, settle } = aWorld(setting)
      const deal = broker.hold(1, stop)
      const request: AmendRequest = {
        kind: 'amend',
        reference: null,
        dealId: dealId(deal),
        stopLevel: '1.05',
        limitLevel: null,
        sentAtMs: clock.nowMs(),
        lane: 'edit',
        accountId: ACCOUNT,
      }
      register.note(request)
      const reference = dealReference(broker.amend(deal, '1.05', fate))
      if (other !== null) {
        clock.at(clock.monotonicMs() + other.atMs, () => broker.amendElsewhere(deal, other.stop, other.lagMs))
      }
      const named = { ...request, reference }
      const taken: Submission = { kind: 'acknowledged', reference, acknowledgedAtMs: 0 }
      if (!setting.isReplyLost) register.clear(request, named)
      const sent = setting.isReplyLost ? { ...LOST, request } : { ...taken, request: named }
      const end = await endOf(clock, settle(sent))
      if (end.kind === 'accepted') expect(fate.dealt).toBe('accepted')
      if (end.kind === 'rejected') expect(fate.dealt).toBe('rejected')
      // Levels that somebody else changed do not bear a lost one out.
      const isTellable = !setting.isReplyLost || other === null
      if (fate.dealt === 'accepted' && setting.failing === 0 && isTellable) expect(end.kind).toBe('accepted')
    }),
    { numRuns: RUNS },
  )
})
