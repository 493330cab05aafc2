import { SignInError } from '../errors.ts'
import type { Clock, Random } from '../ports.ts'
import type { Auth } from './auth.ts'
import { refreshDueMs } from './bearer-life.ts'
import { Renewal, type Renewed } from './renewal.ts'
import { isMoreUrgent, RenewalPace, type Urgency } from './renewal-pace.ts'
import type { SessionTokens } from './session-tokens.ts'
import type { SignedIn, SignInPlan, SignInPorts } from './sign-in.ts'

export interface TokenRenewalPorts {
  readonly signIn: SignInPorts
  readonly clock: Clock
  readonly random: Random
}

/** When tokens are replaced: for whom, how soon after a failure, and before a bearer ends. */
export class TokenRenewal {
  readonly #clock: Clock
  readonly #renewal: Renewal
  readonly #pace: RenewalPace
  /** Of the one under way: as urgent as the most urgent of those who wait for it. */
  #urgency: Urgency = 'background'
  #timer: { cancel(): void } | null = null

  constructor({ signIn, clock, random }: TokenRenewalPorts) {
    this.#clock = clock
    this.#renewal = new Renewal(signIn, clock, random)
    this.#pace = new RenewalPace(clock, random)
  }

  /** Why there is to be none now; `null`: there may be one. */
  refusal(urgency: Urgency): Error | null {
    return this.#pace.refusal(urgency)
  }

  /** Somebody waits for the one under way. */
  raise(urgency: Urgency): void {
    if (isMoreUrgent(urgency, this.#urgency)) this.#urgency = urgency
  }

  /** @throws {SignInError | TransportError | AllowanceError | ProtocolError} tell {@link failed} of it. */
  renew(present: SignedIn, plan: SignInPlan, urgency: Urgency): Promise<Renewed> {
    this.#urgency = urgency
    return this.#renewal.renew(present, plan, () => this.#urgency)
  }

  /** @throws {SignInError | TransportError | AllowanceError | ProtocolError} tell {@link failed} of it. */
  signInAgain(refused: Auth, plan: SignInPlan): Promise<SignedIn> {
    this.#urgency = 'call'
    return this.#renewal.signInAgain(refused, plan, () => this.#urgency)
  }

  succeeded(): void {
    this.#pace.succeeded()
  }

  failed(error: unknown): void {
    const urgency = this.#urgency
    if (isTooSoon(error)) this.#pace.held(error, urgency, this.#renewal.nextSignInAtMs(urgency))
    else this.#pace.failed(error, urgency)
  }

  /** Replaces a bearer before anybody needs another, and tries again where that failed: an order finds tokens that last. */
  schedule(tokens: SessionTokens, replace: (auth: Auth, urgency: Urgency) => void): void {
    this.cancel()
    const { auth } = tokens
    const dueMs = refreshDueMs(auth) ?? (this.#pace.lastFailure === null ? null : 0)
    if (dueMs === null) return
    this.#timer = this.#clock.at(Math.max(dueMs, this.#pace.nextAtMs), () => {
      const { owed } = this.#pace
      replace(auth, owed === 'background' && tokens.mustBeReplaced ? 'call' : owed)
    })
  }

  cancel(): void {
    this.#timer?.cancel()
    this.#timer = null
  }
}

/** Not IG's word about the login: nobody was asked, or it gave the tokens that it does not take. */
export function isTooSoon(error: unknown): error is SignInError {
  return error instanceof SignInError && error.code === 'session-lost'
}
