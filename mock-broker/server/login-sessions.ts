import type { Random } from '../engine/index.ts'
import type { Clock } from './clock.ts'

/** Who is signed in. A pair of tokens slides for six hours (IG Labs, REST trading API guide, "Authentication"). */
export interface LoginSessions {
  open(): Tokens
  check(clientToken: string | undefined, accountToken: string | undefined): TokenCheck
  close(clientToken: string): void
}

export interface Tokens {
  readonly clientToken: string
  readonly accountToken: string
}

export type TokenCheck =
  | { readonly kind: 'valid'; readonly tokens: Tokens }
  | {
      readonly kind: 'client-token-missing' | 'client-token-invalid' | 'account-token-missing' | 'account-token-invalid'
    }

export function loginSessions(random: Random, clock: Clock): LoginSessions {
  const sessions = new Map<string, { readonly accountToken: string; usedMs: number }>()
  const hex = (length: number): string => {
    let text = ''
    for (let index = 0; index < length; index++) text += Math.floor(random.next() * 16).toString(16)
    return text
  }
  return {
    open() {
      const nowMs = clock.monotonicMs()
      for (const [token, { usedMs }] of sessions) if (nowMs - usedMs > LIFE_MS) sessions.delete(token)
      const tokens: Tokens = { clientToken: hex(40), accountToken: hex(40) }
      sessions.set(tokens.clientToken, { accountToken: tokens.accountToken, usedMs: nowMs })
      return tokens
    },
    check(clientToken, accountToken) {
      if (!clientToken) return { kind: 'client-token-missing' }
      const session = sessions.get(clientToken)
      const nowMs = clock.monotonicMs()
      if (!session || nowMs - session.usedMs > LIFE_MS) {
        sessions.delete(clientToken)
        return { kind: 'client-token-invalid' }
      }
      if (!accountToken) return { kind: 'account-token-missing' }
      if (session.accountToken !== accountToken) return { kind: 'account-token-invalid' }
      session.usedMs = nowMs
      return { kind: 'valid', tokens: { clientToken, accountToken } }
    },
    close: clientToken => void sessions.delete(clientToken),
  }
}

const LIFE_MS = 6 * 3_600_000
