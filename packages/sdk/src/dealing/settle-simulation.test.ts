import { manualClock, seededRandom } from '@scalpdesk/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { CloseRequest, OpenRequest } from '../deal-request.ts'
import { TransportError } from '../errors.ts'
import { dealId, dealReference } from '../ids.ts'
import type { Settlement } from '../settlement.ts'
import type { Submission } from '../submission.ts'
import { EURUSD } from '../testing/dealt.ts'
import { type Fate, ModelBroker } from '../testing/model-broker.ts'
import { passTime } from '../testing/passing-time.ts'
import { ConfirmInbox } from './confirm-inbox.ts'
import { SentRegister } from './sent-register.ts'
import { settleOver } from './settle.ts'
import { LIST_LAG_MS } from './settle-pace.ts'

// The faults: confirms that come late, never, or say UNKNOWN for what was dealt; lists that lag; replies and reads that are lost.

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
      async (setting, fate, size, other, earlier) => {
        const { clock, broker, register, settle } = aWorld(setting)
        const deal = broker.hold(earlier === null ? 2 : 3)
        const aClose = (of: number, sentAtMs: number): CloseRequest => ({
          kind: 'close',
          reference: null,
          dealId: dealId(deal),
          epic: null,
          direction: 'SELL',
          size: String(of),
          sentAtMs,
          lane: 'exit',
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
          if (!isAmbiguous) expect(end.kind).toBe('accepted')
        }
      },
    ),
    { numRuns: RUNS },
  )
})
