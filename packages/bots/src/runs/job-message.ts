import type { Description, JobAsk, JobResult } from './job.ts'
import type { JobProgress } from './thread-runner.ts'

/** What comes back for a {@link JobAsk}. */
export type JobAnswer =
  | { readonly kind: 'result'; readonly result: JobResult }
  | { readonly kind: 'description'; readonly description: Description }
  /** A sentence. */
  | { readonly kind: 'problem'; readonly text: string }

/** To the process that jobs run in; the first begins it. */
export type ToJobProcess =
  | {
      readonly kind: 'begin'
      /** The module that stands for `@scalpdesk/bots` where a file finds none; null: it has to. */
      readonly botsUrl: string | null
      readonly callLimitMs: number
      readonly memoryMb: number
    }
  | { readonly kind: 'ask'; readonly about: JobAsk }

export type FromJobProcess =
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly kind: 'answer'; readonly answer: JobAnswer }
