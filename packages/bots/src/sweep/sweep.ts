import type { Figures } from '../backtest/summary.ts'
import type { Job, JobResult } from '../runs/job.ts'
import type { RunnerOptions } from '../runs/job-runner.ts'
import { runAll } from '../runs/run-all.ts'
import type { Point } from './grid.ts'
import { type Objective, scoreOf } from './objective.ts'
import { type SweepWarning, warningsOf } from './overfitting.ts'

export interface SweepOptions extends RunnerOptions {
  /** All but its parameters. */
  readonly job: Job
  readonly points: readonly Point[]
  readonly objective: Objective
  /** Combinations from which the points were drawn, or as many as there are points. */
  readonly combinations: number
  /** Where the time begins that the choice must not know; null: all of it is known. */
  readonly splitMs: number | null
  readonly threads: number
  readonly onDone?: (done: number) => void
}

/** One try. */
export interface Try {
  readonly parameters: JobResult['parameters']
  /** What the choice is made by. */
  readonly known: Figures
  /** What came after; null without a split. */
  readonly after: Figures | null
  readonly score: number
  readonly failure: string | null
}

export interface Sweep {
  readonly objective: Objective
  readonly splitMs: number | null
  /** The best first, by what the choice knew. */
  readonly tries: readonly Try[]
  readonly combinations: number
  /** Tries that gave no figures, and why. */
  readonly failed: readonly { readonly parameters: Point; readonly why: string }[]
  readonly warnings: readonly SweepWarning[]
}

/** Tries every point on the same ticks, in several processes. The same points, ticks and seed give the same sweep. */
export async function sweep(options: SweepOptions): Promise<Sweep> {
  const { job, points, objective, splitMs, combinations, ...running } = options
  const cutsMs = splitMs === null ? [] : [splitMs]
  const jobs = points.map((point): Job => ({ ...job, parameters: { ...job.parameters, ...point }, cutsMs, forms: [] }))
  const outcomes = await runAll(jobs, running)
  const tries: Try[] = []
  const failed: Sweep['failed'][number][] = []
  for (const [at, outcome] of outcomes.entries()) {
    const parameters = points[at] ?? {}
    if (outcome.kind === 'problem') failed.push({ parameters, why: outcome.text })
    else if (outcome.result.summary.failure !== null) failed.push({ parameters, why: outcome.result.summary.failure })
    else tries.push(tryOf(outcome.result, objective))
  }
  const ranked = tries.toSorted((one, other) => other.score - one.score)
  return { objective, splitMs, tries: ranked, combinations, failed, warnings: warningsOf(ranked, points, combinations) }
}

function tryOf({ parameters, summary }: JobResult, objective: Objective): Try {
  const [known = summary, after = null] = summary.parts
  return { parameters, known, after, score: scoreOf(objective, known), failure: null }
}
