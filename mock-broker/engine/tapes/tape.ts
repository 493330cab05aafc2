import type { Market } from '../market.ts'
import type { Tick } from '../tick.ts'
import { TapeError } from './tape-error.ts'
import { tapeLines } from './tape-lines.ts'
import { tapeParser } from './tape-parser.ts'
import { clockText, startInstant, timeOfDay } from './tape-start.ts'

/** A file of quotes of one market, read on as it is played. */
export interface Tape {
  readonly file: string
  readonly market: Market
  /** The next quotes in order, never an empty batch; null at the end. @throws TapeError in strict reading. */
  read(): Promise<readonly Tick[] | null>
  /** Lines passed over so far because they could not be used, and what was wrong with the first. */
  skipped(): { readonly count: number; readonly first: string | null }
  /** Lets go of the file. */
  close(): Promise<void>
}

export interface TapeOptions {
  readonly markets: readonly Market[]
  /** Time of day in UTC at which to begin, `HH:MM` or `HH:MM:SS`. */
  readonly from?: string | undefined
  /** Refuse a bad line instead of skipping and counting it. */
  readonly strict?: boolean | undefined
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
    return (await skipTo(tape, startMs)) ?? (await openTape(file, { ...options, from: undefined }))
  } catch (cause) {
    await tape.close()
    throw cause
  }
}

async function beginTape(file: string, { markets, strict = false }: TapeOptions): Promise<Tape> {
  const lines = tapeLines(file)
  const parser = tapeParser(file, markets, strict)

  async function read(): Promise<readonly Tick[] | null> {
    for (;;) {
      const next = await lines.next()
      if (next.done) return null
      const ticks = parser.parse(next.value)
      if (ticks.length > 0) return ticks
    }
  }
  async function close(): Promise<void> {
    await lines.return()
  }

  try {
    const batch = await read()
    const market = parser.market()
    if (!batch || !market) throw parser.emptyTape()
    return beginningWith(batch, { file, market, read, skipped: parser.skipped, close })
  } catch (cause) {
    await close()
    throw cause
  }
}

/**
 * The tape from a time of day on. Null when that lies before its beginning and it does not run to that time of the next day: it
 * is to be played whole then.
 */
async function skipTo(tape: Tape, timeOfDayMs: number): Promise<Tape | null> {
  let span: { readonly first: Tick; readonly last: Tick } | null = null
  for (let batch = await tape.read(); batch; batch = await tape.read()) {
    const first: Tick = span?.first ?? batch[0]!
    const start = startInstant(first, timeOfDayMs)
    const index = batch.findIndex(tick => tick.atMs >= start.atMs)
    if (index >= 0) return beginningWith(batch.slice(index), tape)
    span = { first, last: batch.at(-1)! }
  }
  if (!span || startInstant(span.first, timeOfDayMs).isNextDay) return null
  throw new TapeError(
    'from-beyond-end',
    tape.file,
    `expected to start ${tape.file} at ${clockText(startInstant(span.first, timeOfDayMs).atMs)} UTC, but it runs from ` +
      `${clockText(span.first.atMs)} to ${clockText(span.last.atMs)} UTC; choose a time between`,
  )
}

/** The same tape, these ticks before what is still unread. */
function beginningWith(batch: readonly Tick[], tape: Tape): Tape {
  let pending: readonly Tick[] | null = batch
  return {
    ...tape,
    async read() {
      const ready = pending
      pending = null
      return ready ?? tape.read()
    },
  }
}
