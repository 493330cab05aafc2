import type { Clock } from '../clock.ts'
import type { MockUser } from '../users.ts'
import type { BearerTokens, LoginCheck } from './login.ts'
import type { TokenMaker } from './token-maker.ts'

/**
 * Sessions of version 3: an access token for a minute, a refresh token for ten (IG Labs, REST API reference, "Login",
 * version 3). Each refresh replaces both.
 */
export interface BearerSessions {
  open(user: MockUser): BearerTokens
  /** @returns null for a token that is unknown, used up or too old. */
  refresh(token: string): BearerTokens | null
  check(access: string, accountId: string | undefined): LoginCheck
  close(access: string): void
  /** Access tokens die, refresh tokens stay. */
  expireAccess(): void
  closeAll(): void
}

/** @param preferred the account that a bearer means when it names none. */
export function bearerSessions(make: TokenMaker, clock: Clock, preferred: (user: MockUser) => string): BearerSessions {
  const accesses = new Map<string, { readonly user: MockUser; readonly refresh: string; readonly endMs: number }>()
  const refreshes = new Map<string, { readonly user: MockUser; readonly access: string; readonly endMs: number }>()

  function open(user: MockUser): BearerTokens {
    const nowMs = clock.monotonicMs()
    for (const [token, { endMs }] of accesses) if (endMs <= nowMs) accesses.delete(token)
    for (const [token, { endMs }] of refreshes) if (endMs <= nowMs) refreshes.delete(token)
    const tokens: BearerTokens = { access: make.uuid(), refresh: make.uuid() }
    accesses.set(tokens.access, { user, refresh: tokens.refresh, endMs: nowMs + ACCESS_MS })
    refreshes.set(tokens.refresh, { user, access: tokens.access, endMs: nowMs + REFRESH_MS })
    return tokens
  }

  return {
    open,
    refresh(token) {
      const known = refreshes.get(token)
      if (!known || known.endMs <= clock.monotonicMs()) return null
      refreshes.delete(token)
      accesses.delete(known.access)
      return open(known.user)
    },
    check(access, accountId) {
      const known = accesses.get(access)
      if (!known || known.endMs <= clock.monotonicMs()) return { kind: 'oauth-token-invalid' }
      const chosen = accountId ?? preferred(known.user)
      if (!known.user.accounts.some(({ id }) => id === chosen)) return { kind: 'account-access-denied' }
      return { kind: 'valid', login: { user: known.user, accountId: chosen }, proof: { kind: 'bearer', access } }
    },
    close(access) {
      const known = accesses.get(access)
      accesses.delete(access)
      if (known) refreshes.delete(known.refresh)
    },
    expireAccess: () => accesses.clear(),
    closeAll() {
      accesses.clear()
      refreshes.clear()
    },
  }
}

/** What the answer calls `expires_in`. */
export const ACCESS_SECONDS = 60
const ACCESS_MS = ACCESS_SECONDS * 1000
const REFRESH_MS = 600_000
