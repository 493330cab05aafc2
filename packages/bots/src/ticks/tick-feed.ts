import type { Market, TickBatch } from '@scalpdesk/mock-broker/engine'

export type { TickBatch } from '@scalpdesk/mock-broker/engine'

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

/** Those from one place on and before another; columns look into the same arrays. */
export function batchPart(batch: TickBatch, from: number, to: number): TickBatch {
  if (from === 0 && to === batchCount(batch)) return batch
  if (batch.kind === 'inputs') return { kind: 'inputs', inputs: batch.inputs.slice(from, to) }
  const { epic, atMs, bidUnits, offerUnits } = batch
  return {
    kind: 'columns',
    epic,
    count: to - from,
    atMs: atMs.subarray(from, to),
    bidUnits: bidUnits.subarray(from, to),
    offerUnits: offerUnits.subarray(from, to),
  }
}
