import { Worker } from 'node:worker_threads'
import { StrategyError } from '../strategy/strategy-error.ts'
import { type Seat, SeatLost, type SeatSetup } from './seat.ts'
import type { SeatAnswer } from './seat-news.ts'
import type { FromWorker, StrategyCard, ToWorker } from './worker-message.ts'

export interface WorkerSeatOptions {
  readonly clock: SeatClock
  /** The thread's program: `strategy-worker.ts` beside this file, or what was built of it. */
  readonly worker: URL
  /** What stands for `@scalpdesk/bots` where no package of the strategy's own has it. */
  readonly botsUrl: URL
  /** Longest wait for an answer; a strategy that takes longer is stopped. */
  readonly patienceMs?: number
  /** Of its heap; beyond it the thread is ended, not the desk. */
  readonly memoryMb?: number
}

export interface SeatClock {
  monotonicMs(): number
  at(dueMs: number, run: () => void): { cancel(): void }
}

/** A strategy that is loaded and waits for its seat. */
export interface LoadedStrategy {
  readonly card: StrategyCard
  /** @throws StrategyError for candles, indicators or a state that cannot be */
  seat(setup: SeatSetup): Promise<Seat>
  close(): Promise<void>
}

/** Our choices: a decision of a second is none of a scalper's; loading may compile; a rule of thumb fits in 256 MB. */
const PATIENCE_MS = 1_000
const LOADED_WITHIN_MS = 10_000
const MEMORY_MB = 256

/**
 * Loads a strategy on a thread of its own.
 * @throws StrategyError when there is none in the file; SeatLost when loading it never ends
 */
export async function loadOnThread(file: string, options: WorkerSeatOptions): Promise<LoadedStrategy> {
  const { clock, worker: url, botsUrl, patienceMs = PATIENCE_MS, memoryMb = MEMORY_MB } = options
  const worker = new Worker(url, {
    workerData: { file, botsUrl: botsUrl.href },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    // What a strategy prints must not tear the screen.
    stdout: true,
    stderr: true,
    // Nothing of the environment is a strategy's business: a password may be in it.
    env: {},
  })
  worker.stdout.resume()
  worker.stderr.resume()
  let waiting: PromiseWithResolvers<FromWorker> | null = null
  let lost: SeatLost | null = null
  function lose(why: string): void {
    lost ??= new SeatLost(why)
    waiting?.reject(lost)
    waiting = null
  }
  worker.on('message', (message: FromWorker) => {
    waiting?.resolve(message)
    waiting = null
  })
  worker.on('error', (cause: unknown) => {
    const isMemory = cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
    const text = cause instanceof Error ? cause.message : String(cause)
    lose(isMemory ? `the strategy took more memory than its ${memoryMb} MB` : `the strategy's thread failed: ${text}`)
  })
  worker.on('exit', () => lose("the strategy's thread has ended by itself"))

  async function said(message: ToWorker | null, withinMs: number, slow: string): Promise<FromWorker> {
    if (lost) throw lost
    const answer = Promise.withResolvers<FromWorker>()
    waiting = answer
    const limit = clock.at(clock.monotonicMs() + withinMs, () => {
      lose(slow)
      void worker.terminate()
    })
    if (message) worker.postMessage(message)
    return answer.promise.finally(() => limit.cancel())
  }
  async function close(): Promise<void> {
    lose('the strategy was stopped')
    await worker.terminate()
  }
  async function checked(message: ToWorker | null, withinMs: number, slow: string): Promise<FromWorker> {
    const answer = await said(message, withinMs, slow)
    if (answer.kind !== 'problem') return answer
    throw new StrategyError(answer.text)
  }

  try {
    const loaded = await checked(null, LOADED_WITHIN_MS, `${file} was not loaded within ${LOADED_WITHIN_MS / 1000} s`)
    if (loaded.kind !== 'loaded') throw new Error('expected a strategy to be loaded first')
    return {
      card: loaded.card,
      async seat(setup) {
        await checked({ kind: 'seat', setup }, LOADED_WITHIN_MS, 'the strategy did not get ready in time')
        return {
          ask: async news => answerOf(await checked({ kind: 'ask', news }, patienceMs, slowWords(patienceMs))),
          close,
        }
      },
      close,
    }
  } catch (cause) {
    await close()
    throw cause
  }
}

function answerOf(message: FromWorker): SeatAnswer {
  if (message.kind === 'answer') return message.answer
  throw new SeatLost(`expected an answer of the strategy, but got ${message.kind}`)
}

const slowWords = (patienceMs: number): string =>
  `the strategy did not return within ${patienceMs} ms and was stopped; look for a loop that never ends`
