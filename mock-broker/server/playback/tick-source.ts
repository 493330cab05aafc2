import {
  openTape,
  type Random,
  type SyntheticShape,
  syntheticTicks,
  type Tape,
  type TapeOptions,
  type Tick,
} from '../../engine/index.ts'

/** Ticks in order, some at a time. */
export interface TickSource {
  /** Null at the end. */
  read(): Promise<TickBatch | null>
  close(): Promise<void>
}

export interface TickBatch {
  readonly ticks: readonly Tick[]
  /** These ticks do not follow on from the ones before: a new file, or the same one again. No pause is kept between. */
  readonly startsAnew: boolean
}

export interface TapeSourceOptions extends TapeOptions {
  readonly loop: boolean
  readonly onNotice: (text: string) => void
}

/** The tapes of one market one after the other, and again from the first when they loop. */
export function tapeSource(opened: readonly Tape[], options: TapeSourceOptions): TickSource {
  let tapes = opened
  let index = 0
  let startsAnew = true

  /** What was skipped is told when a tape is let go of, whether it was played to its end or not. */
  async function letGo(tape: Tape): Promise<void> {
    tellSkipped(tape, options.onNotice)
    await tape.close()
  }

  async function nextTape(): Promise<Tape | undefined> {
    index++
    if (index >= tapes.length && options.loop) {
      // Opened again, for a tape is read once.
      tapes = await openTapes(
        opened.map(({ file }) => file),
        options,
      )
      index = 0
    }
    return tapes[index]
  }

  return {
    async read() {
      for (let tape = tapes[index]; tape; tape = await nextTape()) {
        const ticks = await tape.read()
        if (ticks) {
          const batch: TickBatch = { ticks, startsAnew }
          startsAnew = false
          return batch
        }
        await letGo(tape)
        startsAnew = true
      }
      return null
    },
    async close() {
      // Those before it were let go of when they ended.
      await Promise.all(tapes.slice(index).map(letGo))
    },
  }
}

/**
 * Opens the tapes of one or several markets. The time of day to start from is for the first tape of each market.
 * @throws TapeError for the first that cannot be played; the others are closed again.
 */
export async function openTapes(files: readonly string[], options: TapeOptions): Promise<readonly Tape[]> {
  const tapes: Tape[] = []
  try {
    for (const file of files) {
      if (options.strict) await readThrough(file, options)
      const tape = await openTape(file, { ...options, from: undefined })
      const isFirst = !tapes.some(({ market }) => market === tape.market)
      if (isFirst && options.from !== undefined) {
        await tape.close()
        tapes.push(await openTape(file, options))
      } else tapes.push(tape)
    }
    return tapes
  } catch (cause) {
    await Promise.all(tapes.map(tape => tape.close()))
    throw cause
  }
}

/** Strict means refused at the start, not in the middle of a session: every line is judged before the first is played. */
async function readThrough(file: string, options: TapeOptions): Promise<void> {
  const tape = await openTape(file, { ...options, from: undefined })
  while (await tape.read());
}

function tellSkipped(tape: Tape, onNotice: (text: string) => void): void {
  const { count, first } = tape.skipped()
  if (count > 0)
    onNotice(
      `${count} ${count === 1 ? 'line' : 'lines'} of ${tape.file} ${count === 1 ? 'was' : 'were'} skipped; the first: ${first}`,
    )
}

/** A synthetic market without end. Its ticks are dated from `startMs`. */
export function syntheticSource(epic: string, shape: SyntheticShape, random: Random, startMs: number): TickSource {
  const moves = syntheticTicks(shape, random)
  let atMs = startMs
  let startsAnew = true
  const nextTick = (): Tick => {
    const { afterMs, bidUnits, offerUnits } = moves.next()
    atMs += afterMs
    return { kind: 'tick', epic, atMs, bidUnits, offerUnits }
  }
  return {
    async read() {
      const batch: TickBatch = { ticks: Array.from({ length: SYNTHETIC_TICKS }, nextTick), startsAnew }
      startsAnew = false
      return batch
    },
    close: async () => {},
  }
}

/** Few: the first of every market are made before a broker is ready. */
const SYNTHETIC_TICKS = 16
