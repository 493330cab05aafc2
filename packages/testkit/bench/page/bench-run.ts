import type { Figure } from './figure.ts'

/** A run of all benches, as it is kept beside its page. */
export interface BenchRun {
  readonly version: 1
  /** ISO, UTC. */
  readonly at: string
  readonly machine: Machine
  /** `quick`: fewer rounds, which decide little. */
  readonly form: 'quick' | 'long'
  readonly seconds: number
  readonly figures: readonly Figure[]
  /** Benches that did not come to their end: their figures are missing. */
  readonly failed: readonly string[]
  /** What a reader must know of this run beside its figures; written by hand, and gone with the next run. */
  readonly note?: string
}

export interface Machine {
  readonly node: string
  readonly system: string
  readonly processor: string
  readonly cores: number
  readonly memoryGib: number
  /** How many programs wanted a core at the start and at the end, on average of a minute: above the number of cores, all figures are worse. */
  readonly loadBefore: number
  readonly loadAfter: number
}
