import type { OrderHeaders } from '../dealing/order-gate.ts'
import { SignInError, TransportError } from '../errors.ts'
import type { AccountId } from '../ids.ts'
import type { SdkEvent } from '../observe.ts'
import type { Clock, Random } from '../ports.ts'
import { waitUnlessAborted } from '../rest/pause.ts'
import type { Authority } from '../rest/rest-client.ts'
import { unreachable } from '../unreachable.ts'
import { type SwitchedSession, SwitchQueue, switchedTo } from './account-switch.ts'
import type { Auth } from './auth.ts'
import { isEnded, isEnding, refreshDueMs } from './bearer-life.ts'
import { HeaderCache } from './header-cache.ts'
import { MIN_RENEWAL_MS, Renewal } from './renewal.ts'
import { RenewalPace } from './renewal-pace.ts'
import type { SignedIn, SignInPlan, SignInPorts, SwitchTarget } from './sign-in.ts'

export interface SessionPorts {
  readonly signIn: SignInPorts
  readonly clock: Clock
  readonly random: Random
  tell(event: SdkEvent): void
}

type Phase =
  | { readonly kind: 'open' }
  /** Nothing can be asked until it is done, but for orders where there are tokens that are good for them. */
  | { readonly kind: 'changing'; readonly done: Promise<void>; readonly forOrders: Auth | null }
  /** IG has refused us: asking again would lock the login. */
  | { readonly kind: 'refused'; readonly cause: SignInError }
  | { readonly kind: 'closed' }

/** A signed-in session: keeps its tokens good, one renewal at a time, and stops when IG has refused. */
export class IgSession implements Authority<Auth> {
  readonly #ports: SessionPorts
  readonly #headers: HeaderCache
  readonly #renewal: Renewal
  readonly #pace: RenewalPace
  /** While one is under way no order is taken. */
  readonly #switches = new SwitchQueue()
  #plan: SignInPlan
  #signedIn: SignedIn
  #usedAtMs: number
  #phase: Phase = { kind: 'open' }
  #timer: { cancel(): void } | null = null
  /** Refused by IG: what goes out with them is refused again, and nothing worse. */
  #dead: Auth | null = null
  /** Of an account that is not known for sure: not used again. */
  #doubted: Auth | null = null
  #whenTried = Promise.withResolvers<void>()
  #onRenewed: () => void = () => {}

  constructor(ports: SessionPorts, plan: SignInPlan, signedIn: SignedIn) {
    this.#ports = ports
    this.#renewal = new Renewal(ports.signIn, ports.clock)
    this.#pace = new RenewalPace(ports.clock, ports.random, MIN_RENEWAL_MS)
    // From now on this account and no other, also after a renewal that starts on the preferred one.
    this.#plan = { ...plan, wanted: signedIn.accountId }
    this.#signedIn = signedIn
    this.#usedAtMs = ports.clock.monotonicMs()
    this.#headers = new HeaderCache(plan.credentials.apiKey)
    this.#schedule()
  }

  get accountId(): AccountId {
    return this.#signedIn.accountId
  }

  /** When something was last asked with its tokens; monotonic. */
  get usedAtMs(): number {
    return this.#usedAtMs
  }

  get version(): 2 | 3 {
    return this.#plan.version
  }

  get streamServer(): string {
    return this.#signedIn.streamServer
  }

  get utcOffsetHours(): number {
    return this.#signedIn.utcOffsetHours
  }

  /** Those last known to be good, for what must not wait. */
  get lastAuth(): Auth {
    return this.#signedIn.auth
  }

  authNow(): Auth | null {
    return this.#phase.kind === 'open' && !this.#mustRenew() ? this.#signedIn.auth : null
  }

