import type { Lane } from '../allowance/lane.ts'
import type { Clock } from '../ports.ts'
import type { Auth } from './auth.ts'
import { isEnded, isEnding } from './bearer-life.ts'
import type { SignedIn } from './sign-in.ts'

/** The tokens in use, and what is known against them. */
export class SessionTokens {
  readonly #clock: Pick<Clock, 'monotonicMs'>
  #signedIn: SignedIn
  /** Refused by IG: what goes out with them is refused again, and nothing worse. */
  #isDead = false
  /** Of an account that is not known for sure: not used again. */
  #isDoubted = false

  constructor(clock: Pick<Clock, 'monotonicMs'>, signedIn: SignedIn) {
    this.#clock = clock
    this.#signedIn = signedIn
  }

  get signedIn(): SignedIn {
    return this.#signedIn
  }

  get auth(): Auth {
    return this.#signedIn.auth
  }

  use(signedIn: SignedIn): void {
    this.#signedIn = signedIn
    this.#isDead = false
    this.#isDoubted = false
  }

  /** Nothing where others are in use already. */
  refused(auth: Auth): void {
    if (auth === this.auth) this.#isDead = true
  }

  doubt(auth: Auth): void {
    if (auth === this.auth) this.#isDoubted = true
  }

  /** Before these are used again. */
  get mustBeReplaced(): boolean {
    return this.#isDead || this.#isDoubted || isEnding(this.auth, this.#clock.monotonicMs())
  }

  /**
   * While they are being replaced. An entry with tokens that only the streams refuse: a bearer may be over when it arrives. An
   * exit with any that IG took last time: where they are refused after all it goes again with others.
   */
  mayGoWith(lane: Lane): boolean {
    if (lane !== 'exit') return this.auth.kind === 'tokens' && !this.mustBeReplaced
    return !this.#isDead && this.isLastResort
  }

  /** For an exit that can have no others now: IG may refuse it, but one that stays here is too late for certain. */
  get isLastResort(): boolean {
    return !this.#isDoubted && !isEnded(this.auth, this.#clock.monotonicMs())
  }
}
