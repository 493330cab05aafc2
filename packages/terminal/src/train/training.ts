import type { KeyAction } from '../keys/key-action.ts'
import { unreachable } from '../screen/unreachable.ts'
import type { Drill, DrillAction } from './drill.ts'

/** How a drill was answered. `other-key`: neither what was asked nor the other side. */
export type Verdict = 'hit' | 'wrong-side' | 'other-key' | 'missed'

export interface DrillResult {
  readonly asked: DrillAction
  readonly verdict: Verdict
  /** The key that answered, as the decoder names it; null when none came. */
  readonly chord: string | null
  readonly pressed: KeyAction | null
  /** From the frame that asked to the key, in milliseconds; null when none came. */
  readonly reactionMs: number | null
}

/** A run of drills. Pure: time comes with every input. */
export interface Training {
  readonly plan: readonly Drill[]
  readonly results: readonly DrillResult[]
  /** Keys that came before anything was asked. */
  readonly early: number
  readonly phase: Phase
}

type Phase =
  | { readonly kind: 'waiting'; readonly drill: Drill; readonly untilMs: number }
  | { readonly kind: 'asked'; readonly drill: Drill; readonly sinceMs: number }
  | { readonly kind: 'told'; readonly result: DrillResult; readonly untilMs: number }
  | { readonly kind: 'over' }

export type TrainingInput =
  | { readonly kind: 'key'; readonly action: KeyAction; readonly chord: string; readonly atMs: number }
  | { readonly kind: 'time'; readonly atMs: number }

/** Who has not pressed by then has missed it (our choice). */
export const LONGEST_ANSWER_MS = 2_000
/** How long a result stands; a mistake longer, so that it is read (our choice). */
const HIT_MS = 500
const MISTAKE_MS = 1_400
/** Before the first drill: hands to the keys. */
const READY_MS = 2_000

export function startTraining(plan: readonly Drill[], atMs: number): Training {
  const [first] = plan
  const phase: Phase = first
    ? { kind: 'waiting', drill: first, untilMs: atMs + READY_MS + first.waitMs }
    : { kind: 'over' }
  return { plan, results: [], early: 0, phase }
}

/** When the run goes on by itself (monotonic); null when it is over. */
export function dueMs({ phase }: Training): number | null {
  switch (phase.kind) {
    case 'waiting':
    case 'told':
      return phase.untilMs
    case 'asked':
      return phase.sinceMs + LONGEST_ANSWER_MS
    case 'over':
      return null
    default:
      return unreachable(phase)
  }
}

export function step(training: Training, input: TrainingInput): Training {
  const { phase } = training
  if (input.kind === 'time') {
    const due = dueMs(training)
    if (due === null || input.atMs < due) return training
  }
  switch (phase.kind) {
    case 'waiting':
      if (input.kind === 'time')
        return { ...training, phase: { kind: 'asked', drill: phase.drill, sinceMs: input.atMs } }
      // Who presses before being asked guesses: it is counted, and the wait begins anew.
      return {
        ...training,
        early: training.early + 1,
        phase: { ...phase, untilMs: input.atMs + phase.drill.waitMs },
      }
    case 'asked':
      return told(training, resultOf(phase.drill, phase.sinceMs, input), input.atMs)
    case 'told':
      return input.kind === 'time' ? next(training, input.atMs) : training
    case 'over':
      return training
    default:
      return unreachable(phase)
  }
}

function resultOf({ asked }: Drill, sinceMs: number, input: TrainingInput): DrillResult {
  if (input.kind === 'time') return { asked, verdict: 'missed', chord: null, pressed: null, reactionMs: null }
  const { action: pressed, chord, atMs } = input
  const verdict = pressed === asked ? 'hit' : pressed === otherSide(asked) ? 'wrong-side' : 'other-key'
  return { asked, verdict, chord, pressed, reactionMs: Math.max(0, atMs - sinceMs) }
}

const otherSide = (asked: DrillAction): DrillAction | null =>
  asked === 'buy' ? 'sell' : asked === 'sell' ? 'buy' : null

function told(training: Training, result: DrillResult, atMs: number): Training {
  const untilMs = atMs + (result.verdict === 'hit' ? HIT_MS : MISTAKE_MS)
  return { ...training, results: [...training.results, result], phase: { kind: 'told', result, untilMs } }
}

function next(training: Training, atMs: number): Training {
  const drill = training.plan[training.results.length]
  return {
    ...training,
    phase: drill ? { kind: 'waiting', drill, untilMs: atMs + drill.waitMs } : { kind: 'over' },
  }
}
