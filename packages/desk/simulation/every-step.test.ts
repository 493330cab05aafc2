import { expect, it } from 'vitest'
import { FAULT_NAMES } from './broker/faults.ts'
import { failureReport } from './session/failure-report.ts'
import { play } from './session/simulate.ts'
import type { Happening, Press, SessionPlan, Step } from './session/step.ts'
import { addCounts, noCounts } from './session/witness.ts'

/** A day in short: every kind of order, each with time for its outcome. */
const PRESSES: readonly Press[] = [
  'enter',
  'move-leg',
  'place',
  'tighten',
  'cancel',
  'close',
  'join',
  'reverse',
  'enter',
  'flatten',
]

const step = (happening: Happening, afterMs: number, salt: number): Step => ({ afterMs, salt, ...happening })

const ORDINARY: readonly Step[] = PRESSES.map((press, index) =>
  step({ do: 'press', press, times: 1 }, 4_000, 7 * index + 3),
)

function planWith(extra: Happening, before: number, listLagMs: number): SessionPlan {
  const steps = ORDINARY.toSpliced(before, 0, step(extra, 20, before + 1))
  // What was asked for comes right after it.
  const soon = steps.map((each, index) => (index === before + 1 ? { ...each, afterMs: 30 } : each))
  return { seed: 1_000 + before, mode: 'hedge', listLagMs, cash: '100000', hasDayLoss: false, steps: soon }
}

function playAll(plans: readonly SessionPlan[]) {
  let counts = noCounts()
  for (const plan of plans) {
    const run = play(plan)
    if (run.failure) throw new Error(failureReport(run.failure))
    counts = addCounts(counts, run.counts)
  }
  return counts
}

const places = [...ORDINARY.keys()]

it('keeps its promises with each fault before each step', { timeout: 300_000 }, () => {
  const plans = FAULT_NAMES.flatMap(fault =>
    places.flatMap(before => [0, 2_500].map(lagMs => planWith({ do: 'fault', fault }, before, lagMs))),
  )
  const counts = playAll(plans)
  expect(counts.faults).toBe(plans.length)
  expect(counts.entries).toBeGreaterThan(plans.length)
})

it('keeps its promises when the program ends after each effect of each step, with any part of its last records', {
  timeout: 300_000,
}, () => {
  const crashes = [0, 1, 2, 3, 4, 5, 6].flatMap(afterEffects =>
    [0, 0.5, 1].map(kept => ({ do: 'crash', afterEffects, downMs: 1_500, kept }) as const),
  )
  const plans = crashes.flatMap(crash => places.map(before => planWith(crash, before, 1_000)))
  expect(playAll(plans).crashes).toBeGreaterThan(plans.length * 0.9)
})
