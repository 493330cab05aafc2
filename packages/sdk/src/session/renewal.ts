import { SignInError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { Auth } from './auth.ts'
import { refreshBearer, type SignedIn, type SignInPlan, type SignInPorts, signIn } from './sign-in.ts'

/**
 * Our choice: IG may answer a second POST /session within about a minute with the first one's tokens, and locks logins that
 * try often. Tokens refused so soon after a sign-in are a fault that signing in does not mend.
 */
export const MIN_RENEWAL_MS = 60_000

export interface Renewed {
  readonly signedIn: SignedIn
  /** `refreshed`: the same session goes on. `renewed`: it is a new one. */
  readonly what: 'refreshed' | 'renewed'
}

/** Gets a session other tokens. */
export class Renewal {
  readonly #signIn: SignInPorts
  readonly #clock: Pick<Clock, 'monotonicMs'>
  #signedInAtMs: number

  constructor(signInPorts: SignInPorts, clock: Pick<Clock, 'monotonicMs'>) {
    this.#signIn = signInPorts
    this.#clock = clock
    this.#signedInAtMs = clock.monotonicMs()
  }

  /** By its refresh token where it has one that IG still takes, else by signing in. @throws {SignInError | TransportError} */
  async renew(present: SignedIn, plan: SignInPlan): Promise<Renewed> {
    const auth = present.auth.kind === 'bearer' ? await this.#refreshed(present.auth, plan) : null
    if (auth !== null) return { signedIn: { ...present, auth }, what: 'refreshed' }
    return { signedIn: await this.signInAgain(plan), what: 'renewed' }
  }

  /** @throws {SignInError} `session-lost` within a minute of the last time. */
  async signInAgain(plan: SignInPlan): Promise<SignedIn> {
    if (this.#clock.monotonicMs() - this.#signedInAtMs < MIN_RENEWAL_MS) {
      const text =
        'expected IG to take the tokens it has just given, but it refused them; wait a minute and connect again'
      throw new SignInError('session-lost', text)
    }
    const signedIn = await signIn(this.#signIn, plan)
    this.#signedInAtMs = this.#clock.monotonicMs()
    return signedIn
  }

  /** `null`: IG no longer takes the refresh token either. */
  async #refreshed(auth: Extract<Auth, { kind: 'bearer' }>, plan: SignInPlan): Promise<Auth | null> {
    try {
      return await refreshBearer(this.#signIn, plan, auth)
    } catch (error) {
      if (error instanceof SignInError) return null
      throw error
    }
  }
}
