import { manualClock } from '@scalpdesk/testkit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AllowanceError, type IgError } from '../errors.ts'
import { AllowanceBudget, type Counts } from './allowance-budget.ts'
import { AllowanceGate } from './allowance-gate.ts'
import type { Lane } from './lane.ts'

const LANES: readonly Lane[] = ['exit', 'entry', 'edit', 'data']
const STEP_MS = 250
const CODES = {
  trading: 'error.public-api.exceeded-account-trading-allowance',
  data: 'error.public-api.exceeded-account-allowance',
}

type Step =
  | { readonly kind: 'enter'; readonly counts: Counts; readonly lane: Lane; readonly withinMs: number }
  | { readonly kind: 'order'; readonly lane: Lane }
  | { readonly kind: 'abort'; readonly nth: number }
  | { readonly kind: 'pass'; readonly steps: number }
  | { readonly kind: 'refuse'; readonly counts: Counts }
  | { readonly kind: 'succeed'; readonly counts: Counts }
  | { readonly kind: 'learn'; readonly limit: number }
  | { readonly kind: 'switch'; readonly accountId: string }

const lane = fc.constantFrom(...LANES)
const counts = fc.constantFrom<Counts>('trading', 'data')
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('enter' as const),
      counts,
      lane,
      withinMs: fc.constantFrom(0, 1_000, 30_000, 60_000, 200_000),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('order' as const), lane }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('abort' as const), nth: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), steps: fc.integer({ min: 1, max: 100 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refuse' as const), counts }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('succeed' as const), counts }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('learn' as const), limit: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('switch' as const), accountId: fc.constantFrom('A', 'B') }) },
)

interface Asked {
  readonly id: number
  readonly counts: Counts
  readonly lane: Lane
  readonly deadlineMs: number
  readonly abort: AbortController
}

/** Keeps its own books of what was spent, apart from those that are tested. */
class AuditedBudget extends AllowanceBudget {
  readonly spent: { readonly counts: Counts; readonly accountId: string; readonly atMs: number }[] = []
  #accountId = ''
  override actFor(accountId: string): void {
    this.#accountId = accountId
    super.actFor(accountId)
  }
  get accountId(): string {
    return this.#accountId
  }
  override spend(counts: Counts, nowMs: number): void {
    this.spent.push({ counts, accountId: this.#accountId, atMs: nowMs })
    super.spend(counts, nowMs)
  }
}

it('keeps limits, reserve, lanes and turns through any history, and leaves nothing behind', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ tradingPerMinute: fc.integer({ min: 1, max: 12 }), dataPerMinute: fc.integer({ min: 1, max: 12 }) }),
      fc.integer({ min: 1, max: 15 }),
      fc.array(step, { maxLength: 120, size: 'max' }),
      (limits, keyPerMinute, steps) => live({ ...limits, keyPerMinute, pointsPerWeek: 10_000 }, steps),
    ),
    { numRuns: 100 },
  )
})

async function live(limits: ConstructorParameters<typeof AllowanceBudget>[0], steps: readonly Step[]): Promise<void> {
  const clock = manualClock()
  const budget = new AuditedBudget(limits)
  const gate = new AllowanceGate(budget, clock)
  gate.actFor('A')
  const waiting = new Map<number, Asked>()
  const ended: (() => void)[] = []
  let asked = 0

  function enter(step: Extract<Step, { kind: 'enter' }>): void {
    const abort = new AbortController()
    const call: Asked = { ...step, id: ++asked, abort, deadlineMs: clock.monotonicMs() + step.withinMs }
    waiting.set(call.id, call)
    gate.enter('GET /accounts v1', step.counts, step.lane, { signal: abort.signal, withinMs: step.withinMs }).then(
      () => ended.push(() => checkAdmission(call)),
      (error: IgError) => ended.push(() => checkRefusal(call, error)),
    )
  }

  function checkAdmission(call: Asked): void {
    waiting.delete(call.id)
    expect(clock.monotonicMs()).toBeLessThanOrEqual(call.deadlineMs)
    checkRoom(call.counts, call.lane)
    for (const other of waiting.values()) {
      if (other.counts !== call.counts) continue
      const isBefore = LANES.indexOf(call.lane) - LANES.indexOf(other.lane) || call.id - other.id
      expect(isBefore, `${call.id} ${call.lane} before ${other.id} ${other.lane}`).toBeLessThan(0)
    }
  }

  function checkRefusal(call: Asked, error: IgError): void {
    waiting.delete(call.id)
    if (call.abort.signal.aborted) return expect(error.code).toBe('aborted')
    expect(error).toBeInstanceOf(AllowanceError)
    if (error instanceof AllowanceError) expect(error.retryAtMs).toBeGreaterThan(call.deadlineMs)
    expect(`${call.counts} ${call.lane}`).not.toBe('trading exit')
  }

  /** Every 60 s that end with this admission. */
  function checkRoom(counts: Counts, lane: Lane): void {
    if (counts === 'trading' && lane === 'exit') return
    const nowMs = clock.monotonicMs()
    const ofKey = budget.spent.filter(call => call.counts === counts && call.atMs > nowMs - 60_000)
    const ofAccount = ofKey.filter(call => call.accountId === budget.accountId)
    const view = gate.view()
    const own = { window: view[counts], used: ofAccount.length }
    for (const { window, used } of counts === 'trading' ? [own] : [own, { window: view.key, used: ofKey.length }]) {
      expect(window.used).toBe(used)
      expect(used).toBeLessThanOrEqual((window.limit ?? 0) - (lane === 'exit' ? 0 : window.reserve))
      if (lane !== 'exit') expect(window.heldBackUntilMs).toBeNull()
    }
  }

  function order(lane: Lane): void {
    const refusal = gate.admitNow('trading', lane)
    if (refusal === null) return checkRoom('trading', lane)
    expect(lane).not.toBe('exit')
    expect(refusal.retryAtMs).toBeGreaterThan(clock.monotonicMs())
  }

  /** Lets the promises tell, and sees that nobody waits without need. */
  async function look(): Promise<void> {
    for (let i = 0; i < 3; i++) await null
    for (const check of ended.splice(0)) check()
    expect(gate.waiting()).toBe(waiting.size)
    for (const call of waiting.values()) {
      expect(budget.waitMs(call.counts, call.lane, clock.monotonicMs())).toBeGreaterThan(0)
    }
  }

  async function pass(steps: number): Promise<void> {
    for (let i = 0; i < steps; i++) {
      clock.advance(STEP_MS)
      await look()
    }
  }

  for (const step of steps) {
    if (step.kind === 'enter') enter(step)
    else if (step.kind === 'order') order(step.lane)
    else if (step.kind === 'abort') [...waiting.values()][step.nth]?.abort.abort()
    else if (step.kind === 'pass') await pass(step.steps)
    else if (step.kind === 'refuse') gate.refused(CODES[step.counts])
    else if (step.kind === 'succeed') gate.succeeded(step.counts)
    else if (step.kind === 'switch') gate.actFor(step.accountId)
    else gate.learn({ tradingPerMinute: step.limit, dataPerMinute: step.limit })
    await look()
  }
  for (let i = 0; i < 10 && waiting.size > 0; i++) await pass(100)
  expect([waiting.size, gate.waiting(), clock.pending]).toEqual([0, 0, 0])
}
