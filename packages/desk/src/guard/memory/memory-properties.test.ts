import { Decimal, dealId, epic } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { judge } from '../judge.ts'
import type { GuardLimits } from '../limits.ts'
import { limitsText } from '../limits-text.ts'
import { anyLimits } from '../testing/any-limits.ts'
import { AT, anEntry, aQuestion, NOON } from '../testing/guard-fixtures.ts'
import { tightest } from '../tightest.ts'
import type { DayMemory } from './day-memory.ts'
import type { FactBody, GuardFact } from './fact.ts'
import { factText, readFact } from './fact-text.ts'
import { remember, rememberAll } from './remember.ts'

const DAY = 86_400_000
const MIDNIGHT = Date.UTC(2026, 0, 6)
const money = fc.integer({ min: -50_000, max: 50_000 }).map(cents => new Decimal(cents).div(100))
const moment = fc.integer({ min: 0, max: 400_000_000 })

const body: fc.Arbitrary<FactBody> = fc.oneof(
  fc.record({
    kind: fc.constant('started' as const),
    wallMs: fc.integer({ min: NOON - 400 * DAY, max: NOON + 400 * DAY }),
    zone: fc.constantFrom('Europe/London', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', { offsetHours: 3 }),
  }),
  fc.constant({ kind: 'time' as const }),
  fc.record({ kind: fc.constant('limits' as const), limits: anyLimits }),
  fc.record({
    kind: fc.constantFrom('entry-sent' as const, 'duplicate-refused' as const),
    press: fc.constantFrom('a', 'b'),
    pressedAtMs: moment,
  }),
  fc.record({
    kind: fc.constant('deal-closed' as const),
    id: fc.integer({ min: 0, max: 30 }).map(String),
    dealId: fc.integer({ min: 0, max: 6 }).map(deal => dealId(`DI${deal}`)),
    profit: fc.option(money),
    isWhole: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('charge-booked' as const),
    id: fc.integer({ min: 0, max: 9 }).map(String),
    dealId: fc.option(fc.constant(dealId('DI1'))),
    epic: fc.option(fc.constant(epic('CS.D.EURUSD.MINI.IP'))),
    cause: fc.constantFrom('commission' as const, 'funding' as const, 'guaranteed-stop' as const, 'other' as const),
    amount: money,
  }),
  fc.record({ kind: fc.constant('open-profit' as const), money: fc.option(money) }),
  fc.record({ kind: fc.constant('equity' as const), money }),
  fc.record({
    kind: fc.constant('locked' as const),
    loss: fc.option(fc.record({ lost: money, most: money })),
    reason: fc.constantFrom('day-loss' as const, 'trader' as const),
    words: fc.constant('enough'),
  }),
)

const factsUntil = (latestMs: number): fc.Arbitrary<readonly GuardFact[]> =>
  fc.array(
    fc
      .tuple(body, moment, fc.option(fc.integer({ min: NOON - 10 * DAY, max: latestMs })))
      .map(([what, atMs, brokerMs]) => ({ ...what, atMs, brokerMs })),
    { maxLength: 40 },
  )

const START: readonly GuardFact[] = [
  { kind: 'started', wallMs: NOON, zone: 'Europe/London', atMs: AT, brokerMs: null },
  { kind: 'time', atMs: AT, brokerMs: NOON },
]
const LOCK: GuardFact = { kind: 'locked', reason: 'day-loss', words: 'lost', loss: null, atMs: AT, brokerMs: NOON }

it('is unlocked by no facts whatever before the broker’s next day, and denies every entry until then', () => {
  fc.assert(
    fc.property(factsUntil(MIDNIGHT - 1), factsUntil(MIDNIGHT - 1), moment, (before, after, atMs) => {
      const memory = rememberAll([...START, ...before, LOCK, ...after])
      expect(memory.lock).not.toBeNull()
      const now = { atMs, brokerMs: MIDNIGHT - 1 }
      expect(judge(aQuestion({ memory, now, ask: anEntry({ pressedAtMs: atMs }) }))).not.toBeNull()
    }),
  )
})

it('is unlocked by the broker’s next day', () => {
  fc.assert(
    fc.property(factsUntil(MIDNIGHT - 1), facts => {
      const memory = rememberAll([...START, ...facts, LOCK])
      expect(remember(memory, { kind: 'time', atMs: AT, brokerMs: MIDNIGHT }).lock).toBeNull()
    }),
  )
})

/** In one order, because that of the trading hours says nothing. */
const asText = (limits: GuardLimits) => ({
  ...limitsText(limits),
  tradingHours: limitsText(limits)
    .tradingHours.map(hours => JSON.stringify(hours))
    .sort(),
})

/** What both allow together is what the later ones allow. */
const isLoosened = ({ limits: before }: DayMemory, { limits: after }: DayMemory) =>
  JSON.stringify(asText(tightest(after.inForce, before.inForce))) !==
  JSON.stringify(asText(tightest(after.inForce, after.inForce)))

it('tightens limits within a day and never loosens them once they are fixed', () => {
  fc.assert(
    fc.property(factsUntil(MIDNIGHT - 1), facts => {
      let memory = rememberAll(START)
      for (const fact of facts) {
        const next = remember(memory, fact)
        if (memory.limits.isFixed) expect(isLoosened(memory, next)).toBe(false)
        expect(next.limits.isFixed || !memory.limits.isFixed).toBe(true)
        memory = next
      }
    }),
  )
})

it('is the same after its facts were written down and read back', () => {
  fc.assert(
    fc.property(factsUntil(NOON + 5 * DAY), facts => {
      const written = facts.map(fact => JSON.stringify(factText(fact)))
      expect(rememberAll(written.map(line => readFact(JSON.parse(line))))).toEqual(rememberAll(facts))
    }),
  )
})

it('never goes back in time or to an earlier day once the broker has told it', () => {
  fc.assert(
    fc.property(factsUntil(NOON + 5 * DAY), facts => {
      let memory = rememberAll(START)
      for (const fact of facts) {
        const next = remember(memory, fact)
        expect(next.clock!.timeMs).toBeGreaterThanOrEqual(memory.clock!.timeMs)
        expect(next.day!.endMs).toBeGreaterThanOrEqual(memory.day!.endMs)
        memory = next
      }
    }),
  )
})

it('has realised the sum of the results that it knows', () => {
  fc.assert(
    fc.property(factsUntil(NOON + 5 * DAY), facts => {
      const { results, realised } = rememberAll([...START, ...facts])
      const sum = results.reduce((all, { profit }) => all.plus(profit ?? 0), new Decimal(0))
      expect(realised.eq(sum)).toBe(true)
    }),
  )
})

it.each([
  [{ kind: 'unlocked', atMs: 1, brokerMs: null }, 'expected started, time, limits'],
  [{ kind: 'time', atMs: '1', brokerMs: null }, 'expected a number in atMs, but got "1"; correct it'],
  [
    { kind: 'equity', atMs: 1, brokerMs: null, money: '1e9' },
    'expected a decimal number as text in money, but got "1e9"; correct it',
  ],
])('names what is wrong in a fact that cannot be read', (plain, words) => {
  expect(() => readFact(plain)).toThrow(words)
})
