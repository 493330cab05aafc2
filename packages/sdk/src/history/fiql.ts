import { InvalidInputError } from '../errors.ts'
import { unreachable } from '../unreachable.ts'

/**
 * A filter of activity, made with {@link fiql}.
 * Source: IG Labs, REST API reference, "Accounts", GET /history/activity version 3, `filter`; the language is FIQL
 * (draft-nottingham-atompub-fiql-00), of which IG documents `==`, `!=`, `,`, `;` and parentheses.
 */
export type Fiql = FiqlComparison | FiqlGroup

export interface FiqlComparison {
  readonly kind: 'equal' | 'not-equal'
  /** A path into the item as IG names it, such as `status` or `details.actions.actionType`. */
  readonly selector: string
  /** As it is, not percent-encoded. */
  readonly value: string
}

interface FiqlGroup {
  readonly kind: 'and' | 'or'
  /** At least two; none of the same kind as the group. */
  readonly parts: readonly Fiql[]
}

/**
 * Builds filters: `fiql.and(fiql.notEqual('status', 'REJECTED'), fiql.or(fiql.equal('channel', 'WEB'),
 * fiql.equal('channel', 'MOBILE')))`. A group of one is that one, and a group inside one of its own kind is taken
 * apart.
 */
export const fiql = {
  /** @throws {InvalidInputError} for a selector that is none, or an empty value */
  equal: (selector: string, value: string): Fiql => comparison('equal', selector, value),
  /** @throws {InvalidInputError} for a selector that is none, or an empty value */
  notEqual: (selector: string, value: string): Fiql => comparison('not-equal', selector, value),
  and: (first: Fiql, ...others: readonly Fiql[]): Fiql => group('and', [first, ...others]),
  or: (first: Fiql, ...others: readonly Fiql[]): Fiql => group('or', [first, ...others]),
} as const

/**
 * The text of a filter: reserved characters of values are percent-encoded, and every inner group is in parentheses.
 * It still has to be encoded as a part of a URL.
 * @throws {InvalidInputError} for what is no filter
 */
export function formatFiql(filter: Fiql): string {
  switch (filter.kind) {
    case 'equal':
    case 'not-equal': {
      const { selector, value } = comparison(filter.kind, filter.selector, filter.value)
      return `${selector}${filter.kind === 'equal' ? '==' : '!='}${encodeValue(value)}`
    }
    case 'and':
    case 'or':
      if (filter.parts.length < 2)
        throw new InvalidInputError('expected a group of at least two filters, but got fewer; use fiql')
      return filter.parts.map(formatPart).join(filter.kind === 'and' ? ';' : ',')
    default:
      return unreachable(filter)
  }
}

/** A name, or names with dots between them. */
export const SELECTOR = /^[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*$/

function comparison(kind: FiqlComparison['kind'], selector: string, value: string): FiqlComparison {
  if (!SELECTOR.test(selector)) {
    const text = `expected a field such as details.marketName, but got ${JSON.stringify(selector)}; use IG's name of the field`
    throw new InvalidInputError(text)
  }
  // An unpaired surrogate has no percent-encoding.
  if (typeof value !== 'string' || value === '' || !value.isWellFormed()) {
    throw new InvalidInputError(
      `expected a text to compare ${selector} with, but got ${JSON.stringify(value)}; give one`,
    )
  }
  return { kind, selector, value }
}

function group(kind: FiqlGroup['kind'], parts: readonly Fiql[]): Fiql {
  const flat = parts.flatMap(part => (part.kind === kind ? part.parts : [part]))
  const [only] = flat
  return flat.length === 1 && only !== undefined ? only : { kind, parts: flat }
}

function formatPart(part: Fiql): string {
  return part.kind === 'and' || part.kind === 'or' ? `(${formatFiql(part)})` : formatFiql(part)
}

/** Everything but FIQL's unreserved characters: letters, digits, `-`, `.`, `_`, `~`. */
function encodeValue(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
