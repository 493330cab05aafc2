import type { OrderHeaders } from '../dealing/order-gate.ts'
import { SignInError, TransportError } from '../errors.ts'
import type { AccountId } from '../ids.ts'
import type { SdkEvent } from '../observe.ts'
import type { Clock, Random } from '../ports.ts'
import { backoffMs } from '../rest/backoff.ts'
import { waitUnlessAborted } from '../rest/pause.ts'
import type { Authority } from '../rest/rest-client.ts'
import { unreachable } from '../unreachable.ts'
import type { Auth } from './auth.ts'
import { HeaderCache } from './header-cache.ts'
import { refreshBearer, type SignedIn, type SignInPlan, type SignInPorts, signIn, switchTokens } from './sign-in.ts'

/**
 * Our choice: IG may answer a second POST /session within about a minute with the first one's tokens, and locks logins that
 * try often. Tokens refused so soon after a sign-in are a fault that signing in does not mend.
 */
const MIN_RENEWAL_MS = 60_000
/** Our choice: an order takes less than this to arrive; a token that ends on the way would lose it. */
const BEARER_MARGIN_MS = 5_000
/** Our choice: a bearer token is replaced when so much of its life is left. */
const REFRESH_AT = 0.35
/** Our choice: signing in is tried so many times less often than a read. */
const PATIENCE = 4

export interface SessionPorts {
  readonly signIn: SignInPorts
  readonly clock: Clock
  readonly random: Random
  tell(event: SdkEvent): void
}

type Phase =
  | { readonly kind: 'open' }
  /** Nothing can be asked until it is done. */
  | { readonly kind: 'changing'; readonly what: 'renewal' | 'switch'; readonly done: Promise<void> }
  /** IG has refused us: asking again would lock the login. */
  | { readonly kind: 'refused'; readonly cause: SignInError }
  | { readonly kind: 'closed' }

/** A signed-in session: keeps its tokens good, one renewal at a time, and stops when IG has refused. */
export class IgSession implements Authority<Auth> {
  readonly #ports: SessionPorts
  readonly #headers: HeaderCache
  #plan: SignInPlan
  #signedIn: SignedIn
  #signedInAtMs: number
  #phase: Phase = { kind: 'open' }
  #failures = 0
  /** Monotonic; no attempt to renew before. */
  #nextRenewalAtMs = 0
  #lastFailure: Error | null = null
  #refreshTimer: { cancel(): void } | null = null
  /** Tokens of an account that is not known for sure: not used again. */
  #doubted: Auth | null = null
  #onRenewed: () => void = () => {}

  constructor(ports: SessionPorts, plan: SignInPlan, signedIn: SignedIn) {
    this.#ports = ports
    // From now on this account and no other, also after a renewal that starts on the preferred one.
    this.#plan = { ...plan, wanted: signedIn.accountId }
    this.#signedIn = signedIn
    this.#signedInAtMs = ports.clock.monotonicMs()
    this.#headers = new HeaderCache(plan.credentials.apiKey)
    this.#scheduleRefresh()
  }

