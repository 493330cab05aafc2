import type { Market, TapeInput } from '@scalpdesk/mock-broker/engine'

/** Quotes of one market as columns; as many as `count`. */
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

/** Where a backtest takes its ticks from: in the order of time, over all markets. */
export interface TickFeed {
  readonly markets: readonly [Market, ...Market[]]
  /** When the first happens: UTC, milliseconds since 1970. */
  readonly startMs: number
  /** The next ones; null at the end. @throws TapeError for a file that cannot be read on */
  read(): Promise<TickBatch | null>
  /** From 0 to 1. */
  fraction(): number
  /** What could not be used, one sentence each. */
  remarks(): readonly string[]
  close(): Promise<void>
}

export const batchCount = (batch: TickBatch): number => (batch.kind === 'columns' ? batch.count : batch.inputs.length)

/** When the tick at a place of a batch happens. */
export const batchTime = (batch: TickBatch, place: number): number =>
  batch.kind === 'columns' ? batch.atMs[place]! : batch.inputs[place]!.atMs
