/** What a strategy can be told, with a default for each: shown by `--help`, set by `--set name=value`, swept over by a backtest. */
export type ParameterSchema = Readonly<Record<string, Parameter>>

export type Parameter =
  | NumberParameter
  | IntegerParameter
  | DurationParameter
  | BooleanParameter
  | ChoiceParameter<string>

interface Range {
  readonly default: number
  readonly min: number
  readonly max: number
  /** Between two values of a sweep; for a number a tenth of its range unless told, for an integer 1. */
  readonly step?: number
  /** A few words for `--help`. */
  readonly about?: string
}

export interface NumberParameter extends Range {
  readonly kind: 'number'
}

export interface IntegerParameter extends Range {
  readonly kind: 'integer'
}

/** Milliseconds; written with a unit, as `90s`. */
export interface DurationParameter {
  readonly kind: 'duration'
  readonly default: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly about?: string
}

export interface BooleanParameter {
  readonly kind: 'boolean'
  readonly default: boolean
  readonly about?: string
}

export interface ChoiceParameter<Name extends string> {
  readonly kind: 'choice'
  readonly default: NoInfer<Name>
  readonly of: readonly [Name, ...Name[]]
  readonly about?: string
}

/** The values of a schema, as a strategy gets them. */
export type ParameterValues<Schema extends ParameterSchema> = {
  readonly [Name in keyof Schema]: ValueOf<Schema[Name]>
}

type ValueOf<Each extends Parameter> = Each extends BooleanParameter
  ? boolean
  : Each extends ChoiceParameter<infer Name>
    ? Name
    : number

export const number = (range: Omit<NumberParameter, 'kind'>): NumberParameter => ({ kind: 'number', ...range })

export const integer = (range: Omit<IntegerParameter, 'kind'>): IntegerParameter => ({ kind: 'integer', ...range })

/** Its figures are texts such as `500ms`, `90s`, `5m`, `2h`. @throws when one is none */
export function duration(range: {
  readonly default: string
  readonly min: string
  readonly max: string
  readonly step?: string
  readonly about?: string
}): DurationParameter {
  const { about, step } = range
  return {
    kind: 'duration',
    default: durationMs(range.default),
    min: durationMs(range.min),
    max: durationMs(range.max),
    ...(step === undefined ? {} : { step: durationMs(step) }),
    ...(about === undefined ? {} : { about }),
  }
}

export const boolean = (told: Omit<BooleanParameter, 'kind'>): BooleanParameter => ({ kind: 'boolean', ...told })

export const choice = <const Name extends string>(
  told: Omit<ChoiceParameter<Name>, 'kind'>,
): ChoiceParameter<Name> => ({ kind: 'choice', ...told })

/** Reads `500ms`, `90s`, `5m`, `2h` or `1d` as milliseconds. @throws for any other text */
export function durationMs(text: string): number {
  const [, figure, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? []
  const ms = Math.round(Number(figure) * (MS[unit ?? ''] ?? Number.NaN))
  if (Number.isSafeInteger(ms) && ms > 0) return ms
  throw new Error(`expected a length of time such as 500ms, 90s, 5m or 2h, but got ${JSON.stringify(text)}; write one`)
}

const MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
