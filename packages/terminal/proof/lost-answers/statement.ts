/** What a client tells its caller about the order. */
export interface Statement {
  readonly kind: StatementKind
  /** As the caller sees it, on one line. */
  readonly words: string
}

/**
 * `opened`: it was done. `refused`: it was not, for a reason. `unknown`: it may have been. `error`: something failed, and
 * whether it was done is not said. `blank`: success, with nothing in it.
 */
export type StatementKind = 'opened' | 'refused' | 'unknown' | 'error' | 'blank'

/** A statement, and when it was made, from the call on. */
export interface Told extends Statement {
  readonly afterMs: number
}

const LONGEST_WORDS = 110

export function statement(kind: StatementKind, words: string): Statement {
  // The port is another one in each run.
  const line = words
    .replaceAll(/127\.0\.0\.1:\d+/g, 'the broker')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return { kind, words: line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS - 1)}…` : line }
}

/** What a library gave back for POST /positions/otc: IG answers with a deal reference. */
export function answered(answer: unknown): Statement {
  const reference = fieldOf(answer, 'dealReference')
  if (typeof reference === 'string') return statement('opened', 'a deal reference')
  return statement('blank', typeof answer === 'string' && answer !== '' ? `"${answer}"` : 'an empty answer')
}

/** What a library threw. Only a 4xx says that nothing was done. */
export function failed(error: unknown): Statement {
  const response = fieldOf(error, 'response')
  const status = [fieldOf(response, 'status'), fieldOf(error, 'statusCode'), fieldOf(error, 'status')].find(Number)
  const message = fieldOf(error, 'message') ?? fieldOf(fieldOf(error, 'e'), 'message')
  const words = typeof message === 'string' ? message : `an error with status ${String(status)}`
  return statement(typeof status === 'number' && status >= 400 && status < 500 ? 'refused' : 'error', words)
}

export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
