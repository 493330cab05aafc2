import { InvalidInputError } from '../errors.ts'
import type { OrderOptions } from './transport.ts'

/** The longest that a timer can wait; it takes more for 1 ms. Source: Node.js documentation, Timers, `setTimeout()`. */
const LONGEST_MS = 2 ** 31 - 1

/** @throws {InvalidInputError} for a time that no timer can keep: it would be over at once, or never. */
export function checkTimes({ timeoutMs, connectWithinMs }: Pick<OrderOptions, 'timeoutMs' | 'connectWithinMs'>): void {
  if (!isTime(timeoutMs) || timeoutMs === 0) throw wrong('timeoutMs', 'above 0', timeoutMs)
  if (connectWithinMs !== undefined && !isTime(connectWithinMs))
    throw wrong('connectWithinMs', 'from 0', connectWithinMs)
}

function isTime(ms: number): boolean {
  return Number.isFinite(ms) && ms >= 0 && ms <= LONGEST_MS
}

function wrong(name: string, lowest: string, got: unknown): InvalidInputError {
  const shown = typeof got === 'number' ? String(got) : `a value of type ${typeof got}`
  const range = `milliseconds ${lowest} and up to ${LONGEST_MS}`
  return new InvalidInputError(`expected ${name} in ${range}, but got ${shown}; leave it out for the usual time`)
}
