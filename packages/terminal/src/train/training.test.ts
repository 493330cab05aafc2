import { seededRandom } from '@scalpdesk/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KeyAction } from '../keys/key-action.ts'
import { DRILL_ACTIONS, type Drill, drillPlan } from './drill.ts'
import { scoreOf } from './score.ts'
import { dueMs, LONGEST_ANSWER_MS, startTraining, step, type Training } from './training.ts'

/** A trainee who answers each drill with a key after a time; null lets it pass. */
function trained(
  plan: readonly Drill[],
  answer: (drill: Drill, index: number) => [KeyAction, number] | null,
): Training {
  let training = startTraining(plan, 0)
  for (let due = dueMs(training); due !== null; due = dueMs(training)) {
    const { phase } = training
    const given = phase.kind === 'asked' ? answer(phase.drill, training.results.length) : null
    training =
      phase.kind === 'asked' && given
        ? step(training, { kind: 'key', action: given[0], chord: 'b', atMs: phase.sinceMs + given[1] })
        : step(training, { kind: 'time', atMs: due })
  }
  return training
}

const PLAN = drillPlan(seededRandom(7), 200)

describe('the plan', () => {
  it('is the same for the same seed, asks for everything, and for sides most', () => {
    expect(drillPlan(seededRandom(7), 200)).toEqual(PLAN)
    expect(drillPlan(seededRandom(8), 200)).not.toEqual(PLAN)
    expect(new Set(PLAN.map(({ asked }) => asked))).toEqual(new Set(DRILL_ACTIONS))
    expect(PLAN.filter(({ asked }) => asked === 'buy' || asked === 'sell').length).toBeGreaterThan(110)
  })

  it('never lets the next drill be told by the time', () => {
    expect(PLAN.every(({ waitMs }) => waitMs >= 700 && waitMs <= 2_200)).toBe(true)
    expect(new Set(PLAN.map(({ waitMs }) => waitMs)).size).toBeGreaterThan(100)
  })
})

describe('the score', () => {
  it('of a perfect trainee is all hits, with the times that were taken', () => {
    const { results } = trained(PLAN, ({ asked }, index) => [asked, 200 + index])
    expect(scoreOf(results)).toMatchObject({ drills: 200, hits: 200, wrongSides: 0, missed: 0, p50Ms: 299, p95Ms: 389 })
  })

  it('of a clumsy one counts wrong sides, other keys and misses apart', () => {
    const sides: Drill[] = ['buy', 'sell', 'buy', 'sell', 'flatten'].map(asked => ({ asked, waitMs: 1_000 }) as Drill)
    const answers: ([KeyAction, number] | null)[] = [['buy', 300], ['buy', 200], ['help', 400], null, ['buy', 500]]
    const { results } = trained(sides, (_drill, index) => answers[index] ?? null)
    expect(results.map(({ verdict }) => verdict)).toEqual(['hit', 'wrong-side', 'other-key', 'missed', 'other-key'])
    expect(scoreOf(results)).toEqual({
      ...{ drills: 5, hits: 1, missed: 1, otherKeys: 2, sides: 2, wrongSides: 1 },
      ...{ p50Ms: 300, p95Ms: 300 },
    })
  })

  it('of nothing has no times', () => {
    expect(scoreOf([])).toMatchObject({ drills: 0, p50Ms: null, p95Ms: null })
  })
})

it('counts a key that comes before anything is asked, and lets the wait begin anew', () => {
  const early = step(startTraining(PLAN, 0), { kind: 'key', action: 'buy', chord: 'b', atMs: 100 })
  expect(early).toMatchObject({ early: 1, phase: { kind: 'waiting', untilMs: 100 + (PLAN[0]?.waitMs ?? 0) } })
  expect(early.results).toEqual([])
})

it('takes a key that comes while a result is read for no answer to the next drill', () => {
  let training = trained(PLAN.slice(0, 1), ({ asked }) => [asked, 200])
  training = { ...training, plan: PLAN, phase: { kind: 'told', result: training.results[0]!, untilMs: 9_000 } }
  expect(step(training, { kind: 'key', action: 'buy', chord: 'b', atMs: 8_000 })).toBe(training)
})

it('counts a drill as missed after two seconds, not earlier', () => {
  const asked: Training = { ...startTraining(PLAN, 0), phase: { kind: 'asked', drill: PLAN[0]!, sinceMs: 1_000 } }
  expect(step(asked, { kind: 'time', atMs: 1_000 + LONGEST_ANSWER_MS - 1 })).toBe(asked)
  expect(step(asked, { kind: 'time', atMs: 1_000 + LONGEST_ANSWER_MS }).results).toMatchObject([{ verdict: 'missed' }])
})

it('has one result for each drill, whatever keys come and when', () => {
  const anyInput = fc.tuple(
    fc.constantFrom<KeyAction | 'time'>('buy', 'sell', 'flatten', 'help', 'time'),
    fc.nat(3_000),
  )
  fc.assert(
    fc.property(fc.array(anyInput, { maxLength: 60 }), inputs => {
      let training = startTraining(PLAN.slice(0, 5), 0)
      let nowMs = 0
      for (const [action, afterMs] of inputs) {
        nowMs += afterMs
        training = step(
          training,
          action === 'time' ? { kind: 'time', atMs: nowMs } : { kind: 'key', action, chord: 'b', atMs: nowMs },
        )
        expect(training.results.length).toBeLessThanOrEqual(5)
        expect(training.phase.kind === 'over').toBe(dueMs(training) === null)
      }
      for (let due = dueMs(training); due !== null; due = dueMs(training))
        training = step(training, { kind: 'time', atMs: due })
      expect(training.results).toHaveLength(5)
    }),
  )
})
