import { basename } from 'node:path'
import { Worker } from 'node:worker_threads'
import { systemClock } from '@scalpdesk/sdk'
import type { JobAsk } from './job.ts'
import type { JobAnswer } from './job-message.ts'
import type { ThreadStart } from './job-thread.ts'
import { heapLimitMb, watchMemory } from './memory-watch.ts'
import { newPulse, PULSE, type Pulse } from './pulse.ts'

export interface ThreadOptions {
  /** The script of the thread: `job-worker`. */
  readonly workerUrl: URL
  readonly botsUrl: string | null
  readonly callLimitMs: number
  /** By how much this process may grow while a job runs. */
  readonly memoryMb: number
  readonly onPrint: (text: string) => void
}

/** How far a job has come. */
export interface JobProgress {
  readonly fraction: number
  /** Time of the last tick; null before the first. */
  readonly atMs: number | null
}

/** One thread that runs one job after the other; a job that ends the thread fails alone. What fails is a problem in one sentence. */
export interface ThreadRunner {
  ask(about: JobAsk, onProgress: (progress: JobProgress) => void): Promise<JobAnswer>
}

export function threadRunner({ workerUrl, botsUrl, callLimitMs, memoryMb, onPrint }: ThreadOptions): ThreadRunner {
  let thread: Thread | null = null

  function start(): Thread {
    const pulse = newPulse()
    const worker = new Worker(workerUrl, {
      workerData: { pulse, botsUrl } satisfies ThreadStart,
      resourceLimits: { maxOldGenerationSizeMb: heapLimitMb(memoryMb) },
      stdout: true,
      stderr: true,
    })
    for (const stream of [worker.stdout, worker.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => onPrint(text))
    // Something that a strategy left behind may end its thread between two jobs: the next one gets a new thread.
    const forget = (): void => {
      if (thread?.worker === worker) thread = null
    }
    worker.on('error', forget).on('exit', forget)
    return { worker, pulse }
  }

  function ask(about: JobAsk, onProgress: (progress: JobProgress) => void): Promise<JobAnswer> {
    thread ??= start()
    const { worker, pulse } = thread
    const name = basename(about.kind === 'run' ? about.job.file : about.file)
    return new Promise(resolve => {
      const watch = watchPulse(pulse, callLimitMs, onProgress, words => fail(`${name} ${words}`))
      const memory = watchMemory(memoryMb, () => fail(tooMuchWords(name, memoryMb, at(pulse))))
      const leave = (): void => {
        watch.stop()
        memory.stop()
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      }
      const fail = (words: string): void => {
        leave()
        thread = null
        void worker.terminate()
        resolve({ kind: 'problem', text: words })
      }
      function onMessage(answer: JobAnswer): void {
        leave()
        resolve(answer)
      }
      function onError(cause: unknown): void {
        if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY')
          return fail(tooMuchWords(name, memoryMb, at(pulse)))
        const message = cause instanceof Error ? cause.message : String(cause)
        fail(`expected ${name} to run, but its thread failed: ${message}${at(pulse)}; mend the file`)
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

  return { ask }
}

interface Thread {
  readonly worker: Worker
  readonly pulse: Pulse
}

/**
 * Looks now and then whether the strategy moves on. Reading files is not its time, and nor is the time in which a busy machine lets this process
 * wait: what counts is the processor's, unless it sleeps.
 */
function watchPulse(
  { cells }: Pulse,
  limitMs: number,
  onProgress: (progress: JobProgress) => void,
  onHang: (words: string) => void,
): { stop(): void } {
  let [seen, sinceMs, sinceCpuMs] = [-1, systemClock.monotonicMs(), cpuMs()]
  let timer = systemClock.at(sinceMs + LOOK_MS, look)
  function look(): void {
    const nowMs = systemClock.monotonicMs()
    const ticks = cells[PULSE.ticks] ?? 0
    if (cells[PULSE.isPlaying] !== 1 || ticks !== seen) [seen, sinceMs, sinceCpuMs] = [ticks, nowMs, cpuMs()]
    onProgress({ fraction: cells[PULSE.fraction] ?? 0, atMs: ticks === 0 ? null : (cells[PULSE.atMs] ?? 0) })
    if (cpuMs() - sinceCpuMs > limitMs || nowMs - sinceMs > ASLEEP * limitMs) {
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

export const tooMuchWords = (name: string, memoryMb: number, where: string): string =>
  `expected ${name} to keep less than ${memoryMb} MB, but it keeps more and more${where}; keep in view.state what is needed alone`

/** Of this process, all its threads. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

const LOOK_MS = 100
/** Our choice: one that waits for something takes no time of the processor. */
const ASLEEP = 6
