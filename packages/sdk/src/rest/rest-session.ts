import { type RequestContext, SignInError, TransportError } from '../errors.ts'
import type { AccountId } from '../ids.ts'
import type { Clock } from '../ports.ts'
import { errorCodeOf, isTokenCode, readAnswer } from './answer.ts'
import type { HttpResponse } from './http-response.ts'
import type { ReadPool } from './read-pool.ts'
import { baseHeaders, type SignedIn, type SignInPorts, signIn, type Tokens, tokenHeaders } from './sign-in.ts'

/**
 * Our choice: IG may answer a second POST /session within about a minute with the first one's tokens, and locks logins
 * that try often. Tokens refused so soon after a sign-in are a fault that signing in does not mend.
 */
const MIN_RENEWAL_MS = 60_000

/** A signed-in session: reads go through it, and its tokens are renewed once when IG no longer takes them. */
export class RestSession {
  readonly #ports: SignInPorts
  readonly #pool: ReadPool
  readonly #clock: Clock
  #signedIn: SignedIn
  #signedInAtMs: number
  #renewal: Promise<SignedIn> | null = null
  /** Set once IG has refused us: asking again would lock the login. */
  #refusal: SignInError | null = null

  constructor(ports: SignInPorts, signedIn: SignedIn, clock: Clock) {
    // From now on this account and no other, also after a renewal that starts on the preferred one.
    this.#ports = { ...ports, wanted: signedIn.accountId }
    this.#pool = ports.pool
    this.#clock = clock
    this.#signedIn = signedIn
    this.#signedInAtMs = clock.monotonicMs()
  }

  get accountId(): AccountId {
    return this.#signedIn.accountId
  }

  get streamServer(): string {
    return this.#signedIn.streamServer
  }

  get tokens(): Tokens {
    return this.#signedIn.tokens
  }

  /**
   * GET. Signs in once more and repeats once when the tokens have run out, and repeats once when a kept-alive connection
   * turns out to be dead: a read may be repeated.
   * @throws {RefusedError | AllowanceError | TransportError | ProtocolError | SignInError}
   */
  async get(path: string, version: number): Promise<unknown> {
    const response = await this.getResponse(path, version)
    return readAnswer(response, contextOf('GET', path))
  }

  /** As {@link get}, for a caller to whom other answers than 200 mean something. */
  async getResponse(path: string, version: number): Promise<HttpResponse> {
    const { tokens } = this.#signedIn
    const response = await this.#sendTwice(path, version, tokens)
    if (response.status === 200 || !isTokenCode(errorCodeOf(response))) return response
    const renewed = await this.renew(tokens)
    return this.#sendTwice(path, version, renewed.tokens)
  }

  /**
   * Signs in again, unless somebody already has since `refused` were the tokens. One at a time.
   * @throws {SignInError} for good, once IG has refused.
   */
  renew(refused: Tokens): Promise<SignedIn> {
    if (this.#refusal !== null) return Promise.reject(this.#refusal)
    if (this.#signedIn.tokens !== refused) return Promise.resolve(this.#signedIn)
    this.#renewal ??= this.#renewNow().finally(() => {
      this.#renewal = null
    })
    return this.#renewal
  }

  /** DELETE /session version 1. Failing is harmless: the tokens then run out. */
  async signOut(): Promise<void> {
    const headers = { ...baseHeaders(this.#ports.credentials.apiKey, 1), ...tokenHeaders(this.tokens) }
    try {
      await this.#pool.send({ method: 'DELETE', path: `${this.#ports.basePath}/session`, headers })
    } catch (error) {
      if (!(error instanceof TransportError)) throw error
    }
  }

  async #renewNow(): Promise<SignedIn> {
    if (this.#clock.monotonicMs() - this.#signedInAtMs < MIN_RENEWAL_MS) {
      const text =
        'expected IG to take the tokens it has just given, but it refused them; wait a minute and connect again'
      throw new SignInError('session-lost', text)
    }
    try {
      this.#signedIn = await signIn(this.#ports)
      this.#signedInAtMs = this.#clock.monotonicMs()
      return this.#signedIn
    } catch (error) {
      if (error instanceof SignInError) this.#refusal = error
      throw error
    }
  }

  async #sendTwice(path: string, version: number, tokens: Tokens): Promise<HttpResponse> {
    const headers = { ...baseHeaders(this.#ports.credentials.apiKey, version), ...tokenHeaders(tokens) }
    const request = { method: 'GET', path: `${this.#ports.basePath}${path}`, headers } as const
    try {
      return await this.#pool.send(request)
    } catch (error) {
      if (error instanceof TransportError && isDeadConnection(error.cause)) return this.#pool.send(request)
      throw error
    }
  }
}

/** The other side had closed the connection: undici's UND_ERR_SOCKET, or the system's own code. */
function isDeadConnection(cause: unknown): boolean {
  if (!(cause instanceof Error) || !('code' in cause)) return false
  return cause.code === 'UND_ERR_SOCKET' || cause.code === 'ECONNRESET' || cause.code === 'EPIPE'
}

/** The query is left out: a search text belongs in no error. */
function contextOf(method: string, path: string): RequestContext {
  return { method, path: path.split('?')[0] ?? path }
}
