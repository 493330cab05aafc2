import { type Random, type SyntheticShape, syntheticTicks, type TapeInput, type Tick } from '../../engine/index.ts'

/** What happens on markets, in order, some at a time. */
export interface TickSource {
  /** Null at the end. */
  read(): Promise<TickBatch | null>
  close(): Promise<void>
}

export interface TickBatch {
  /** Never empty. */
  readonly inputs: readonly TapeInput[]
  /** These do not follow on from the ones before: time goes back, or begins. No pause is kept between. */
  readonly startsAnew: boolean
  /** Where it begins and ends in all that the source has, from 0 to 1; the same where there is no end. */
  readonly part: readonly [from: number, to: number]
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
      const batch: TickBatch = { inputs: Array.from({ length: SYNTHETIC_TICKS }, nextTick), startsAnew, part: [0, 0] }
      startsAnew = false
      return batch
    },
    close: async () => {},
  }
}

/** The first tick of a source, and nothing after it. */
export function firstOf(source: TickSource): TickSource {
  let isRead = false
  return {
    async read() {
      const batch = isRead ? null : await source.read()
      isRead = true
      return batch && { ...batch, inputs: batch.inputs.slice(0, 1) }
    },
    close: source.close,
  }
}

/** Few: the first of every market are made before a broker is ready. */
const SYNTHETIC_TICKS = 16
