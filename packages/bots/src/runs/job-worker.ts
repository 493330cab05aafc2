/** The thread in which strategies run: it may hang, leak or end without taking the program with it. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Job, JobResult } from './job.ts'
import type { Pulse } from './pulse.ts'
import { runJob } from './run-job.ts'
import { lendBots } from './strategy-file.ts'

/** What a worker begins with. */
export interface WorkerStart {
  readonly pulse: Pulse
  /** The module that stands for `@scalpdesk/bots` where a file finds none; null: it has to. */
  readonly botsUrl: string | null
}

/** What it answers to a {@link Job}. */
export type WorkerAnswer =
  | { readonly kind: 'result'; readonly result: JobResult }
  /** A sentence. */
  | { readonly kind: 'problem'; readonly name: string; readonly text: string }

const { pulse, botsUrl } = workerData as WorkerStart
if (botsUrl !== null) lendBots(botsUrl)
parentPort?.on('message', (job: Job) => {
  runJob(job, pulse).then(
    result => tell({ kind: 'result', result }),
    (cause: unknown) => {
      const { name, message } = cause instanceof Error ? cause : { name: 'Error', message: String(cause) }
      tell({ kind: 'problem', name, text: message })
    },
  )
})

function tell(answer: WorkerAnswer): void {
  parentPort?.postMessage(answer)
}
