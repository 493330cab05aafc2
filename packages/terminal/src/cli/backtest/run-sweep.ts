import { availableParallelism } from 'node:os'
import {
  type Axis,
  cachedTicks,
  type Description,
  type Job,
  openTickCache,
  pointsOf,
  type RunnerOptions,
  readAxis,
  sweep,
  walkForward,
} from '@scalpdesk/bots/runs'
import { EXIT, ExitError } from '../../exit-status.ts'
import { answer } from '../answer.ts'
import { commandContext } from '../command-context.ts'
import type { ProgressLine } from '../progress-line.ts'
import type { BacktestOptions } from './backtest-options.ts'
import { bar, cacheFolder, refused } from './run-backtest.ts'
import { sweepDocument, sweepLines, walkLines } from './sweep-words.ts'

/** Many backtests of one strategy, over all cores, on a cache of the ticks. */
export async function runSweep(
  job: Job,
  options: BacktestOptions,
  description: Description,
  threads: RunnerOptions,
  progress: ProgressLine,
): Promise<number> {
  const { replay = [], from, strict, seed = 1, tries = 1000, objective = 'net', outOfSample = 30, report } = options
  if (report)
    throw new ExitError(EXIT.usage, '--report is about one run; choose by the sweep, then run the best with --set')
  const axes = (options.sweep ?? []).map(text => axisOf(description, text))
  const twice = axes.find(({ name }, at) => axes.findIndex(other => other.name === name) < at)
  if (twice)
    throw new ExitError(
      EXIT.usage,
      `expected one --sweep for each parameter, but got two of ${twice.name}; write ${twice.name}=A,B,C`,
    )
  const shown = { currency: job.currency, schema: description.parameters, axes: axes.map(({ name }) => name) }
  const combinations = axes.reduce((product, { values }) => product * values.length, 1)
  const points = pointsOf(axes, { points: tries, seed })
  const path = await refused(
    cachedTicks(replay, {
      folder: cacheFolder(commandContext(options).home),
      ...(from !== undefined && { from }),
      ...(strict !== undefined && { strict }),
      onProgress: fraction => progress.show(`reading ticks ${bar(fraction)}`),
    }),
  )
  const { header, close } = openTickCache(path)
  await close()
  const { startMs, endMs } = header
  const running = {
    ...threads,
    job: { ...job, ticks: { kind: 'cache', path } as const },
    points,
    objective,
    threads: options.threads ?? availableParallelism(),
    onDone: (done: number) => progress.show(`try ${done} of ${points.length} ${bar(done / points.length)}`),
  }
  if (options.walkForward !== undefined) {
    const walked = await walkForward({ ...running, startMs, endMs, steps: options.walkForward })
    progress.clear()
    answer(options.json ?? false, walked, walkLines(walked, shown))
    return EXIT.done
  }
  const splitMs = outOfSample === 0 ? null : Math.round(endMs - ((endMs - startMs) * outOfSample) / 100)
  const swept = await sweep({ ...running, combinations, splitMs })
  progress.clear()
  answer(options.json ?? false, sweepDocument(swept), sweepLines(swept, shown))
  return swept.tries.length === 0 ? EXIT.failed : EXIT.done
}

function axisOf({ parameters }: Description, text: string): Axis {
  try {
    return readAxis(parameters, text)
  } catch (cause) {
    throw new ExitError(
      EXIT.usage,
      (cause instanceof Error ? cause.message : String(cause)).replace(/change --set$/, 'change --sweep'),
    )
  }
}
