/** The thread in which strategies run: it may hang, leak or end without taking the program with it. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Description, JobAsk, JobResult } from './job.ts'
import type { Pulse } from './pulse.ts'
import { describeStrategy, runJob } from './run-job.ts'
import { lendBots } from './strategy-file.ts'

/** What a worker begins with. */
export interface WorkerStart {
  readonly pulse: Pulse
  /** The module that stands for `@scalpdesk/bots` where a file finds none; null: it has to. */
  readonly botsUrl: string | null
}

/** What it answers to a {@link JobAsk}. */
export type WorkerAnswer =
  | { readonly kind: 'result'; readonly result: JobResult }
  | { readonly kind: 'description'; readonly description: Description }
  /** A sentence. */
  | { readonly kind: 'problem'; readonly name: string; readonly text: string }

const { pulse, botsUrl } = workerData as WorkerStart
if (botsUrl !== null) lendBots(botsUrl)
parentPort?.on('message', (ask: JobAsk) => {
  answer(ask).then(tell, (cause: unknown) => {
    const { name, message } = cause instanceof Error ? cause : { name: 'Error', message: String(cause) }
    tell({ kind: 'problem', name, text: message })
  })
})

async function answer(ask: JobAsk): Promise<WorkerAnswer> {
  if (ask.kind === 'run') return { kind: 'result', result: await runJob(ask.job, pulse) }
  return { kind: 'description', description: await describeStrategy(ask.file, pulse) }
}

function tell(answer: WorkerAnswer): void {
  parentPort?.postMessage(answer)
}
