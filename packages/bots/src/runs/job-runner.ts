import { basename } from 'node:path'
import { Worker } from 'node:worker_threads'
import { systemClock } from '@scalpdesk/sdk'
import { StrategyError } from '../strategy/strategy-error.ts'
import type { Description, Job, JobAsk, JobResult } from './job.ts'
import type { WorkerAnswer, WorkerStart } from './job-worker.ts'
import { newPulse, PULSE, type Pulse } from './pulse.ts'

export interface RunnerOptions {
  /** The script of the thread: `job-worker`. */
  readonly workerUrl: URL
  readonly botsUrl: string | null
  /** How long a strategy may take over one tick before it is stopped; 5 s unless told. */
  readonly callLimitMs?: number
  /** What a thread may keep; 512 unless told. */
  readonly memoryMb?: number
  /** Hears what a strategy prints. */
  readonly onPrint?: (text: string) => void
}

/** One thread that runs one job after the other; a job that ends the thread fails alone. */
export interface JobRunner {
  /** @throws StrategyError in one sentence: what the strategy did, or what is wrong with it or the ticks */
  run(job: Job, onProgress?: (fraction: number) => void): Promise<JobResult>
  /** What the file's strategy says of itself. @throws StrategyError */
  describe(file: string): Promise<Description>
  close(): Promise<void>
}

export function jobRunner(options: RunnerOptions): JobRunner {
  const { workerUrl, botsUrl, callLimitMs = 5_000, memoryMb = 512, onPrint } = options
  let thread: Thread | null = null

  function start(): Thread {
    const pulse = newPulse()
    const worker = new Worker(workerUrl, {
      workerData: { pulse, botsUrl } satisfies WorkerStart,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      stdout: true,
      stderr: true,
    })
    for (const stream of [worker.stdout, worker.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => onPrint?.(text))
    // Something that a strategy left behind may end its thread between two jobs: the next one gets a new thread.
    const forget = (): void => {
      if (thread?.worker === worker) thread = null
    }
    worker.on('error', forget).on('exit', forget)
    return { worker, pulse }
  }

  function ask(about: JobAsk, onProgress?: (fraction: number) => void): Promise<WorkerAnswer> {
    thread ??= start()
    const { worker, pulse } = thread
    const name = basename(about.kind === 'run' ? about.job.file : about.file)
    return new Promise((resolve, reject) => {
      const watch = watchPulse(pulse, callLimitMs, onProgress, words => fail(`${name} ${words}`))
      const leave = (): void => {
        watch.stop()
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      }
      const fail = (words: string): void => {
        leave()
        thread = null
        void worker.terminate()
        reject(new StrategyError(words))
      }
      function onMessage(answer: WorkerAnswer): void {
        leave()
        if (answer.kind === 'problem') reject(new StrategyError(answer.text))
        else resolve(answer)
      }
      function onError(cause: unknown): void {
        const { code, message } =
          cause instanceof Error
            ? { code: undefined, ...cause, message: cause.message }
            : { code: undefined, message: String(cause) }
        if (code === 'ERR_WORKER_OUT_OF_MEMORY')
          fail(
            `expected ${name} to keep less than ${memoryMb} MB, but it keeps more and more${at(pulse)}; keep in view.state what is needed alone`,
          )
        else fail(`expected ${name} to run, but its thread failed: ${message}${at(pulse)}; mend the file`)
      }
      function onExit(): void {
        fail(
          `expected ${name} to run to the end of the ticks, but it ended the program${at(pulse)}; return stop('why') instead`,
        )
      }
      worker.on('message', onMessage).on('error', onError).on('exit', onExit)
      worker.postMessage(about)
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
      await thread?.worker.terminate()
      thread = null
    },
  }
}

interface Thread {
  readonly worker: Worker
  readonly pulse: Pulse
}

/** Looks now and then whether the strategy moves on. Reading files is not its time. */
function watchPulse(
  { cells }: Pulse,
  limitMs: number,
  onProgress: ((fraction: number) => void) | undefined,
  onHang: (words: string) => void,
): { stop(): void } {
  let [seen, sinceMs] = [-1, systemClock.monotonicMs()]
  let timer = systemClock.at(sinceMs + LOOK_MS, look)
  function look(): void {
    const nowMs = systemClock.monotonicMs()
    const ticks = cells[PULSE.ticks] ?? 0
    if (cells[PULSE.isPlaying] !== 1 || ticks !== seen) [seen, sinceMs] = [ticks, nowMs]
    onProgress?.(cells[PULSE.fraction] ?? 0)
    if (nowMs - sinceMs > limitMs) {
      const where = ticks === 0 ? 'before its first tick' : `over the tick of ${timeText(cells)}`
      return onHang(
        `did not return within ${limitMs / 1000} s ${where}: it was stopped; look for a loop without an end`,
      )
    }
    timer = systemClock.at(nowMs + LOOK_MS, look)
  }
  return { stop: () => timer.cancel() }
}

const timeText = (cells: Float64Array): string => new Date(cells[PULSE.atMs] ?? 0).toISOString()

const at = ({ cells }: Pulse): string => (cells[PULSE.ticks] ? ` (tick of ${timeText(cells)})` : '')

const LOOK_MS = 100
