import type { Market } from '../market.ts'
import type { Rescale, Wish } from './casting.ts'
import type { Skipped } from './line-sieve.ts'
import { type TapeProgress, tapeBytes } from './tape-bytes.ts'
import type { TapeInput } from './tape-entry.ts'
import { TapeError } from './tape-error.ts'
import { tapeParser } from './tape-parser.ts'
import { clockText, startInstant, timeOfDay } from './tape-start.ts'
import type { TickBatch } from './tick-columns.ts'

/** A file of quotes, read on as it is played. */
export interface Tape {
  readonly file: string
  /** Those that it plays: one, or several on a tape of Scalpdesk's own. */
  readonly markets: readonly Market[]
  /** How its prices are to be mapped onto its market; null when they are the market's own. */
  readonly rescale: Rescale | null
  /** Epics on the tape that are none of ours. */
  readonly passedOver: readonly string[]
  /** When the first of what it plays happens: UTC, milliseconds since 1970. */
  readonly startMs: number
  /** What comes next, in order, never an empty batch; null at the end. @throws TapeError in strict reading. */
  read(): Promise<readonly TapeInput[] | null>
  /** As {@link read}, for whoever wants no object for each quote: one or the other, not in turn. */
  readColumns(): Promise<TickBatch | null>
  /** Lines passed over so far because they could not be used, and what was wrong with the first. */
  skipped(): Skipped
  progress(): TapeProgress
  /** Lets go of the file. */
  close(): Promise<void>
}

export interface TapeOptions {
  readonly markets: readonly Market[]
  /** The market to play; left out, the file says it. */
  readonly wish?: Wish | undefined
  /** Time of day in UTC at which to begin, `HH:MM` or `HH:MM:SS`. */
  readonly from?: string | undefined
  /** Refuse a bad line instead of skipping and counting it. */
  readonly strict?: boolean | undefined
  /** Hears how far the file was read while the beginning is looked for. */
  readonly onProgress?: ((progress: TapeProgress) => void) | undefined
}

/**
 * Opens a tape, in any of the known formats, plain or gzipped: both are recognised by content, not by name. A price that the
 * market cannot show exactly is a bad line: nothing is rounded.
 * @throws TapeError when the file cannot be played; its message says why.
 */
export async function openTape(file: string, options: TapeOptions): Promise<Tape> {
  const startMs = options.from === undefined ? null : timeOfDay(options.from)
  const tape = await beginTape(file, options)
  if (startMs === null) return tape
  try {
    return (await skipTo(tape, startMs, options.onProgress)) ?? (await openTape(file, { ...options, from: undefined }))
  } catch (cause) {
    await tape.close()
    throw cause
  }
}

async function beginTape(file: string, { markets, wish, strict = false }: TapeOptions): Promise<Tape> {
  const bytes = tapeBytes(file)
  const parser = tapeParser(file, { markets, wish: wish ?? null, strict })

  async function read(): Promise<readonly TapeInput[] | null> {
    for (let next = await bytes.next(); next; next = await bytes.next()) {
      const inputs = parser.parse(next)
      if (inputs.length > 0) return inputs
    }
    return null
  }

  let waiting: readonly TickBatch[] = []
  async function readColumns(): Promise<TickBatch | null> {
    for (;;) {
      const [ready, ...others] = waiting
      waiting = others
      if (ready) return ready
      const next = await bytes.next(COLUMN_BYTES)
      if (!next) return null
      waiting = parser.parseColumns(next)
    }
  }

  try {
    const batch = await read()
    const opened = parser.opened()
    if (!batch || !opened) throw parser.emptyTape()
    const { skipped } = parser
    const { progress, close } = bytes
    const { markets: played, rescale, passedOver } = opened
    return beginningWith(batch, {
      file,
      markets: played,
      rescale,
      passedOver,
      startMs: 0,
      read,
      readColumns,
      skipped,
      progress,
      close,
    })
  } catch (cause) {
    await bytes.close()
    throw cause
  }
}

/**
 * The tape from a time of day on. Null when that lies before its beginning and it does not run to that time of the next day: it
 * is to be played whole then.
 */
async function skipTo(tape: Tape, timeOfDayMs: number, onProgress: TapeOptions['onProgress']): Promise<Tape | null> {
  const { startMs } = tape
  const start = startInstant(startMs, timeOfDayMs)
  let lastMs = startMs
  for (let batch = await tape.read(); batch; batch = await tape.read()) {
    const index = batch.findIndex(({ atMs }) => atMs >= start.atMs)
    if (index >= 0) return beginningWith(batch.slice(index), tape)
    lastMs = batch.at(-1)!.atMs
    onProgress?.(tape.progress())
  }
  if (start.isNextDay) return null
  throw new TapeError(
    'from-beyond-end',
    tape.file,
    `expected to start ${tape.file} at ${clockText(start.atMs)} UTC, but it runs from ` +
      `${clockText(startMs)} to ${clockText(lastMs)} UTC; choose a time between`,
  )
}

/** The same tape, this before what is still unread. */
function beginningWith(batch: readonly TapeInput[], tape: Tape): Tape {
  let pending: readonly TapeInput[] | null = batch
  return {
    ...tape,
    startMs: batch[0]?.atMs ?? tape.startMs,
    async read() {
      const ready = pending
      pending = null
      return ready ?? tape.read()
    },
    async readColumns() {
      const ready = pending
      pending = null
      return ready ? { kind: 'inputs', inputs: ready } : tape.readColumns()
    },
  }
}

/** Our choice: so many that the calls for them count for little, and so few that they stay in the processor's cache. */
const COLUMN_BYTES = 256 * 1024
