import type { Clock } from '../ports.ts'
import type { HttpResponse } from './http-response.ts'
import { isCode, plainCause } from './plain-cause.ts'
import { responseOf } from './read-exchange.ts'
import type { Exchange, HttpRequest, SendOptions } from './transport.ts'
import { type Asked, abortedAfter, noAnswer, notConnected } from './transport-failure.ts'

/** Our choice: a year of history by the minute is less. */
const MAX_RESPONSE_BYTES = 32 * 1024 * 1024

/** The system's words for a connection that never came to be: no byte of a request can have left. */
const NO_CONNECTION: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

/** One request over `fetch`: ends once, by its answer, its failure, its timeout or its caller. */
export class FetchExchange {
  readonly #base: URL
  readonly #clock: Clock
  readonly #request: HttpRequest
  readonly #options: SendOptions
  readonly #asked: Asked
  readonly #cut = new AbortController()

  constructor(base: URL, clock: Clock, request: HttpRequest, options: SendOptions, asked: Asked) {
    this.#base = base
    this.#clock = clock
    this.#request = request
    this.#options = options
    this.#asked = asked
  }

  run(fetch: typeof globalThis.fetch): Promise<Exchange> {
    const { timeoutMs, signal } = this.#options
    return new Promise(resolve => {
      const end = (exchange: Exchange): void => {
        timer.cancel()
        signal?.removeEventListener('abort', onAbort)
        resolve(exchange)
        this.#cut.abort()
      }
      // The end is told at once, whether or not this fetch heeds its signal.
      const timer = this.#clock.at(this.#clock.monotonicMs() + timeoutMs, () =>
        end(this.#unknown(new Error(`no answer within ${timeoutMs} ms`))),
      )
      const onAbort = (): void => end({ kind: 'unknown', cause: abortedAfter(this.#request, this.#asked) })
      signal?.addEventListener('abort', onAbort)
      this.#ask(fetch).then(
        response => end({ kind: 'answered', response }),
        error => end(this.#failed(error)),
      )
    })
  }

  async #ask(fetch: typeof globalThis.fetch): Promise<HttpResponse> {
    const { method, path, headers, body } = this.#request
    const response = await fetch(`${this.#base.origin}${path}`, {
      method,
      headers: { ...headers, 'Accept-Encoding': 'identity' },
      body: body ?? null,
      // An order that is led elsewhere would be sent a second time, to somebody else.
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: this.#cut.signal,
    })
    if (response.type === 'opaqueredirect') throw new Finding('it was a redirect')
    const bytes = await bodyOf(response)
    return responseOf(this.#request, response.status, new Map(response.headers), bytes)
  }

  #failed(thrown: unknown): Exchange {
    const plain = plainCause(thrown, textOf)
    const cause = plain.cause instanceof Error ? plain.cause : plain
    if (!isNeverConnected(cause)) return this.#unknown(cause)
    return { kind: 'unsent', cause: notConnected(this.#base, this.#request, cause) }
  }

  #unknown(cause: Error): Exchange {
    return { kind: 'unknown', cause: noAnswer(this.#base, this.#request, this.#asked, cause) }
  }
}

/** Said by ourselves. */
class Finding extends Error {}

/** What a fetch says may show what it carried: an address with its query, a header. Only of what has a code is that known. */
function textOf(error: Error): string {
  const isKnown = error instanceof Finding || ('code' in error && isCode(error.code))
  return isKnown ? error.message : `fetch failed (${error.name})`
}

async function bodyOf(response: Response): Promise<Buffer> {
  if (response.body === null) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body) {
    length += chunk.length
    if (length > MAX_RESPONSE_BYTES) throw new Finding(`expected at most ${MAX_RESPONSE_BYTES} bytes, but got more`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A name with several addresses fails with one error for each: every one of them has to say so. */
function isNeverConnected(error: Error): boolean {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.every(part => part instanceof Error && isNeverConnected(part))
  }
  return 'code' in error && NO_CONNECTION.has(error.code)
}
