import type { Figures } from '../backtest/summary.ts'
import type { Job, JobResult } from '../runs/job.ts'
import type { RunnerOptions } from '../runs/job-runner.ts'
import { runAll } from '../runs/run-all.ts'
import type { Point } from './grid.ts'
import { type Objective, scoreOf } from './objective.ts'

export interface WalkForwardOptions extends RunnerOptions {
  readonly job: Job
  readonly points: readonly Point[]
  readonly objective: Objective
  /** Of the ticks. */
  readonly startMs: number
  readonly endMs: number
  /** How often the choice is made anew. */
  readonly steps: number
  readonly threads: number
  readonly onDone?: (done: number) => void
}

/** One choice, and what came of it. */
export interface WalkStep {
  readonly fromMs: number
  readonly splitMs: number
  readonly toMs: number
  readonly chosen: JobResult['parameters']
  readonly known: Figures
  readonly after: Figures
}

export interface WalkForward {
  readonly steps: readonly WalkStep[]
  readonly tries: number
  readonly failed: number
  /** Of what came after each choice, together. */
  readonly afterCents: number
  readonly afterTrades: number
  /** Of what the choices were made by, together: the steps overlap. */
  readonly knownCents: number
  /** Cents of a day after the choice by those of a day before it: 1 is as good, 0 nothing, below a loss; null where none earned. */
  readonly efficiency: number | null
}

/**
 * The time is cut into equal slices; each step chooses by three of them and is judged by the one that follows, and the next step begins a
 * slice later. Each point is played once, over all of the time.
 */
export async function walkForward(options: WalkForwardOptions): Promise<WalkForward> {
  const { job, points, objective, startMs, endMs, steps, ...running } = options
  const slices = steps + KNOWN_SLICES
  const sliceMs = (endMs - startMs) / slices
  const cutsMs = Array.from({ length: slices - 1 }, (_, at) => Math.round(startMs + (at + 1) * sliceMs))
  const jobs = points.map((point): Job => ({ ...job, parameters: { ...job.parameters, ...point }, cutsMs, forms: [] }))
  const outcomes = await runAll(jobs, running)
  const results = outcomes.flatMap(outcome =>
    outcome.kind === 'result' && outcome.result.summary.failure === null ? [outcome.result] : [],
  )
  const edges = [startMs, ...cutsMs, endMs]
  const walked: WalkStep[] = []
  for (let step = 0; step < steps && results.length > 0; step++) {
    const knownOf = ({ summary }: JobResult): Figures => together(summary.parts.slice(step, step + KNOWN_SLICES))
    const chosen = results.reduce((best, each) =>
      scoreOf(objective, knownOf(each)) > scoreOf(objective, knownOf(best)) ? each : best,
    )
    walked.push({
      fromMs: edges[step]!,
      splitMs: edges[step + KNOWN_SLICES]!,
      toMs: edges[step + KNOWN_SLICES + 1]!,
      chosen: chosen.parameters,
      known: knownOf(chosen),
      after: chosen.summary.parts[step + KNOWN_SLICES] ?? together([]),
    })
  }
  const afterCents = walked.reduce((sum, { after }) => sum + after.netCents, 0)
  const knownCents = walked.reduce((sum, { known }) => sum + known.netCents, 0)
  return {
    steps: walked,
    tries: points.length,
    failed: points.length - results.length,
    afterCents,
    afterTrades: walked.reduce((sum, { after }) => sum + after.trades, 0),
    knownCents,
    efficiency: knownCents > 0 ? afterCents / (knownCents / KNOWN_SLICES) : null,
  }
}

/** Of slices that follow one another. The deepest fall is the deepest within one of them: what spans two is not known. */
function together(parts: readonly Figures[]): Figures {
  const sum = (of: (part: Figures) => number): number => parts.reduce((all, part) => all + of(part), 0)
  const gains = sum(({ gainsCents }) => gainsCents)
  const losses = sum(({ lossesCents }) => lossesCents)
  return {
    trades: sum(({ trades }) => trades),
    won: sum(({ won }) => won),
    lost: sum(({ lost }) => lost),
    netCents: sum(({ netCents }) => netCents),
    drawdownCents: Math.max(0, ...parts.map(({ drawdownCents }) => drawdownCents)),
    gainsCents: gains,
    lossesCents: losses,
    profitFactor: losses === 0 ? null : gains / losses,
    bestDealsCents: sum(({ bestDealsCents }) => bestDealsCents),
  }
}

/** Each choice looks back over three times as long as it is used for. Our choice. */
const KNOWN_SLICES = 3
