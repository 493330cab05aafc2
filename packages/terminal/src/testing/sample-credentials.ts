import { type Credential, credentialOf } from '../credentials/credential.ts'
import type { Place } from '../credentials/entry-name.ts'

export const DEMO: Place = { environment: 'demo', host: null }
export const LIVE: Place = { environment: 'live', host: null }

/** Texts that must never be seen anywhere. */
export const CANARY_KEY = 'canary-key-5f0c1d7e'
export const CANARY_PASSWORD = 'canary-pass/wörd+🙂?'

export function demoCredential(account: string | null = null): Credential {
  return credentialOf('demo', { apiKey: CANARY_KEY, username: 'trader_1', password: CANARY_PASSWORD, account })
}

export function liveCredential(): Credential {
  return credentialOf('live', { apiKey: 'live-key', username: 'trader_1', password: 'live password', account: 'ABC12' })
}
