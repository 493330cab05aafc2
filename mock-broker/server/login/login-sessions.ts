import type { Random } from '../../engine/index.ts'
import type { Clock } from '../clock.ts'
import type { MockUser } from '../users.ts'
import { type BearerSessions, bearerSessions } from './bearer-sessions.ts'
import type { Credentials, Login, LoginCheck, Proof, Tokens } from './login.ts'
import { tokenMaker } from './token-maker.ts'
import { type TokenPairs, tokenPairs } from './token-pairs.ts'

/** Who is signed in, and on which account. */
export interface LoginSessions {
  readonly pairs: TokenPairs
  readonly bearers: BearerSessions
  /** @returns `locked` once too many attempts of one user have failed in a row. */
  authenticate(username: string, password: string): MockUser | 'wrong' | 'locked'
  check(credentials: Credentials): LoginCheck
  /** Another account for a session of tokens: both of them are replaced. */
  switchAccount(proof: Proof, login: Login): Tokens
  /** The account that a sign-in lands on. */
  preferred(user: MockUser): string
  prefer(user: MockUser, accountId: string): void
  /** The pair that a bearer fetches for the stream; it lives no longer than the session that fetched it. */
  fetchPair(login: Login): Tokens
  close(proof: Proof): void
  /** Hears the client token of every pair that was signed out. */
  onClose(listener: (clientToken: string) => void): void
  /** Every token but the refresh tokens dies. */
  expireAll(): void
  /** Nobody is signed in any more. */
  closeAll(): void
}

export function loginSessions(users: readonly MockUser[], random: Random, clock: Clock): LoginSessions {
  const make = tokenMaker(random)
  const preferences = new Map<string, string>()
  const failures = new Map<string, number>()
  /** By username: a user's bearers are taken for one session. */
  const fetched = new Map<string, readonly string[]>()
  const closeListeners: ((clientToken: string) => void)[] = []
  const preferred = (user: MockUser): string => preferences.get(user.username) ?? user.accounts[0].id
  const pairs = tokenPairs(make, clock)
  const bearers = bearerSessions(make, clock, preferred)
  function closePair(clientToken: string): void {
    pairs.close(clientToken)
    for (const listener of closeListeners) listener(clientToken)
  }

  return {
    pairs,
    bearers,
    authenticate(username, password) {
      const failed = failures.get(username) ?? 0
      if (failed >= MOST_FAILURES) return 'locked'
      const user = users.find(each => each.username === username && each.password === password)
      if (user) failures.delete(username)
      else failures.set(username, failed + 1)
      return user ?? 'wrong'
    },
    check({ clientToken, accountToken, bearer, accountId }) {
      return bearer === undefined ? pairs.check(clientToken, accountToken) : bearers.check(bearer, accountId)
    },
    switchAccount(proof, login) {
      if (proof.kind === 'pair') pairs.close(proof.clientToken)
      return pairs.open(login)
    },
    preferred,
    prefer: (user, accountId) => void preferences.set(user.username, accountId),
    fetchPair(login) {
      const tokens = pairs.open(login)
      const ofUser = fetched.get(login.user.username) ?? []
      fetched.set(login.user.username, [...ofUser, tokens.clientToken])
      return tokens
    },
    close(proof) {
      if (proof.kind === 'pair') return closePair(proof.clientToken)
      const check = bearers.check(proof.access, undefined)
      bearers.close(proof.access)
      if (check.kind !== 'valid') return
      const { username } = check.login.user
      for (const clientToken of fetched.get(username) ?? []) closePair(clientToken)
      fetched.delete(username)
    },
    onClose: listener => void closeListeners.push(listener),
    expireAll() {
      pairs.closeAll()
      bearers.expireAccess()
    },
    closeAll() {
      pairs.closeAll()
      bearers.closeAll()
    },
  }
}

/** IG locks out but does not say after how many attempts: our choice. */
const MOST_FAILURES = 10
