import { type Decimal, type Epic, epic as epicOf } from '@scalpdesk/sdk'
import * as z from 'zod/mini'
import { exactAmount } from './exact-amount.ts'
import { numberText } from './json-document.ts'

/** The kinds of values that settings are made of; each says in words what it takes, and as JSON Schema. */

/** What a schema tells people and editors. */
export interface Told {
  /** `expected …`. */
  readonly expected?: string
  readonly json?: JsonSchema
  /** One sentence, without its unit. */
  readonly about?: string
  readonly unit?: string
  /** What counts when it is left out, where the default settings do not say. */
  readonly usual?: string
  /** As it stands in the file. */
  readonly example?: string
}

export type JsonSchema = Readonly<Record<string, unknown>>

export const TOLD = z.registry<Told>()

/** Of what a figure is. */
export const UNIT = {
  points: { unit: 'points' },
  contracts: { unit: 'contracts' },
  ms: { unit: 'ms' },
  money: { unit: "the account's currency" },
} as const

export type Schema<Value = unknown> = z.ZodMiniType<Value>

/** The schema with what it is about. The same schema may be told differently at each place. */
export function told<Kind extends Schema>(
  schema: Kind,
  about: string,
  more: Pick<Told, 'unit' | 'usual' | 'example'> = {},
): Kind {
  const copy = schema.clone()
  TOLD.add(copy, { ...TOLD.get(schema), about, ...more })
  return copy
}

/**
 * A single value.
 * @param read gives undefined for what it does not take
 * @param inFull what is expected when it is not what came
 */
function leaf<Value>(
  expected: string,
  json: JsonSchema,
  read: (value: unknown) => Value | undefined,
  inFull = expected,
): z.ZodMiniType<Value> {
  const schema = z.transform<unknown, Value>((value, context) => {
    const got = read(value)
    if (got !== undefined) return got
    context.issues.push({ code: 'custom', message: inFull, input: value })
    return z.NEVER
  })
  return schema.register(TOLD, { expected, json })
}

export function oneOf<const Word extends string>(words: readonly Word[]): z.ZodMiniType<Word> {
  const expected = words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : `${words[0]}`
  return leaf(expected, { enum: words }, value => words.find(word => word === value))
}

export function text(expected: string, pattern: RegExp): z.ZodMiniType<string> {
  return leaf(expected, { type: 'string', pattern: pattern.source }, value =>
    typeof value === 'string' && pattern.test(value) ? value : undefined,
  )
}

/** A text that is known only by trying. */
export function named<Name extends string>(expected: string, read: (text: string) => Name | null): z.ZodMiniType<Name> {
  return leaf(expected, { type: 'string' }, value =>
    typeof value === 'string' ? (read(value) ?? undefined) : undefined,
  )
}

export const yesOrNo = (): z.ZodMiniType<boolean> =>
  leaf('true or false', { type: 'boolean' }, value => (typeof value === 'boolean' ? value : undefined))

export function whole(least: number, most = MOST_WHOLE): z.ZodMiniType<number> {
  const range = `a whole number from ${least}${most === MOST_WHOLE ? '' : ` to ${most}`}`
  const read = (value: unknown): number | undefined => {
    const amount = exactAmount(numberText(value) ?? '')?.toNumber() ?? Number.NaN
    return Number.isSafeInteger(amount) && amount >= least && amount <= most ? amount : undefined
  }
  const json = { type: 'integer', minimum: least, maximum: most }
  return leaf(least === most ? `the number ${most}` : range, json, read)
}

/** Our choice; in milliseconds it is 11 days. */
const MOST_WHOLE = 999_999_999

interface AmountRange {
  readonly least: 'above 0' | 'from 0'
  readonly most?: number
}

/** A figure as a number or a text, read digit by digit. */
export function amount(what: string, { least, most }: AmountRange): z.ZodMiniType<Decimal> {
  const range = most === undefined ? least : `${least} to ${most}`
  const number = {
    type: 'number',
    ...(least === 'above 0' ? { exclusiveMinimum: 0 } : { minimum: 0 }),
    ...(most !== undefined && { maximum: most }),
  }
  const json = { anyOf: [number, { type: 'string', pattern: AMOUNT_TEXT }] }
  const read = (value: unknown): Decimal | undefined => {
    const got = exactAmount(typeof value === 'string' ? value : (numberText(value) ?? ''))
    if (!got || (least === 'above 0' ? !got.gt(0) : !got.gte(0))) return undefined
    return most === undefined || got.lte(most) ? got : undefined
  }
  const expected = `${what} ${range}`
  return leaf(expected, json, read, `${expected}, with at most 12 decimals`)
}

export const epic = (): z.ZodMiniType<Epic> =>
  named('the epic of a market such as CS.D.EURUSD.CFD.IP', written => {
    try {
      return epicOf(written)
    } catch {
      return null
    }
  })

const AMOUNT_TEXT = '^(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$'
