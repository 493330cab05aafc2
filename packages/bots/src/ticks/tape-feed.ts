import {
  type Market,
  markets,
  openTape,
  readReplay,
  type Tape,
  TapeError,
  tapesRescaler,
} from '@scalpdesk/mock-broker/engine'
import { mergedFeed } from './merged-feed.ts'
import { batchCount, batchPart, batchTime, type TickBatch, type TickFeed } from './tick-feed.ts'

export interface FeedOptions {
  /** Those that may be traded; the mock broker's unless told. */
  readonly markets?: readonly Market[]
  /** Time of day in UTC at which the first file of each market begins, `HH:MM` or `HH:MM:SS`. */
  readonly from?: string
  /** A bad line is refused instead of skipped and counted. */
  readonly strict?: boolean
}

/**
 * Opens tick files as the mock broker does: `FILE`, `EPIC=FILE`, `EPIC~FILE`. Files of one market follow one another; of several
 * markets they are played together, by their times.
 * @throws TapeError for what cannot be played: its message says why
 */
export async function openTicks(files: readonly string[], options: FeedOptions = {}): Promise<TickFeed> {
  const known = options.markets ?? markets
  const chains = new Map<string, Tape[]>()
  const opened: Tape[] = []
  try {
    for (const each of files) {
      const { file, wish } = readReplay(each, known)
      const tape = await openTape(file, { markets: known, wish, strict: options.strict })
      opened.push(tape)
      const name = tape.markets.map(({ epic }) => epic).join(' ')
      const chain = chains.get(name) ?? []
      refuseDisorder(chain.at(-1), tape, opened)
      if (chain.length === 0) chains.set(name, chain)
      if (chain.length === 0 && options.from !== undefined) {
        const later = await openTape(file, { markets: known, wish, strict: options.strict, from: options.from })
        await tape.close()
        opened[opened.length - 1] = later
        chain.push(later)
      } else chain.push(tape)
    }
    if (opened.length === 0)
      throw new TapeError('bad-replay', '', 'expected a file of ticks, but got none; name one with --replay')
    const isAlone = chains.size === 1
    return mergedFeed([...chains.values()].map(tapes => chainFeed(tapes, isAlone)))
  } catch (cause) {
    await Promise.all(opened.map(tape => tape.close()))
    throw cause
  }
}

function refuseDisorder(before: Tape | undefined, tape: Tape, opened: readonly Tape[]): void {
  if (opened.some(other => other !== tape && other.file === tape.file))
    throw new TapeError(
      'bad-replay',
      tape.file,
      `expected each file once, but ${tape.file} was given twice; leave one out`,
    )
  if (!before || tape.startMs >= before.startMs) return
  const [day, earlier] = [tape.startMs, before.startMs].map(atMs =>
    new Date(atMs).toISOString().slice(0, 19).replace('T', ' '),
  )
  throw new TapeError(
    'bad-replay',
    tape.file,
    `expected the files of a market in the order of time, but ${tape.file} begins ${day}, before ${before.file} (${earlier}); swap them`,
  )
}

/** Tapes of the same markets, one after the other. @param isAlone there is nothing to merge quote by quote: they come as columns */
function chainFeed(tapes: readonly Tape[], isAlone: boolean): TickFeed {
  const [first] = tapes
  let playing = 0
  let lastMs = Number.NEGATIVE_INFINITY
  let early = 0
  const [market, ...others] = first?.markets ?? []
  if (!first || !market) throw new Error('expected a tape, but got none; give one')

  const onGrid = tapesRescaler(market)

  async function readOn(tape: Tape): Promise<TickBatch | null> {
    if (isAlone && !tape.rescale) return tape.readColumns()
    const inputs = await tape.read()
    return inputs && { kind: 'inputs', inputs: onGrid(inputs, tape.rescale) }
  }

  async function read(): Promise<TickBatch | null> {
    for (let tape = tapes[playing]; tape; tape = tapes[playing]) {
      const batch = await readOn(tape)
      if (!batch) {
        playing++
        continue
      }
      const count = batchCount(batch)
      // A file that begins before the one before it ended: what is told twice counts once.
      let from = 0
      while (from < count && batchTime(batch, from) < lastMs) from++
      early += from
      if (from === count) continue
      lastMs = batchTime(batch, count - 1)
      return batchPart(batch, from, count)
    }
    return null
  }

  return {
    markets: [market, ...others],
    startMs: first.startMs,
    read,
    fraction() {
      const { readBytes, totalBytes } = tapes[Math.min(playing, tapes.length - 1)]!.progress()
      return Math.min(1, (playing + (playing < tapes.length ? readBytes / Math.max(1, totalBytes) : 0)) / tapes.length)
    },
    remarks() {
      const skipped = tapes.flatMap(tape => {
        const { count, first: example } = tape.skipped()
        if (count === 0) return []
        return [`${tape.file}: ${count} ${count === 1 ? 'line' : 'lines'} skipped; the first: ${example}`]
      })
      const passed = tapes.flatMap(({ file, passedOver }) =>
        passedOver.length === 0
          ? []
          : [`${file} also holds ${passedOver.join(', ')}, which the engine does not have: not played`],
      )
      const mapped = tapes.flatMap(({ file, rescale }) =>
        rescale ? [`${file} is mapped onto the market's usual price: its profits are made up`] : [],
      )
      const doubled =
        early > 0
          ? [
              `${early} ${early === 1 ? 'quote of a file lies' : 'quotes of a file lie'} before the end of the file before it: left out`,
            ]
          : []
      return [...skipped, ...passed, ...mapped, ...doubled]
    },
    close: async () => void (await Promise.all(tapes.map(tape => tape.close()))),
  }
}
