import { seededRandom } from '@scalpdesk/mock-broker/engine'
import { systemClock } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import { type Interruption, listenForSignals } from '../interruption.ts'
import type { ProfileName } from '../keys/key-profile.ts'
import { profileTable } from '../keys/key-table.ts'
import { printable } from '../printable.ts'
import { openTerminal, type Terminal } from '../terminal.ts'
import { drillPlan } from '../train/drill.ts'
import { madeUpPrices, tapePrices } from '../train/price-feeds.ts'
import type { PriceFeed } from '../train/shown-price.ts'
import { keepTraining, readTrainings, type TrainingHistory, trainingFile } from '../train/training-file.ts'
import type { TrainingRecord } from '../train/training-record.ts'
import { runTraining } from '../train/training-run.ts'
import { historyWords, runWords } from '../train/training-words.ts'
import { homeFolder } from './home-folder.ts'
import { mockRefusal } from './mock-refusal.ts'

export interface TrainOptions {
  readonly profile: ProfileName
  readonly drills: number
  readonly seed?: number
  readonly replay?: string
  readonly history?: boolean
}

/** The smallest terminal in which the word that asks and the keys can be read (our choice). */
const SMALLEST = { columns: 40, rows: 10 } as const

/**
 * `train`: drills on keys, with nothing behind them.
 * @param at the terminal and its signals where the program has them already
 * @returns the exit status
 */
export async function runTrain(
  options: TrainOptions,
  at: { readonly terminal: Terminal; readonly interruption: Interruption } | null,
): Promise<number> {
  const home = homeFolder()
  if (options.history) {
    at?.terminal.leave()
    say(historyWords(historyOf(home)))
    return EXIT.done
  }
  const terminal = at?.terminal ?? openTerminal()
  if (!terminal) throw new ExitError(EXIT.usage, 'training needs a terminal on input and output; --history needs none')
  checkSize(terminal)
  // A file that takes nothing is told before the first drill, not after the last.
  historyOf(home)
  const seed = options.seed ?? Math.floor(systemClock.nowMs()) % 2 ** 32
  const prices = await pricesOf(options.replay, seed)
  const interruption = at?.interruption ?? listenForSignals()
  const leave = () => terminal.leave()
  process.on('exit', leave)
  let signal: number | null = null
  terminal.enter()
  try {
    const plan = drillPlan(seededRandom(seed), options.drills)
    const run = runTraining({ terminal, clock: systemClock, table: profileTable(options.profile), plan, prices })
    interruption.onSignal(status => {
      signal = status
      run.stop()
    })
    const { training, keyboard } = await run.over
    leave()
    const record: TrainingRecord = {
      version: 1,
      at: new Date(systemClock.nowMs()).toISOString(),
      profile: options.profile,
      seed,
      tape: options.replay ?? null,
      hasBareModifiers: keyboard.bareModifiers,
      early: training.early,
      results: training.results,
    }
    keepAndTell(home, record)
    return signal ?? EXIT.done
  } finally {
    leave()
    process.off('exit', leave)
  }
}

/** What was done so far counts, however it ended. */
function keepAndTell(home: string, record: TrainingRecord): void {
  if (record.results.length === 0) return say(['no drill was answered: nothing is kept'])
  try {
    keepTraining(home, record)
  } catch (error) {
    say(runWords(record, { records: [record], unreadable: 0 }))
    throw unkept(home, error)
  }
  say([...runWords(record, historyOf(home)), `kept in ${trainingFile(home)}; seed ${record.seed}`])
}

function historyOf(home: string): TrainingHistory {
  try {
    return readTrainings(home)
  } catch (error) {
    throw unkept(home, error)
  }
}

function unkept(home: string, error: unknown): ExitError {
  return new ExitError(
    EXIT.failed,
    `expected to keep results in ${trainingFile(home)}, but ${(error as Error).message}; make it writable, or name another folder in SCALPDESK_HOME`,
  )
}

async function pricesOf(replay: string | undefined, seed: number): Promise<PriceFeed> {
  // A seed of its own: the price must not give away what is asked next.
  if (replay === undefined) return madeUpPrices(seededRandom(seed + 1))
  try {
    return await tapePrices(replay)
  } catch (error) {
    throw mockRefusal(error)
  }
}

function checkSize({ columns, rows }: Terminal): void {
  if (columns >= SMALLEST.columns && rows >= SMALLEST.rows) return
  throw new ExitError(
    EXIT.usage,
    `expected a terminal of at least ${SMALLEST.columns}x${SMALLEST.rows}, but this one is ${columns}x${rows}; enlarge it`,
  )
}

function say(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${printable(line)}\n`)
}
