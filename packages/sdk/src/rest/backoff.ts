import type { Random } from '../ports.ts'

// Our choice.
const BASE_MS = 250
const CAP_MS = 4_000

/**
 * How long to wait after the n-th failure in a row, from 1: twice as long each time, up to a cap, and between half and all of
 * that at random, so that clients that failed together do not come back together.
 */
export function backoffMs(failures: number, random: Random): number {
  const full = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures - 1, 10))
  return Math.round(full / 2 + (full / 2) * random.next())
}
