import { ProtocolError, TransportError } from '../errors.ts'
import type { AccountId } from '../ids.ts'
import type { Auth } from './auth.ts'
import { type SignInPlan, type SignInPorts, type SwitchTarget, sessionNow, switchTokens } from './sign-in.ts'

/** Tokens, and the account that they act on. */
export interface Acting {
  readonly auth: Auth
  readonly accountId: AccountId
}

/** What a switch needs of the session that it is made in. */
export interface SwitchedSession {
  readonly signIn: SignInPorts
  readonly plan: SignInPlan
  /** Whether it was done is not known, so neither is the account of these: they rest until IG says whose they are. */
  doubt(auth: Auth): void
  /** IG says whose they are, and they are not of the account that was wanted. */
  found(now: Acting): void
  /** They are nobody's any more: a new session. */
  signInAgain(): Promise<void>
  failed(error: unknown): void
}

type Tokens = Extract<Auth, { kind: 'tokens' }>

/** Has IG act on another account. @throws what the switch ended with, when it was not done, or when nobody can tell. */
export async function switchedTo(
  target: SwitchTarget,
  auth: Auth,
  session: SwitchedSession,
  signal: AbortSignal | undefined,
): Promise<Acting> {
  const { accountId } = target
  // A bearer acts on the account that each request names.
  if (auth.kind === 'bearer') return { auth: { ...auth, accountId }, accountId }
  try {
    return { auth: await switchTokens(session.signIn, session.plan, auth, target, signal), accountId }
  } catch (error) {
    const isOver = error instanceof TransportError ? error.code === 'not-connected' : !(error instanceof ProtocolError)
    if (isOver) throw error
    session.doubt(auth)
    const now = await whose(auth, session)
    if (now?.accountId === accountId) return now
    if (now !== null) session.found(now)
    throw error
  }
}

/** The account that the session is on; `null` where a new session was made, or nobody could tell. */
async function whose(auth: Tokens, session: SwitchedSession): Promise<Acting | null> {
  try {
    const now = await sessionNow(session.signIn, session.plan, auth)
    if (now === null) await session.signInAgain()
    return now
  } catch (error) {
    session.failed(error)
    return null
  }
}

/** Switches, one after the other. */
export class SwitchQueue {
  #waiting = 0
  #last: Promise<unknown> = Promise.resolve()

  /** One was asked for and is not over. */
  get isBusy(): boolean {
    return this.#waiting > 0
  }

  async run(change: () => Promise<void>): Promise<void> {
    this.#waiting += 1
    const own = this.#last.then(change)
    this.#last = own.catch(() => {})
    try {
      await own
    } finally {
      this.#waiting -= 1
    }
  }
}
