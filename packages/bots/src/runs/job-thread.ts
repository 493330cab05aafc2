/** The thread in which strategies run: it may hang, or end, and whoever watches it goes on. */
import { parentPort, workerData } from 'node:worker_threads'
import type { JobAsk } from './job.ts'
import type { JobAnswer } from './job-message.ts'
import type { Pulse } from './pulse.ts'
import { describeStrategy, runJob } from './run-job.ts'
import { lendBots } from './strategy-file.ts'

/** What it begins with. */
export interface ThreadStart {
  readonly pulse: Pulse
  /** The module that stands for `@scalpdesk/bots` where a file finds none; null: it has to. */
  readonly botsUrl: string | null
}

const { pulse, botsUrl } = workerData as ThreadStart
if (botsUrl !== null) lendBots(botsUrl)
parentPort?.on('message', (ask: JobAsk) => {
  answer(ask).then(tell, (cause: unknown) => {
    tell({ kind: 'problem', text: cause instanceof Error ? cause.message : String(cause) })
  })
})

async function answer(ask: JobAsk): Promise<JobAnswer> {
  if (ask.kind === 'run') return { kind: 'result', result: await runJob(ask.job, pulse) }
  return { kind: 'description', description: await describeStrategy(ask.file, pulse) }
}

function tell(answer: JobAnswer): void {
  parentPort?.postMessage(answer)
}
