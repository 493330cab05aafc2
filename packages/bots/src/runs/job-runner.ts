import { type ChildProcess, fork } from 'node:child_process'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StrategyError } from '../strategy/strategy-error.ts'
import type { Description, Job, JobAsk, JobResult } from './job.ts'
import type { FromJobProcess, JobAnswer, ToJobProcess } from './job-message.ts'
import { type JobProgress, tooMuchWords } from './thread-runner.ts'

export interface RunnerOptions {
  /** The script of the process: `job-worker`. */
  readonly workerUrl: URL
  /** The module that stands for `@scalpdesk/bots` where a file finds none; null: it has to. */
  readonly botsUrl: string | null
  /** How long a strategy may take over one tick before it is stopped; 5 s unless told. */
  readonly callLimitMs?: number
  /** By how much its process may grow while a job runs; 512 unless told. */
  readonly memoryMb?: number
  /** Hears what a strategy prints. */
  readonly onPrint?: (text: string) => void
}

/** One process that runs one job after the other. A job that ends it fails alone: the next one gets a new process. */
export interface JobRunner {
  /** @throws StrategyError in one sentence: what the strategy did, or what is wrong with it or the ticks */
  run(job: Job, onProgress?: (fraction: number) => void): Promise<JobResult>
  /** What the file's strategy says of itself. @throws StrategyError */
  describe(file: string): Promise<Description>
  close(): Promise<void>
}

export function jobRunner(options: RunnerOptions): JobRunner {
  const { workerUrl, botsUrl, callLimitMs = 5_000, memoryMb = 512, onPrint } = options
  let child: ChildProcess | null = null

  function start(): ChildProcess {
    const started = fork(fileURLToPath(workerUrl), [], {
      // What a strategy prints comes as a message.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // Jobs hold Maps.
      serialization: 'advanced',
      // Nothing of the environment is a strategy's business: a password may be in it.
      env: {},
    })
    // It may end between two jobs.
    const forget = (): void => {
      if (child === started) child = null
    }
    started.on('exit', forget).on('error', forget)
    started.send({ kind: 'begin', botsUrl, callLimitMs, memoryMb } satisfies ToJobProcess, () => {})
    return started
  }

  function ask(about: JobAsk, onProgress?: (fraction: number) => void): Promise<JobAnswer> {
    child ??= start()
    const asked = child
    const name = basename(about.kind === 'run' ? about.job.file : about.file)
    let last: JobProgress = { fraction: 0, atMs: null }
    return new Promise((resolve, reject) => {
      const leave = (): void => void asked.off('message', onMessage).off('exit', onExit).off('error', onError)
      const fail = (words: string): void => {
        leave()
        reject(new StrategyError(words))
      }
      function onMessage(told: unknown): void {
        // Of our own program: a strategy has no part in it.
        const message = told as FromJobProcess
        if (message.kind === 'print') return onPrint?.(message.text)
        if (message.kind === 'progress') {
          last = message.progress
          return onProgress?.(last.fraction)
        }
        leave()
        if (message.answer.kind === 'problem') reject(new StrategyError(message.answer.text))
        else resolve(message.answer)
      }
      function onExit(code: number | null, signal: NodeJS.Signals | null): void {
        const where = last.atMs === null ? '' : ` (about the tick of ${new Date(last.atMs).toISOString()})`
        // Node aborts where a heap is full (128 + 6).
        if (signal === 'SIGABRT' || code === 134) return fail(tooMuchWords(name, memoryMb, where))
        const how = signal ?? `exit ${code}`
        fail(`expected ${name} to run to the end of the ticks, but its process ended (${how})${where}; mend the file`)
      }
      function onError(cause: Error): void {
        fail(`expected ${name} to run in a process of its own, but there is none: ${cause.message}; try again`)
      }
      asked.on('message', onMessage).on('exit', onExit).on('error', onError)
      asked.send({ kind: 'ask', about } satisfies ToJobProcess, error => error && onError(error))
    })
  }

  return {
    async run(job, onProgress) {
      const answer = await ask({ kind: 'run', job }, onProgress)
      if (answer.kind === 'result') return answer.result
      throw new Error(`expected a result, but got a ${answer.kind}; report this`)
    },
    async describe(file) {
      const answer = await ask({ kind: 'describe', file })
      if (answer.kind === 'description') return answer.description
      throw new Error(`expected a description, but got a ${answer.kind}; report this`)
    },
    async close() {
      const ending = child
      child = null
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
      const gone = new Promise(resolve => ending.once('exit', resolve))
      ending.kill('SIGKILL')
      await gone
    },
  }
}
