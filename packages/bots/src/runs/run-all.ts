import type { Job, JobResult } from './job.ts'
import { type JobRunner, jobRunner, type RunnerOptions } from './job-runner.ts'

/** What became of a job: its result, or the sentence why there is none. */
export type JobOutcome =
  | { readonly kind: 'result'; readonly result: JobResult }
  | { readonly kind: 'problem'; readonly text: string }

/** Runs jobs in so many processes at once. The outcomes come in the order of the jobs, whichever process was faster. */
export async function runAll(
  jobs: readonly Job[],
  options: RunnerOptions & { readonly threads: number; readonly onDone?: (done: number) => void },
): Promise<readonly JobOutcome[]> {
  const { threads, onDone, ...runner } = options
  const outcomes: JobOutcome[] = []
  let [next, done] = [0, 0]

  async function work(own: JobRunner): Promise<void> {
    for (let at = next++; at < jobs.length; at = next++) {
      outcomes[at] = await own.run(jobs[at]!).then(
        result => ({ kind: 'result', result }) as const,
        (cause: unknown) =>
          ({ kind: 'problem', text: cause instanceof Error ? cause.message : String(cause) }) as const,
      )
      onDone?.(++done)
    }
  }

  const runners = Array.from({ length: Math.min(threads, jobs.length) }, () => jobRunner(runner))
  try {
    await Promise.all(runners.map(work))
  } finally {
    await Promise.all(runners.map(each => each.close()))
  }
  return outcomes
}
