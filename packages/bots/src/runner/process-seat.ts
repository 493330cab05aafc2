import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { StrategyError } from '../strategy/strategy-error.ts'
import { type Seat, SeatLost, type SeatSetup } from './seat.ts'
import type { FromStrategy, StrategyCard, ToStrategy } from './seat-message.ts'
import type { SeatAnswer } from './seat-news.ts'

export interface ApartOptions {
  readonly clock: SeatClock
  /** What runs there: `strategy-process.ts` beside this file, or what was built of it. */
  readonly program: URL
  /** What stands for `@scalpdesk/bots` where no package of the strategy's own has it. */
  readonly botsUrl: URL
  /** Longest wait for an answer; a strategy that takes longer is stopped. */
  readonly patienceMs?: number
  /** Of its heap; beyond it that process is ended, not this one. */
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
 * Loads a strategy in a process of its own. A thread would not do: where its heap is full at the wrong moment, Node ends the whole process, and
 * the desk with it.
 * @throws StrategyError when there is none in the file; SeatLost when loading it never ends
 */
export async function loadApart(file: string, options: ApartOptions): Promise<LoadedStrategy> {
  const { clock, program: url, botsUrl, patienceMs = PATIENCE_MS, memoryMb = MEMORY_MB } = options
  const child = fork(fileURLToPath(url), [file, botsUrl.href], {
    execArgv: [`--max-old-space-size=${memoryMb}`],
    // What a strategy prints must not tear the screen.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Nothing of the environment is a strategy's business: a password may be in it.
    env: {},
  })
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  let waiting: PromiseWithResolvers<FromStrategy> | null = null
  let lost: SeatLost | null = null
  function lose(why: string): void {
    lost ??= new SeatLost(why)
    waiting?.reject(lost)
    waiting = null
  }
  child.on('message', message => {
    // Of our own program: the strategy has no part in it but through {@link seatStrategy}.
    waiting?.resolve(message as FromStrategy)
    waiting = null
  })
  child.on('error', cause => lose(`the strategy's process failed: ${cause.message}`))
  // Node aborts where the heap is full (128 + 6).
  child.on('exit', (code, signal) =>
    lose(
      signal === 'SIGABRT' || code === 134
        ? `the strategy took more memory than its ${memoryMb} MB`
        : "the strategy's process has ended by itself",
    ),
  )

  async function said(message: ToStrategy | null, withinMs: number, slow: string): Promise<FromStrategy> {
    if (lost) throw lost
    const answer = Promise.withResolvers<FromStrategy>()
    waiting = answer
    // Where this process itself was held up (a machine that slept), the answer may be here already, and is read first.
    const limit = clock.at(clock.monotonicMs() + withinMs, () =>
      setImmediate(() => {
        if (waiting !== answer) return
        lose(slow)
        child.kill('SIGKILL')
      }),
    )
    if (message) child.send(message, error => error && lose(`the strategy's process cannot be told: ${error.message}`))
    return answer.promise.finally(() => limit.cancel())
  }
  async function close(): Promise<void> {
    lose('the strategy was stopped')
    child.kill('SIGKILL')
    await gone
  }
  async function checked(message: ToStrategy | null, withinMs: number, slow: string): Promise<FromStrategy> {
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
        const seated = await checked(
          { kind: 'seat', setup },
          LOADED_WITHIN_MS,
          'the strategy did not get ready in time',
        )
        if (seated.kind !== 'seated') throw new SeatLost(`expected the strategy to be seated, but got ${seated.kind}`)
        return {
          hasEarlierState: seated.hasEarlierState,
          needs: seated.needs,
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

function answerOf(message: FromStrategy): SeatAnswer {
  if (message.kind === 'answer') return message.answer
  throw new SeatLost(`expected an answer of the strategy, but got ${message.kind}`)
}

const slowWords = (patienceMs: number): string =>
  `the strategy did not return within ${patienceMs} ms and was stopped; look for a loop that never ends`
