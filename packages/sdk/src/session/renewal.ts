import { SignInError } from '../errors.ts'
import type { Clock, Random } from '../ports.ts'
import { type Auth, isSameAuth } from './auth.ts'
import type { Urgency } from './renewal-pace.ts'
import { refreshBearer, type SignedIn, type SignInPlan, type SignInPorts, signIn } from './sign-in.ts'
import { SignInPace } from './sign-in-pace.ts'

export interface Renewed {
  readonly signedIn: SignedIn
  /** `refreshed`: the same session goes on. `renewed`: it is a new one. */
  readonly what: 'refreshed' | 'renewed'
}

/** Gets a session other tokens. */
export class Renewal {
  readonly #signIn: SignInPorts
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #pace: SignInPace

  constructor(signInPorts: SignInPorts, clock: Pick<Clock, 'monotonicMs'>, random: Random) {
    this.#signIn = signInPorts
    this.#clock = clock
    this.#pace = new SignInPace(clock, random)
  }

  /** Monotonic; there is no sign-in before. */
  nextSignInAtMs(urgency: Urgency): number {
    return this.#pace.nextAtMs(urgency)
  }

  /**
   * By its refresh token where it has one that IG still takes, else by signing in.
   * @param urgency asked when it matters: others may have come to wait for it meanwhile.
   * @throws {SignInError | TransportError}
   */
  async renew(present: SignedIn, plan: SignInPlan, urgency: () => Urgency): Promise<Renewed> {
    const auth = present.auth.kind === 'bearer' ? await this.#refreshed(present.auth, plan) : null
    if (auth !== null) return { signedIn: { ...present, auth }, what: 'refreshed' }
    return { signedIn: await this.signInAgain(present.auth, plan, urgency), what: 'renewed' }
  }

  /** @throws {SignInError} `session-lost` when it is too soon, or brought the tokens that were `refused`. */
  async signInAgain(refused: Auth, plan: SignInPlan, urgency: () => Urgency): Promise<SignedIn> {
    if (this.#clock.monotonicMs() < this.#pace.nextAtMs(urgency())) throw this.#lost(urgency())
    const signedIn = await signIn(this.#signIn, plan)
    this.#pace.signedIn()
    if (isSameAuth(signedIn.auth, refused)) throw this.#lost(urgency())
    return signedIn
  }

  #lost(urgency: Urgency): SignInError {
    const waitMs = Math.max(0, this.#pace.nextAtMs(urgency) - this.#clock.monotonicMs())
    const again = `try again in ${Math.ceil(waitMs / 1_000)} s`
    const text = `expected IG to take the tokens it has just given, but it refused them; ${again}`
    return new SignInError('session-lost', text)
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
