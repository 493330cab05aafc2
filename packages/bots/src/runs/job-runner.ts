import { basename } from 'node:path'
import { Worker } from 'node:worker_threads'
import { systemClock } from '@scalpdesk/sdk'
import { StrategyError } from '../strategy/strategy-error.ts'
import type { Job, JobResult } from './job.ts'
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
    return { worker, pulse }
  }

  return {
    run(job, onProgress) {
      thread ??= start()
      const { worker, pulse } = thread
      return new Promise((resolve, reject) => {
        const watch = watchPulse(pulse, callLimitMs, onProgress, words => fail(`${nameOf(job)} ${words}`))
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
          if (answer.kind === 'result') resolve(answer.result)
          else reject(new StrategyError(answer.text))
        }
        function onError(cause: unknown): void {
          const { code, message } =
            cause instanceof Error
              ? { code: undefined, ...cause, message: cause.message }
              : { code: undefined, message: String(cause) }
          if (code === 'ERR_WORKER_OUT_OF_MEMORY')
            fail(
              `expected ${nameOf(job)} to keep less than ${memoryMb} MB, but it keeps more and more${at(pulse)}; keep in view.state what is needed alone`,
            )
          else fail(`expected ${nameOf(job)} to run, but its thread failed: ${message}${at(pulse)}; mend the file`)
        }
        function onExit(): void {
          fail(
            `expected ${nameOf(job)} to run to the end of the ticks, but it ended the program${at(pulse)}; return stop('why') instead`,
          )
        }
        worker.on('message', onMessage).on('error', onError).on('exit', onExit)
        worker.postMessage(job)
      })
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

const nameOf = ({ file }: Job): string => basename(file)

const timeText = (cells: Float64Array): string => new Date(cells[PULSE.atMs] ?? 0).toISOString()

const at = ({ cells }: Pulse): string => (cells[PULSE.ticks] ? ` (tick of ${timeText(cells)})` : '')

const LOOK_MS = 100
