import type { Lane } from '../allowance/lane.ts'
import type { OrderHeaders } from '../dealing/order-gate.ts'
import { SignInError, TransportError } from '../errors.ts'
import type { AccountId } from '../ids.ts'
import type { SdkEvent } from '../observe.ts'
import { waitUnlessAborted } from '../rest/pause.ts'
import type { Authority } from '../rest/rest-client.ts'
import { unreachable } from '../unreachable.ts'
import { type SwitchedSession, SwitchQueue, switchedTo } from './account-switch.ts'
import type { Auth } from './auth.ts'
import { HeaderCache } from './header-cache.ts'
import type { Urgency } from './renewal-pace.ts'
import { SessionTokens } from './session-tokens.ts'
import type { SignedIn, SignInPlan, SwitchTarget } from './sign-in.ts'
import { isTooSoon, TokenRenewal, type TokenRenewalPorts } from './token-renewal.ts'

export interface SessionPorts extends TokenRenewalPorts {
  tell(event: SdkEvent): void
}

type Phase =
  | { readonly kind: 'open' }
  /** Nothing can be asked until it is done, but for orders where the tokens are still good for them. */
  | { readonly kind: 'changing'; readonly done: Promise<void> }
  /** IG has refused us: asking again would lock the login. Tokens that it takes are good until they end. */
  | { readonly kind: 'refused'; readonly cause: SignInError }
  | { readonly kind: 'closed' }

/** A signed-in session: keeps its tokens good, one renewal at a time, and stops when IG has refused. */
export class IgSession implements Authority<Auth> {
  readonly #ports: SessionPorts
  readonly #headers: HeaderCache
  readonly #renewal: TokenRenewal
  /** While one is under way no order is taken. */
  readonly #switches = new SwitchQueue()
  readonly #tokens: SessionTokens
  #plan: SignInPlan
  #usedAtMs: number
  #phase: Phase = { kind: 'open' }
  #whenTried = Promise.withResolvers<void>()
  #onRenewed: () => void = () => {}

  constructor(ports: SessionPorts, plan: SignInPlan, signedIn: SignedIn) {
    this.#ports = ports
    this.#renewal = new TokenRenewal(ports)
    this.#tokens = new SessionTokens(ports.clock, signedIn)
    // From now on this account and no other, also after a renewal that starts on the preferred one.
    this.#plan = { ...plan, wanted: signedIn.accountId }
    this.#usedAtMs = ports.clock.monotonicMs()
    this.#headers = new HeaderCache(plan.credentials.apiKey)
    this.#schedule()
  }

  get accountId(): AccountId {
    return this.#tokens.signedIn.accountId
  }

  /** When something was last asked with its tokens; monotonic. */
  get usedAtMs(): number {
    return this.#usedAtMs
  }

  get version(): 2 | 3 {
    return this.#plan.version
  }

  get streamServer(): string {
    return this.#tokens.signedIn.streamServer
  }

  get utcOffsetHours(): number {
    return this.#tokens.signedIn.utcOffsetHours
  }

  /** Those last known to be good, for what must not wait. */
  get lastAuth(): Auth {
    return this.#tokens.auth
  }

  authNow(): Auth | null {
    const { kind } = this.#phase
    return (kind === 'open' || kind === 'refused') && !this.#tokens.mustBeReplaced ? this.#tokens.auth : null
  }

