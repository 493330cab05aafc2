import type { Auth } from './auth.ts'

/** Our choice: an order takes less than this to arrive; a token that ends on the way would lose it. */
const MARGIN_MS = 5_000
/** Our choice: a bearer token is replaced when so much of its life is left. */
const REFRESH_AT = 0.35

/** Too near its end for a request that has to arrive. Other tokens than a bearer have no end that is known. */
export function isEnding(auth: Auth, nowMs: number): boolean {
  return auth.kind === 'bearer' && nowMs > auth.expiresAtMs - MARGIN_MS
}

/** Its time is up for certain. */
export function isEnded(auth: Auth, nowMs: number): boolean {
  return auth.kind === 'bearer' && nowMs >= auth.expiresAtMs
}

/** When to replace it, so that an order finds one that lasts; `null` where there is no such time. */
export function refreshDueMs(auth: Auth): number | null {
  return auth.kind === 'bearer' ? auth.expiresAtMs - Math.max(MARGIN_MS, auth.lifeMs * REFRESH_AT) : null
}
