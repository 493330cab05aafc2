import type { BotDeal } from './bot-deal.ts'
import type { BotIntent } from './bot-intent.ts'
import type { Candle } from './candle.ts'
import type { IndicatorKit } from './indicator.ts'
import type { ParameterSchema, ParameterValues } from './parameter.ts'
import { checkedDefinition } from './strategy-check.ts'
import type { View } from './view.ts'

/** One intent, several, or none. */
export type Wanted = BotIntent | readonly BotIntent[] | null | undefined

/** What becomes of positions when the strategy ends, whatever ended it. */
export type ExitPolicy =
  /** Orders are cancelled, positions closed. */
  | 'flatten'
  /** Orders are cancelled, positions with a stop stay as they are; those without one are closed. */
  | 'leave-with-stops'

/** A length of candles, and how many older ones the strategy looks back at: `bot run` asks the broker's history for so many. */
export type CandleWish = string | { readonly length: string; readonly past: number }

export interface StrategyDefinition<Schema extends ParameterSchema, Indicators, State> {
  /** Lower-case words with hyphens. */
  readonly name: string
  /** One sentence. */
  readonly about?: string
  readonly parameters?: Schema
  /** What may be traded unless the command tells: epics. */
  readonly markets?: readonly string[]
  /** Lengths such as `15s`, `1m`, `4h`, of which `onCandle` hears. */
  candles?(parameters: ParameterValues<Schema>): readonly CandleWish[]
  /** Made once for each market. */
  indicators?(kit: IndicatorKit, parameters: ParameterValues<Schema>): Indicators
  /** At the start: plain data, as JSON can hold it. */
  state?(parameters: ParameterValues<Schema>): State
  /** `flatten` unless told. */
  readonly exitPolicy?: ExitPolicy

  /**
   * Asked after every tick, when candles and indicators know of it. Pure but for `view.state`: no clock, no randomness, no network of its
   * own. Not a promise: what is not there yet is not there.
   */
  decide?(view: View<ParameterValues<Schema>, Indicators, State>): Wanted
  /** Before the first tick of the first market: `view.tick` is that tick. */
  onStart?(view: View<ParameterValues<Schema>, Indicators, State>): Wanted
  /** Before `decide`. */
  onTick?(view: View<ParameterValues<Schema>, Indicators, State>): Wanted
  /** A candle is over: told by the first tick after it, before `onTick`. */
  onCandle?(view: View<ParameterValues<Schema>, Indicators, State>, candle: Candle): Wanted
  /** Before the tick that follows it. */
  onDeal?(view: View<ParameterValues<Schema>, Indicators, State>, deal: BotDeal): Wanted
  /** The run ends; the exit policy follows. */
  onStop?(view: View<ParameterValues<Schema>, Indicators, State>): Wanted
}

/** A strategy that may be run. Only {@link defineStrategy} makes one. */
export interface Strategy {
  readonly scalpdesk: 'strategy'
  readonly name: string
  readonly about: string
  readonly parameters: ParameterSchema
  readonly markets: readonly string[]
  readonly candles: (parameters: ParameterValues<ParameterSchema>) => readonly CandleWish[]
  readonly indicators: (kit: IndicatorKit, parameters: ParameterValues<ParameterSchema>) => unknown
  readonly state: (parameters: ParameterValues<ParameterSchema>) => unknown
  readonly exitPolicy: ExitPolicy
  readonly decide: ((view: View) => Wanted) | null
  readonly onStart: ((view: View) => Wanted) | null
  readonly onTick: ((view: View) => Wanted) | null
  readonly onCandle: ((view: View, candle: Candle) => Wanted) | null
  readonly onDeal: ((view: View, deal: BotDeal) => Wanted) | null
  readonly onStop: ((view: View) => Wanted) | null
}

/**
 * A strategy file exports one as its default.
 * @throws when something in it cannot be: a name that is none, a default outside its range, no function that decides
 */
export function defineStrategy<
  const Schema extends ParameterSchema = Readonly<Record<never, never>>,
  Indicators = undefined,
  State = undefined,
>(definition: StrategyDefinition<Schema, Indicators, State>): Strategy {
  return checkedDefinition(definition)
}
