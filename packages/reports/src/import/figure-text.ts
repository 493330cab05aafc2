import { Decimal } from '@scalpdesk/sdk'

/** The sign before the decimals of a number: which one it is depends on the language. */
export type DecimalMark = '.' | ','

/** A number as somebody printed it, before it is known which sign is which. */
export interface FigureText {
  readonly isNegative: boolean
  /** What the digits mean with each decimal mark; null: nothing with that one. */
  readonly values: Readonly<Record<DecimalMark, Decimal | null>>
}

/**
 * Takes a number apart: a currency before or behind, a minus or brackets, digits with signs between thousands and before decimals. null: it
 * is none.
 */
export function figureText(written: string): FigureText | null {
  const text = written
    .replace(/[\s\u00a0\u2007\u2009\u202f]+/g, ' ')
    .replaceAll('\u2212', '-')
    .trim()
  const inBrackets = /^\((.*)\)$/.exec(text)?.[1]
  const [, before = '', , after = '', digits = ''] =
    /^([+-]?) ?([^\d.,+\-' ()]{0,5}) ?([+-]?) ?(\d[\d.,'’ ]*|[.,]\d+) ?[^\d.,+\-' ()]{0,5}$/.exec(inBrackets ?? text) ??
    []
  const signs = before + after
  if (digits === '' || signs.length > 1 || (inBrackets !== undefined && signs !== '')) return null
  const plain = digits.trim().replaceAll('’', "'")
  const values = { '.': meaningOf(plain, '.'), ',': meaningOf(plain, ',') }
  if (!values['.'] && !values[',']) return null
  return { isNegative: inBrackets !== undefined || signs === '-', values }
}

/** Which mark the digits prove; null: they mean the same, or something else, with each. */
export function provenMark({ values }: FigureText): DecimalMark | null {
  if (values['.'] && values[',']) return null
  return values['.'] ? '.' : ','
}

/** Whether it says the same whatever the decimal mark is. */
export function isPlain({ values }: FigureText): boolean {
  return values['.'] !== null && values[','] !== null && values['.'].eq(values[','])
}

export function valueWith({ isNegative, values }: FigureText, mark: DecimalMark): Decimal | null {
  const value = values[mark]
  return value && isNegative && !value.isZero() ? value.negated() : value
}

/** Thousands, if parted at all, all of them and by the same sign. */
const FORMS = {
  '.': /^(?:\d+|\d{1,3}(?:([,' ])\d{3})(?:\1\d{3})*)?(?:\.\d+)?$/,
  ',': /^(?:\d+|\d{1,3}(?:([.' ])\d{3})(?:\1\d{3})*)?(?:,\d+)?$/,
} as const

function meaningOf(digits: string, mark: DecimalMark): Decimal | null {
  if (!FORMS[mark].test(digits)) return null
  const groups = mark === '.' ? /[,' ]/g : /[.' ]/g
  return new Decimal(digits.replaceAll(groups, '').replace(',', '.'))
}