  async auth(signal?: AbortSignal): Promise<Auth> {
    for (;;) {
      const phase = this.#phase
      switch (phase.kind) {
        case 'changing':
          await waitUnlessAborted(phase.done, signal)
          break
        case 'refused':
          throw phase.cause
        case 'closed':
          throw closed()
        case 'open':
          if (!this.#mustRenew()) return this.#signedIn.auth
          await waitUnlessAborted(this.#replace(this.#signedIn.auth), signal)
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
  dealingHeaders(version: 1 | 2, asDelete: boolean): OrderHeaders {
    if (this.#switches.isBusy) return { kind: 'closed', cause: switching() }
    const phase = this.#phase
    const ready = (auth: Auth): OrderHeaders => {
      return { kind: 'ready', headers: this.#headers.get(auth, version, asDelete ? 'body as delete' : 'body') }
    }
    switch (phase.kind) {
      case 'open': {
        const { auth } = this.#signedIn
        if (!this.#mustRenew()) return ready(auth)
        this.#replace(auth).catch(() => {})
        // IG may refuse these for a close; a close that stays here is too late for certain.
        if (
          asDelete &&
          auth !== this.#doubted &&
          !isEnded(auth, this.#ports.clock.monotonicMs()) &&
          !this.#isChanging()
        )
          return ready(auth)
        return { kind: 'waiting', until: this.#whenTried.promise }
      }
      case 'changing':
        if (phase.forOrders !== null) return ready(phase.forOrders)
        return { kind: 'waiting', until: this.#whenTried.promise }
      case 'refused':
        return { kind: 'closed', cause: phase.cause }
      case 'closed':
        return { kind: 'closed', cause: closed() }
      default:
        return unreachable(phase)
    }
  }

  /** IG took the tokens of an order for none: the next one gets others. The order itself is over. */
  refused(headers: Readonly<Record<string, string>>): void {
    if (this.#headers.holds(headers)) this.renew(this.#signedIn.auth).catch(() => {})
  }

  /**
   * Gets other tokens, unless somebody already has since `refused` were the ones in use. One at a time, with pauses that
   * grow, and never again once IG has refused.
   * @throws {SignInError | TransportError | AllowanceError}
   */
  renew(refused: Auth, signal?: AbortSignal): Promise<void> {
    const phase = this.#phase
    if (phase.kind === 'open' && this.#signedIn.auth === refused) this.#dead = refused
    if (phase.kind === 'changing' && phase.forOrders === refused) this.#phase = { ...phase, forOrders: null }
    return this.#renew(refused, signal)
  }

  /**
   * As {@link renew}, for tokens that IG's streams refuse: its REST API may still take them, so orders go on with them until
   * there are others.
   */
  renewForStreams(refused: Auth): Promise<void> {
    return this.#renew(refused, undefined)
  }

  async #renew(refused: Auth, signal: AbortSignal | undefined): Promise<void> {
    const phase = this.#phase
    switch (phase.kind) {
      case 'changing':
        return waitUnlessAborted(phase.done, signal)
      case 'refused':
        throw phase.cause
      case 'closed':
        throw closed()
      case 'open':
        if (this.#signedIn.auth !== refused) return
        return waitUnlessAborted(this.#replace(refused), signal)
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
    this.#timer?.cancel()
    this.#tried()
    if (phase.kind === 'changing') await phase.done.catch(() => {})
    return this.#signedIn.auth
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
      this.#use({ ...this.#signedIn, ...after })
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
      doubt: auth => {
        this.#doubted = auth
      },
      found: now => this.#use({ ...this.#signedIn, ...now }),
      signInAgain: () => this.#signInAgain(),
      failed: error => this.#failed(error),
    }
  }

  /** Other tokens for these. One at a time; after a failure not before a pause. */
  #replace(auth: Auth): Promise<void> {
    const phase = this.#phase
    if (phase.kind === 'changing') return phase.done
    if (phase.kind !== 'open') return Promise.reject(phase.kind === 'refused' ? phase.cause : closed())
    if (this.#signedIn.auth !== auth) return Promise.resolve()
    const { refusal } = this.#pace
    if (refusal !== null) return Promise.reject(refusal)
    // Tokens that only the streams refuse do for an order; a bearer that is being replaced may be over at any time.
    const forOrders = auth.kind === 'tokens' && !this.#mustRenew() ? auth : null
    return this.#change(() => this.#renewNow(), forOrders)
  }

  /** One change at a time; what goes wrong in it is told to everyone who waits. */
  #change(run: () => Promise<void>, forOrders: Auth | null = null): Promise<void> {
    const done = run().finally(() => {
      if (this.#phase.kind === 'changing') this.#phase = { kind: 'open' }
      // Those who wait for good tokens look again: at once where there are some, or it is over; else after the pause.
      if (this.#phase.kind !== 'open' || !this.#mustRenew()) this.#tried()
    })
    // Whoever waits hears of it; where nobody does it is not lost either, because the next call tries again.
    done.catch(() => {})
    this.#phase = { kind: 'changing', done, forOrders }
    return done
  }

  #tried(): void {
    const { resolve } = this.#whenTried
    this.#whenTried = Promise.withResolvers<void>()
    resolve()
  }

  async #renewNow(): Promise<void> {
    try {
      const { signedIn, what } = await this.#renewal.renew(this.#signedIn, this.#plan)
      this.#use(signedIn)
      this.#ports.tell({ kind: 'session', what })
      if (what === 'renewed') this.#onRenewed()
    } catch (error) {
      this.#failed(error)
      throw error
    }
  }

  async #signInAgain(): Promise<void> {
    this.#use(await this.#renewal.signInAgain(this.#plan))
    this.#ports.tell({ kind: 'session', what: 'renewed' })
    this.#onRenewed()
  }

  #use(signedIn: SignedIn): void {
    this.#signedIn = signedIn
    this.#dead = null
    this.#doubted = null
    this.#pace.succeeded()
    this.#schedule()
  }

  #failed(error: unknown): void {
    const { tell } = this.#ports
    const code = error instanceof SignInError || error instanceof TransportError ? error.code : 'failed'
    tell({ kind: 'session-failed', code })
    if (this.#phase.kind === 'closed') return
    if (error instanceof SignInError && error.code !== 'session-lost') {
      this.#phase = { kind: 'refused', cause: error }
      return
    }
    this.#pace.failed(error)
    this.#schedule()
  }

  /** Before these tokens are used again. */
  #mustRenew(): boolean {
    const { auth } = this.#signedIn
    if (auth === this.#dead || auth === this.#doubted) return true
    return isEnding(auth, this.#ports.clock.monotonicMs())
  }

  #isChanging(): boolean {
    return this.#phase.kind === 'changing'
  }

  /** Replaces a bearer before anybody needs another, and tries again where that failed: an order finds tokens that last. */
  #schedule(): void {
    this.#timer?.cancel()
    this.#timer = null
    if (this.#phase.kind === 'closed') return
    const { auth } = this.#signedIn
    const dueMs = refreshDueMs(auth) ?? (this.#pace.lastFailure === null ? null : 0)
    if (dueMs === null) return
    this.#timer = this.#ports.clock.at(Math.max(dueMs, this.#pace.nextAtMs), () => {
      this.#replace(auth).catch(() => {})
    })
  }
}

function closed(): TransportError {
  return new TransportError('closed', 'expected an open connection, but it was closed; connect again')
}

function switching(): TransportError {
  const text = 'expected one account, but it is being switched; send the order again when switchAccount() is done'
  return new TransportError('switching', text)
}
