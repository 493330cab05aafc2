import type { ColumnRoom } from './alike-lines.ts'
import type { QuoteCursor } from './line-cursor.ts'
import type { LineSink } from './line-sieve.ts'
import type { TapeEntry, TapeInput } from './tape-entry.ts'

/** Quotes of one market, without an object for each; as many as `count`. The next batch uses the arrays again. */
export interface TickColumns {
  readonly kind: 'columns'
  readonly epic: string
  readonly count: number
  readonly atMs: Float64Array
  readonly bidUnits: Int32Array
  readonly offerUnits: Int32Array
}

/** Quotes and what else a tape makes markets do, one object each. */
export interface TickInputs {
  readonly kind: 'inputs'
  readonly inputs: readonly TapeInput[]
}

export type TickBatch = TickColumns | TickInputs

/** Takes what the lines of a tape of one market hold into columns, and what has no place in them into objects. */
export interface ColumnSink extends LineSink<TapeEntry> {
  /** What was taken since the last call, in its order. */
  batches(): readonly TickBatch[]
}

/** @param epic of all quotes */
export function columnSink(epic: string): ColumnSink {
  let room = roomFor(FIRST_LENGTH)
  /** Where the columns at hand begin. */
  let from = 0
  let made: TickBatch[] = []
  let others: TapeInput[] = []

  function endColumns(): void {
    const { to } = room
    if (to > from) {
      const columns = {
        atMs: room.atMs.subarray(from, to),
        bidUnits: room.bidUnits.subarray(from, to),
        offerUnits: room.offerUnits.subarray(from, to),
      }
      made.push({ kind: 'columns', epic, count: to - from, ...columns })
    }
    from = to
  }

  function endOthers(): void {
    if (others.length > 0) made.push({ kind: 'inputs', inputs: others })
    others = []
  }

  /** The batches that were made already keep the arrays that they look into. */
  function grow(): void {
    endColumns()
    room = roomFor(2 * room.atMs.length)
    from = 0
  }

  function entry(input: TapeEntry): void {
    if (input.kind === 'event') return
    endColumns()
    others.push(input)
  }

  function roomForMore(): ColumnRoom {
    if (others.length > 0) endOthers()
    if (room.to === room.atMs.length) grow()
    return room
  }

  return {
    quote(cursor: QuoteCursor) {
      if (cursor.bidUnits > MOST_UNITS || cursor.offerUnits > MOST_UNITS)
        return entry({
          kind: 'tick',
          epic,
          atMs: cursor.atMs,
          bidUnits: cursor.bidUnits,
          offerUnits: cursor.offerUnits,
        })
      const { atMs, bidUnits, offerUnits, to } = roomForMore()
      atMs[to] = cursor.atMs
      bidUnits[to] = cursor.bidUnits
      offerUnits[to] = cursor.offerUnits
      room.to++
    },
    room: roomForMore,
    entry,
    batches() {
      endColumns()
      endOthers()
      const all = made
      made = []
      from = 0
      room.to = 0
      return all
    },
  }
}

function roomFor(length: number): ColumnRoom {
  return {
    atMs: new Float64Array(length),
    bidUnits: new Int32Array(length),
    offerUnits: new Int32Array(length),
    to: 0,
  }
}

/** Of most stretches of a file; it grows with a longer one. */
const FIRST_LENGTH = 8192
/** What a column of 32 bits holds. */
const MOST_UNITS = 2 ** 31 - 1
