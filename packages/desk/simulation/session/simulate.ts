import { seededRandom } from '@scalpdesk/testkit'
import { BrokenPromise } from './broken-promise.ts'
import { type DeskUnderTest, REAL_DESK } from './program.ts'
import { Session } from './session.ts'
import { planOf, type SessionPlan } from './step.ts'
import { checkTruthAtRest, checkWayOut } from './truth-at-rest.ts'
import { type Counts, noCounts } from './witness.ts'

export interface Failure {
  readonly plan: SessionPlan
  readonly words: string
  /** Of a promise that was broken; else something threw. */
  readonly isPromise: boolean
}

export interface Run {
  readonly failure: Failure | null
  readonly counts: Counts
}

/** Plays one session to its end, and looks whether all was kept. */
export function play(
  plan: SessionPlan,
  trace: ((line: string) => void) | null = null,
  desk: DeskUnderTest = REAL_DESK,
): Run {
  let session: Session | null = null
  try {
    session = new Session(plan, trace, desk)
    for (const step of plan.steps) session.step(step)
    session.heal()
    session.holdStill()
    session.settleMoney()
    checkTruthAtRest(session)
    session.goOn()
    checkWayOut(session)
    return { failure: null, counts: session.witness.counts }
  } catch (error) {
    const isPromise = error instanceof BrokenPromise
    const words = isPromise ? error.message : String((error as Error).stack)
    trace?.(`*** ${words}`)
    return { failure: { plan, words, isPromise }, counts: session?.witness.counts ?? noCounts() }
  }
}

export const planFor = (seed: number): SessionPlan => planOf(seed, seededRandom(seed * 2_654_435_761))

/**
 * Leaves out as many steps as it can while the same promise stays broken: halves first, then ever smaller pieces.
 * @param most how many sessions may be played for it
 */
export function shrink(failure: Failure, desk: DeskUnderTest = REAL_DESK, most = 400): Failure {
  let best = failure
  let tries = 0
  for (let piece = Math.ceil(best.plan.steps.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    for (let from = 0; from < best.plan.steps.length; ) {
      if (tries++ >= most) return best
      const steps = best.plan.steps.toSpliced(from, piece)
      const { failure: smaller } = play({ ...best.plan, steps }, null, desk)
      if (smaller && kindOf(smaller) === kindOf(failure)) best = smaller
      else from += piece
    }
  }
  return best
}

/** The words without what names one order or one deal. */
export function kindOf({ words }: Failure): string {
  return words.split('\n')[0]!.replaceAll(/S\d+-\d+(\.\d+)?|DIAAAA\w+|[-\d.]+|\[.*?\]/g, '…')
}