  async auth(signal?: AbortSignal, lane?: Lane): Promise<Auth> {
    for (;;) {
      const phase = this.#phase
      switch (phase.kind) {
        case 'changing':
          this.#renewal.raise(urgencyOf(lane))
          await waitUnlessAborted(phase.done, signal)
          break
        case 'refused':
          if (!this.#tokens.mustBeReplaced) return this.#tokens.auth
          throw phase.cause
        case 'closed':
          throw closed()
        case 'open':
          if (!this.#tokens.mustBeReplaced) return this.#tokens.auth
          await waitUnlessAborted(this.#replace(this.#tokens.auth, urgencyOf(lane)), signal)
          break
        default:
          return unreachable(phase)
      }
    }
  }

  headers(auth: Auth, version: number, hasBody: boolean): Readonly<Record<string, string>> {
    this.#usedAtMs = this.#ports.clock.monotonicMs()
    return this.#headers.get(auth, version, hasBody ? 'body' : 'plain')
  }

  /** Answers at once: an order is written in the turn in which it is asked for. */
  dealingHeaders(version: 1 | 2, asDelete: boolean, lane: Lane): OrderHeaders {
    if (this.#switches.isBusy) return { kind: 'closed', cause: switching() }
    const phase = this.#phase
    const ready = (auth: Auth): OrderHeaders => {
      return { kind: 'ready', headers: this.#headers.get(auth, version, asDelete ? 'body as delete' : 'body') }
    }
    switch (phase.kind) {
      case 'open': {
        const tokens = this.#tokens
        if (!tokens.mustBeReplaced) return ready(tokens.auth)
        this.#replace(tokens.auth, urgencyOf(lane)).catch(() => {})
        const isBest = tokens.mayGoWith(lane) || (lane === 'exit' && tokens.isLastResort && !this.#isChanging())
        return isBest ? ready(tokens.auth) : { kind: 'waiting', until: this.#whenTried.promise }
      }
      case 'changing':
        if (this.#tokens.mayGoWith(lane)) return ready(this.#tokens.auth)
        this.#renewal.raise(urgencyOf(lane))
        return { kind: 'waiting', until: this.#whenTried.promise }
      case 'refused':
        // A login that was refused, to the streams for one, ends no tokens that IG takes.
        if (!this.#tokens.mustBeReplaced || this.#tokens.mayGoWith(lane)) return ready(this.#tokens.auth)
        return { kind: 'closed', cause: phase.cause }
      case 'closed':
        return { kind: 'closed', cause: closed() }
      default:
        return unreachable(phase)
    }
  }

  /** IG took the tokens of an order for none: it was not dealt, and the next one gets others. */
  refused(headers: Readonly<Record<string, string>>, lane: Lane): void {
    const auth = this.#headers.tokensIn(headers)
    if (auth !== null) this.renew(auth, undefined, lane).catch(() => {})
  }

  /**
   * Gets other tokens, unless somebody already has since `refused` were the ones in use. One at a time; at once for tokens that
   * die for the first time, and for an exit; else with pauses that grow, and never again once IG has refused the login.
   * @throws {SignInError | TransportError | AllowanceError}
   */
  renew(refused: Auth, signal?: AbortSignal, lane?: Lane): Promise<void> {
    this.#tokens.refused(refused)
    return this.#renew(refused, urgencyOf(lane), signal)
  }

  /**
   * As {@link renew}, for tokens that IG's streams refuse: its REST API may still take them, so orders go on with them until
   * there are others, and nobody signs in for the streams within a minute of the last time.
   */
  renewForStreams(refused: Auth): Promise<void> {
    return this.#renew(refused, 'background')
  }

  async #renew(refused: Auth, urgency: Urgency, signal?: AbortSignal): Promise<void> {
    const phase = this.#phase
    switch (phase.kind) {
      case 'changing':
        this.#renewal.raise(urgency)
        return waitUnlessAborted(phase.done, signal)
      case 'refused':
        throw phase.cause
      case 'closed':
        throw closed()
      case 'open':
        if (this.#tokens.auth !== refused) return
        return waitUnlessAborted(this.#replace(refused, urgency), signal)
      default:
        return unreachable(phase)
    }
  }

  /**
   * Acts on another account from now on. From this call until it is over no order is taken: none may reach an account that was
   * not meant. Switches come one after the other.
   * @param find looks the account up; what it throws ends the switch. `null`: there is nothing to switch.
   * @throws {RefusedError | SignInError | TransportError | AllowanceError | ProtocolError}
   */
  switchAccount(find: () => Promise<SwitchTarget | null>, signal?: AbortSignal): Promise<void> {
    return this.#switches.run(() => this.#switchNow(find, signal))
  }

  /** Nothing new is asked of IG after this; resolves, when what is under way is over, with what to sign out with. */
  async close(): Promise<Auth> {
    const phase = this.#phase
    this.#phase = { kind: 'closed' }
    this.#renewal.cancel()
    this.#tried()
    if (phase.kind === 'changing') await phase.done.catch(() => {})
    return this.#tokens.auth
  }

  async #switchNow(find: () => Promise<SwitchTarget | null>, signal: AbortSignal | undefined): Promise<void> {
    const target = await find()
    if (target === null) return
    // Waits for a renewal under way and refreshes what is about to end.
    let auth = await this.auth(signal)
    // Somebody else may have begun another in the meantime.
    while (this.#phase.kind === 'changing') auth = await this.auth(signal)
    await this.#change(async () => {
      const after = await switchedTo(target, auth, this.#switched(), signal)
      this.#plan = { ...this.#plan, wanted: after.accountId }
      this.#use({ ...this.#tokens.signedIn, ...after })
      this.#ports.tell({ kind: 'session', what: 'switched' })
    })
  }

  /** Called when IG has let us in again: tokens are other ones, and the stream's server may be. */
  onRenewed(run: () => void): void {
    this.#onRenewed = run
  }

  #switched(): SwitchedSession {
    return {
      signIn: this.#ports.signIn,
      plan: this.#plan,
      doubt: auth => this.#tokens.doubt(auth),
      found: now => this.#use({ ...this.#tokens.signedIn, ...now }),
      signInAgain: () => this.#signInAgain(),
      failed: error => this.#failed(error),
    }
  }

  /** Other tokens for these. One at a time; after a failure not before a pause. */
  #replace(auth: Auth, urgency: Urgency): Promise<void> {
    const phase = this.#phase
    if (phase.kind === 'changing') return phase.done
    if (phase.kind !== 'open') return Promise.reject(phase.kind === 'refused' ? phase.cause : closed())
    if (this.#tokens.auth !== auth) return Promise.resolve()
    const refusal = this.#renewal.refusal(urgency)
    if (refusal !== null) return Promise.reject(refusal)
    return this.#change(() => this.#renewNow(urgency))
  }

  /** One change at a time; what goes wrong in it is told to everyone who waits. */
  #change(run: () => Promise<void>): Promise<void> {
    const done = run().finally(() => {
      if (this.#phase.kind === 'changing') this.#phase = { kind: 'open' }
      // Those who wait look again: an exit then goes with what there is, the others wait on where there is nothing good.
      this.#tried()
    })
    // Whoever waits hears of it; where nobody does it is not lost either, because the next call tries again.
    done.catch(() => {})
    this.#phase = { kind: 'changing', done }
    return done
  }

  #tried(): void {
    const { resolve } = this.#whenTried
    this.#whenTried = Promise.withResolvers<void>()
    resolve()
  }

  async #renewNow(urgency: Urgency): Promise<void> {
    try {
      const { signedIn, what } = await this.#renewal.renew(this.#tokens.signedIn, this.#plan, urgency)
      this.#use(signedIn)
      this.#ports.tell({ kind: 'session', what })
      if (what === 'renewed') this.#onRenewed()
    } catch (error) {
      this.#failed(error)
      throw error
    }
  }

  async #signInAgain(): Promise<void> {
    this.#use(await this.#renewal.signInAgain(this.#tokens.auth, this.#plan))
    this.#ports.tell({ kind: 'session', what: 'renewed' })
    this.#onRenewed()
  }

  #use(signedIn: SignedIn): void {
    this.#tokens.use(signedIn)
    this.#renewal.succeeded()
    this.#schedule()
  }

  #failed(error: unknown): void {
    const { tell } = this.#ports
    const code = error instanceof SignInError || error instanceof TransportError ? error.code : 'failed'
    tell({ kind: 'session-failed', code })
    if (this.#phase.kind === 'closed') return
    if (error instanceof SignInError && !isTooSoon(error)) {
      this.#phase = { kind: 'refused', cause: error }
      return
    }
    this.#renewal.failed(error)
    this.#schedule()
  }

  #isChanging(): boolean {
    return this.#phase.kind === 'changing'
  }

  #schedule(): void {
    if (this.#phase.kind === 'closed') return
    this.#renewal.schedule(this.#tokens, (auth, urgency) => void this.#replace(auth, urgency).catch(() => {}))
  }
}

function urgencyOf(lane: Lane | undefined): Urgency {
  return lane === 'exit' ? 'exit' : 'call'
}

function closed(): TransportError {
  return new TransportError('closed', 'expected an open connection, but it was closed; connect again')
}

function switching(): TransportError {
  const text = 'expected one account, but it is being switched; send the order again when switchAccount() is done'
  return new TransportError('switching', text)
}
