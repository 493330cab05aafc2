import { marketGaps, type Tape, type TapeInput, tapesRescaler } from '../../engine/index.ts'
import { type ChainOptions, type OpenTape, openAgain, type TapeChain } from './tape-chain.ts'
import type { TickBatch, TickSource } from './tick-source.ts'

export interface TapeSourceOptions extends ChainOptions {
  readonly loop: boolean
  /** A silence longer than this closes markets. */
  readonly gapMs: number
  readonly onNotice: (text: string) => void
}

/** The source of a chain of tapes. */
export interface TapeSource extends TickSource {
  /** The file that is read now. */
  file(): string
}

/** The tapes of a chain one after the other, and again from the first when they loop; their holes are closed markets. */
export function tapeSource({ markets, tapes: opened }: TapeChain, options: TapeSourceOptions): TapeSource {
  const sizes = opened.map(({ tape }) => tape.progress().totalBytes)
  const allBytes = sizes.reduce((sum, bytes) => sum + bytes, 0)
  const gaps = marketGaps(
    markets.map(({ epic }) => epic),
    options.gapMs,
  )
  const onGrid = tapesRescaler(markets[0])
  let tapes = opened
  let index = 0
  let startsAnew = true
  let lastMs = Number.NEGATIVE_INFINITY
  let overlapping = 0
  let isClosed = false

  /** What was skipped is told when a tape is let go of, whether it was played to its end or not. */
  async function letGo(tape: Tape): Promise<void> {
    tellSkipped(tape, options.onNotice)
    if (overlapping > 0) options.onNotice(`${skippedOf(overlapping, tape)}: the file before it goes on until then`)
    overlapping = 0
    await tape.close()
  }

  /** A tape is read once. */
  async function openedAgain(): Promise<readonly OpenTape[]> {
    const again: OpenTape[] = []
    try {
      for (const { tape, wish } of opened) {
        const from = again.length === 0 ? options.from : undefined
        again.push(await openAgain(tape.file, wish, { ...options, from }))
      }
      return again
    } catch (cause) {
      await Promise.all(again.map(({ tape }) => tape.close()))
      throw cause
    }
  }

  async function nextTape(): Promise<void> {
    index++
    if (index < tapes.length || !options.loop) return
    tapes = await openedAgain()
    if (isClosed) await Promise.all(tapes.map(({ tape }) => tape.close()))
    index = 0
    startsAnew = true
    lastMs = Number.NEGATIVE_INFINITY
    gaps.forget()
  }

  /** Where the batch that was read last lies in all files. */
  function partOf(tape: Tape): TickBatch['part'] {
    const { readBytes, lastBytes } = tape.progress()
    const to = sizes.slice(0, index).reduce((sum, bytes) => sum + bytes, readBytes)
    return [Math.min(1, (to - lastBytes) / allBytes), Math.min(1, to / allBytes)]
  }

  function inTime(inputs: readonly TapeInput[]): readonly TapeInput[] {
    const first = inputs[0]
    if (!first || first.atMs >= lastMs) return inputs
    const kept = inputs.filter(({ atMs }) => atMs >= lastMs)
    overlapping += inputs.length - kept.length
    return kept
  }

  return {
    async read() {
      for (let current = tapes[index]; current; current = tapes[index]) {
        const read = await current.tape.read()
        if (!read) {
          await letGo(current.tape)
          await nextTape()
          continue
        }
        const inputs = inTime(read)
        if (inputs.length === 0) continue
        const marked = gaps.mark(onGrid(inputs, current.tape.rescale))
        const batch: TickBatch = { inputs: marked, startsAnew, part: partOf(current.tape) }
        startsAnew = false
        lastMs = inputs.at(-1)!.atMs
        return batch
      }
      return null
    },
    async close() {
      isClosed = true
      // Those before it were let go of when they ended.
      await Promise.all(tapes.slice(index).map(({ tape }) => letGo(tape)))
    },
    file: () => (tapes[index] ?? tapes.at(-1))?.tape.file ?? '',
  }
}

function tellSkipped(tape: Tape, onNotice: (text: string) => void): void {
  const { count, first } = tape.skipped()
  if (count > 0) onNotice(`${skippedOf(count, tape)}; the first: ${first}`)
}

const skippedOf = (count: number, { file }: Tape): string =>
  count === 1 ? `1 line of ${file} was skipped` : `${count} lines of ${file} were skipped`
