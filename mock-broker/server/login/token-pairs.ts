import type { Clock } from '../clock.ts'
import type { Login, LoginCheck, Tokens } from './login.ts'
import type { TokenMaker } from './token-maker.ts'

/**
 * Sessions of versions 1 and 2. A pair slides for six hours from its last use and lives for at most 72 (IG Labs, REST trading
 * API guide, "Authentication").
 */
export interface TokenPairs {
  open(login: Login): Tokens
  check(clientToken: string | undefined, accountToken: string | undefined): LoginCheck
  close(clientToken: string): void
  closeAll(): void
}

export function tokenPairs(make: TokenMaker, clock: Clock): TokenPairs {
  const pairs = new Map<
    string,
    { readonly login: Login; readonly accountToken: string; usedMs: number; bornMs: number }
  >()
  const isDead = ({ usedMs, bornMs }: { usedMs: number; bornMs: number }): boolean => {
    const nowMs = clock.monotonicMs()
    return nowMs - usedMs > SLIDING_MS || nowMs - bornMs > LONGEST_MS
  }
  return {
    open(login) {
      for (const [token, pair] of pairs) if (isDead(pair)) pairs.delete(token)
      const tokens: Tokens = { clientToken: make.hex(40), accountToken: make.hex(40) }
      const nowMs = clock.monotonicMs()
      pairs.set(tokens.clientToken, { login, accountToken: tokens.accountToken, usedMs: nowMs, bornMs: nowMs })
      return tokens
    },
    check(clientToken, accountToken) {
      if (!clientToken) return { kind: 'client-token-missing' }
      const pair = pairs.get(clientToken)
      if (!pair || isDead(pair)) {
        pairs.delete(clientToken)
        return { kind: 'client-token-invalid' }
      }
      if (!accountToken) return { kind: 'account-token-missing' }
      if (pair.accountToken !== accountToken) return { kind: 'account-token-invalid' }
      pair.usedMs = clock.monotonicMs()
      return { kind: 'valid', login: pair.login, proof: { kind: 'pair', clientToken, accountToken } }
    },
    close: clientToken => void pairs.delete(clientToken),
    closeAll: () => pairs.clear(),
  }
}

const SLIDING_MS = 6 * 3_600_000
const LONGEST_MS = 72 * 3_600_000
