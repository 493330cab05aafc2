import type { Objective } from '@scalpdesk/bots/runs'
import type { CommonOptions } from '../command-context.ts'

export interface BacktestOptions extends CommonOptions {
  readonly help?: boolean
  readonly replay?: readonly string[]
  readonly from?: string
  readonly strict?: boolean
  readonly seed?: number
  readonly set?: readonly string[]
  readonly cash?: string
  readonly currency?: 'EUR' | 'GBP' | 'USD'
  readonly latency?: number
  /** Milliseconds. */
  readonly warmUp?: number
  readonly slippage?: { readonly chance: number; readonly points: number }
  readonly requotes?: number
  readonly partial?: number
  /** False with `--no-guard`. */
  readonly guard: boolean
  readonly report?: readonly string[]
  readonly sweep?: readonly string[]
  readonly tries?: number
  readonly objective?: Objective
  readonly outOfSample?: number
  readonly walkForward?: number
  readonly threads?: number
  readonly callLimit?: number
  readonly memory?: number
  /** False with `--no-color`. */
  readonly color: boolean
}
