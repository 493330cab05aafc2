import type { ConditionsOptions, CurrencyCode } from '@scalpdesk/mock-broker/engine'
import type { Summary } from '../backtest/summary.ts'
import type { ParameterSchema } from '../strategy/parameter.ts'
import type { ParameterValue } from '../strategy/parameter-check.ts'

/** A backtest as plain data, for a thread of its own. */
export interface Job {
  /** Of the strategy. */
  readonly file: string
  readonly parameters: Readonly<Record<string, ParameterValue>>
  readonly ticks: JobTicks
  readonly seed: number
  /** Exact, as text. */
  readonly cash: string
  readonly currency: CurrencyCode
  /** The guard's, by `packed`. */
  readonly limits: unknown
  readonly latencyMs: number
  /** From the first tick on: seen by candles and indicators alone. None unless told. */
  readonly warmUpMs?: number
  readonly conditions: ConditionsOptions | null
  /** Where parts of the summary begin. */
  readonly cutsMs: readonly number[]
  /** Which texts are wanted. */
  readonly forms: readonly JobForm[]
  /** Of the terminal that the screen's text is for. */
  readonly screen: { readonly columns: number; readonly hasColour: boolean }
}

export type JobTicks =
  | {
      readonly kind: 'files'
      readonly files: readonly string[]
      readonly from: string | null
      readonly strict: boolean
    }
  | { readonly kind: 'cache'; readonly path: string }

export type JobForm = 'screen' | 'json' | 'html' | 'markdown'

export interface JobResult {
  readonly strategy: string
  readonly parameters: Readonly<Record<string, ParameterValue>>
  readonly seed: number
  readonly summary: Summary
  /** By the desk's code, or the broker's reason. */
  readonly denied: readonly (readonly [string, number])[]
  readonly rejected: readonly (readonly [string, number])[]
  readonly crossed: number
  readonly orders: number
  readonly end: { readonly kind: 'done' | 'failed'; readonly why: string }
  readonly remarks: readonly string[]
  readonly said: readonly string[]
  readonly currency: string
  readonly texts: Readonly<Partial<Record<JobForm, string>>>
}

/** What a strategy says of itself. */
export interface Description {
  readonly name: string
  readonly about: string
  readonly parameters: ParameterSchema
  readonly markets: readonly string[]
}

/** What a thread is asked for. */
export type JobAsk = { readonly kind: 'run'; readonly job: Job } | { readonly kind: 'describe'; readonly file: string }
