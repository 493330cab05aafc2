import type { CommonOptions } from '../cli/command-context.ts'

/** What `bot run` is told on the command line; checked, figures as text. */
export interface BotRunOptions extends CommonOptions {
  readonly help?: boolean
  readonly epic?: readonly string[]
  readonly preset?: string
  readonly param?: readonly string[]
  /** The same. */
  readonly set?: readonly string[]
  readonly maxLoss?: string
  readonly maxSize?: string
  readonly maxOrders?: number
  readonly maxPositions?: number
  /** Milliseconds. */
  readonly for?: number
  readonly seed?: number
  /** Price points of one market and length of candles at most; 0: none. */
  readonly warmUp?: number
  readonly replay?: readonly string[]
  readonly speed?: number | 'max'
  /** Each `ACCOUNT:EPIC`. */
  readonly confirmLive?: readonly string[]
}
