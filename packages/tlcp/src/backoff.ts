/** Our choice: a first reconnect hurries, and the herd that a restarting server would meet is spread over 100 ms. */
const FIRST_SPREAD_MS = 100
/** Our choice, as the specification leaves it open. */
const BASE_MS = 1_000
const CAP_MS = 30_000

/**
 * How long to wait before a new session is asked for.
 * @param attempt failures so far without a stable connection between.
 * @param random in [0, 1).
 */
export function retryDelayMs(attempt: number, random: number): number {
  if (attempt <= 0) return FIRST_SPREAD_MS * random
  const full = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt - 1, 16))
  return full / 2 + (full / 2) * random
}