  get accountId(): AccountId {
    return this.#signedIn.accountId
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
          await this.renew(this.#signedIn.auth, signal)
          break
        default:
          return unreachable(phase)
      }
    }
  }

  headers(auth: Auth, version: number, hasBody: boolean): Readonly<Record<string, string>> {
    return this.#headers.get(auth, version, hasBody ? 'body' : 'plain')
  }

  /** Answers at once: an order is written in the turn in which it is asked for. */
  dealingHeaders(version: 1 | 2, asDelete: boolean): OrderHeaders {
    const phase = this.#phase
    switch (phase.kind) {
      case 'open': {
        const { auth } = this.#signedIn
        if (this.#mustRenew()) {
          const until = this.renew(auth)
          // Whoever waits hears of it; an order that no longer waits does not.
          until.catch(() => {})
          return { kind: 'waiting', until }
        }
        return { kind: 'ready', headers: this.#headers.get(auth, version, asDelete ? 'body as delete' : 'body') }
      }
      case 'changing':
        return phase.what === 'renewal'
          ? { kind: 'waiting', until: phase.done }
          : { kind: 'closed', cause: switching() }
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
  async renew(refused: Auth, signal?: AbortSignal): Promise<void> {
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
        return waitUnlessAborted(
          this.#change('renewal', () => this.#renewNow(refused)),
          signal,
        )
      default:
        return unreachable(phase)
    }
  }

  /**
   * Acts on another account from now on. Until it is done no order is taken: none may reach an account that was not meant.
   * @throws {RefusedError | SignInError | TransportError | AllowanceError | ProtocolError}
   */
  async switchAccount(accountId: AccountId, makeDefault: boolean, signal?: AbortSignal): Promise<void> {
    // Waits for a renewal under way and refreshes what is about to end.
    const auth = await this.auth(signal)
    return this.#change('switch', async () => {
      const other: Auth =
        auth.kind === 'bearer' ? { ...auth, accountId } : await this.#switchTokens(auth, accountId, makeDefault, signal)
      this.#plan = { ...this.#plan, wanted: accountId }
      this.#use({ ...this.#signedIn, auth: other, accountId })
      this.#ports.tell({ kind: 'session', what: 'switched' })
    })
  }

  /** Called when IG has let us in again: tokens are other ones, and the stream's server may be. */
  onRenewed(run: () => void): void {
    this.#onRenewed = run
  }

  /** Nothing is asked of IG after this. Signing out is the caller's, with what this returns. */
  close(): Auth {
    this.#phase = { kind: 'closed' }
    this.#refreshTimer?.cancel()
    return this.#signedIn.auth
  }

  async #switchTokens(
    auth: Extract<Auth, { kind: 'tokens' }>,
    accountId: AccountId,
    makeDefault: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Auth> {
    try {
      return await switchTokens(this.#ports.signIn, this.#plan, auth, { accountId, makeDefault }, signal)
    } catch (error) {
      // Whether it was done is not known, so neither is the account: signing in again settles it, on the one before.
      if (error instanceof TransportError && error.code !== 'not-connected') {
        this.#doubted = auth
        await this.#signInAgain()
      }
      throw error
    }
  }

  /** One change at a time; what goes wrong in it is told to everyone who waits. */
  #change(what: 'renewal' | 'switch', run: () => Promise<void>): Promise<void> {
    const done = run().finally(() => {
      if (this.#phase.kind === 'changing') this.#phase = { kind: 'open' }
    })
    // Whoever waits hears of it; where nobody does it is not lost either, because the next call tries again.
    done.catch(() => {})
    this.#phase = { kind: 'changing', what, done }
    return done
  }

  async #renewNow(refused: Auth): Promise<void> {
    const nowMs = this.#ports.clock.monotonicMs()
    if (nowMs < this.#nextRenewalAtMs && this.#lastFailure !== null) throw this.#lastFailure
    try {
      if (refused.kind === 'bearer' && (await this.#refresh(refused))) return
      await this.#signInAgain()
    } catch (error) {
      this.#failed(error)
      throw error
    }
  }

  /** `false`: IG no longer takes the refresh token either. */
  async #refresh(auth: Extract<Auth, { kind: 'bearer' }>): Promise<boolean> {
    try {
      const fresh = await refreshBearer(this.#ports.signIn, this.#plan, auth)
      this.#use({ ...this.#signedIn, auth: fresh })
      this.#ports.tell({ kind: 'session', what: 'refreshed' })
      return true
    } catch (error) {
      if (error instanceof SignInError) return false
      throw error
    }
  }

  async #signInAgain(): Promise<void> {
    if (this.#ports.clock.monotonicMs() - this.#signedInAtMs < MIN_RENEWAL_MS) {
      const text =
        'expected IG to take the tokens it has just given, but it refused them; wait a minute and connect again'
      throw new SignInError('session-lost', text)
    }
    const signedIn = await signIn(this.#ports.signIn, this.#plan)
    this.#signedInAtMs = this.#ports.clock.monotonicMs()
    this.#use(signedIn)
    this.#ports.tell({ kind: 'session', what: 'renewed' })
    this.#onRenewed()
  }

  #use(signedIn: SignedIn): void {
    this.#signedIn = signedIn
    this.#failures = 0
    this.#lastFailure = null
    this.#nextRenewalAtMs = 0
    this.#scheduleRefresh()
  }

  #failed(error: unknown): void {
    const { clock, random, tell } = this.#ports
    const code = error instanceof SignInError || error instanceof TransportError ? error.code : 'failed'
    tell({ kind: 'session-failed', code })
    if (this.#phase.kind === 'closed') return
    if (error instanceof SignInError && error.code !== 'session-lost') {
      this.#phase = { kind: 'refused', cause: error }
      return
    }
    this.#lastFailure = error instanceof Error ? error : new Error('the session could not be renewed')
    this.#nextRenewalAtMs = clock.monotonicMs() + PATIENCE * backoffMs(++this.#failures, random)
    this.#scheduleRefresh()
  }

  /** Before these tokens are used again. */
  #mustRenew(): boolean {
    const { auth } = this.#signedIn
    if (auth === this.#doubted) return true
    return auth.kind === 'bearer' && this.#ports.clock.monotonicMs() > auth.expiresAtMs - BEARER_MARGIN_MS
  }

  /** Before anybody needs it: an order finds a token that lasts. */
  #scheduleRefresh(): void {
    this.#refreshTimer?.cancel()
    const { auth } = this.#signedIn
    if (auth.kind !== 'bearer' || this.#phase.kind === 'closed') return
    const dueMs = Math.max(
      auth.expiresAtMs - Math.max(BEARER_MARGIN_MS, auth.lifeMs * REFRESH_AT),
      this.#nextRenewalAtMs,
    )
    this.#refreshTimer = this.#ports.clock.at(dueMs, () => void this.renew(auth).catch(() => {}))
  }
}

function closed(): TransportError {
  return new TransportError('closed', 'expected an open connection, but it was closed; connect again')
}

function switching(): TransportError {
  const text = 'expected one account, but it is being switched; send the order again when switchAccount() is done'
  return new TransportError('switching', text)
}
