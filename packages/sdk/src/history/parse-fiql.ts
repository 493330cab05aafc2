import { InvalidInputError } from '../errors.ts'
import { type Fiql, fiql, SELECTOR } from './fiql.ts'

/**
 * Reads the text of a filter, as `formatFiql` writes it or a person does:
 * `status!=REJECTED;(channel==WEB,channel==MOBILE)`. `;` (and) binds closer than `,` (or). No spaces.
 * @throws {InvalidInputError} that names the place, counted from 0
 */
export function parseFiql(text: string): Fiql {
  const reader = new Reader(text)
  const filter = parseOr(reader, 0)
  if (reader.isAtEnd) return filter
  throw reader.wrong(reader.at, '; or , or the end')
}

/** Deep enough for people; keeps a hostile text from filling the stack. */
const MAX_DEPTH = 50

function parseOr(reader: Reader, depth: number): Fiql {
  const first = parseAnd(reader, depth)
  const others: Fiql[] = []
  while (reader.took(',')) others.push(parseAnd(reader, depth))
  return fiql.or(first, ...others)
}

function parseAnd(reader: Reader, depth: number): Fiql {
  const first = parsePart(reader, depth)
  const others: Fiql[] = []
  while (reader.took(';')) others.push(parsePart(reader, depth))
  return fiql.and(first, ...others)
}

function parsePart(reader: Reader, depth: number): Fiql {
  const start = reader.at
  if (!reader.took('(')) return parseComparison(reader)
  if (depth >= MAX_DEPTH) throw reader.wrong(start, `at most ${MAX_DEPTH} parentheses inside each other`)
  const inner = parseOr(reader, depth + 1)
  if (!reader.took(')')) throw reader.wrong(reader.at, 'a closing parenthesis')
  return inner
}

function parseComparison(reader: Reader): Fiql {
  const start = reader.at
  const selector = reader.take(/[A-Za-z0-9_.]+/y)
  if (!SELECTOR.test(selector)) throw reader.wrong(start, 'the name of a field')
  const isEqual = reader.took('==')
  if (!isEqual && !reader.took('!=')) throw reader.wrong(reader.at, '== or !=')
  const valueStart = reader.at
  const value = decodeValue(reader.take(/[^\s\p{Cc}()[\];,=!<>"'%]+|%[0-9A-Fa-f]{2}/uy, 'all'))
  if (value === null || value === '' || !value.isWellFormed()) throw reader.wrong(valueStart, 'a value')
  return isEqual ? fiql.equal(selector, value) : fiql.notEqual(selector, value)
}

/** `null` where the bytes are no UTF-8. */
function decodeValue(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return null
  }
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get at(): number {
    return this.#at
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length
  }

  took(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false
    this.#at += token.length
    return true
  }

  /** What matches a sticky pattern here, once or as often as it does; empty when nothing does. */
  take(sticky: RegExp, count: 'once' | 'all' = 'once'): string {
    const start = this.#at
    do {
      sticky.lastIndex = this.#at
      const [match] = sticky.exec(this.#text) ?? []
      if (match === undefined) break
      this.#at += match.length
    } while (count === 'all')
    return this.#text.slice(start, this.#at)
  }

  wrong(at: number, expectation: string): InvalidInputError {
    const rest = this.#text.slice(at, at + 20)
    const got = rest === '' ? 'the end' : JSON.stringify(rest)
    return new InvalidInputError(
      `expected ${expectation} at place ${at} of the filter, but got ${got}; correct the filter`,
    )
  }
}
