import { InvalidInputError, ProtocolError, TransportError } from '../errors.ts'
import { type DealReference, dealReference } from '../ids.ts'
import type { AmendOrder, CloseOrder, OpenOrder, SendWatch, Submission } from '../order.ts'
import type { Clock } from '../ports.ts'
import { unreachable } from '../unreachable.ts'
import { errorCodeOf, isTokenCode, parseJson } from './answer.ts'
import { encodeAmend, encodeClose, encodeOpen } from './encode-order.ts'
import type { HttpResponse } from './http-response.ts'
import type { OrderLane } from './order-lane.ts'
import type { RestSession } from './rest-session.ts'
import { baseHeaders, JSON_TYPE, type Tokens, tokenHeaders } from './sign-in.ts'

interface Heads {
  readonly open: string
  readonly close: string
  readonly amend: string
}

/** Sends orders, each once, and says what is known afterwards. */
export class OrderSender {
  readonly #lane: OrderLane
  readonly #session: RestSession
  readonly #clock: Clock
  readonly #base: URL
  readonly #apiKey: string
  #headTokens: Tokens | null = null
  #heads: Heads | null = null

  constructor(lane: OrderLane, session: RestSession, clock: Clock, base: URL, apiKey: string) {
    this.#lane = lane
    this.#session = session
    this.#clock = clock
    this.#base = base
    this.#apiKey = apiKey
  }

  open(order: OpenOrder, watch?: SendWatch): Promise<Submission> {
    const write = (): string => this.#request(`POST ${this.#base.pathname}/positions/otc`, 'open', encodeOpen(order))
    return this.#send(write, watch, order.reference)
  }

  close(order: CloseOrder, watch?: SendWatch): Promise<Submission> {
    const write = (): string => this.#request(`POST ${this.#base.pathname}/positions/otc`, 'close', encodeClose(order))
    return this.#send(write, watch, null)
  }

  amend(order: AmendOrder, watch?: SendWatch): Promise<Submission> {
    const path = `${this.#base.pathname}/positions/otc/${encodeURIComponent(order.dealId)}`
    return this.#send(() => this.#request(`PUT ${path}`, 'amend', encodeAmend(order)), watch, null)
  }

  // Up to the socket there is no `await`: the bytes leave in the turn of the key that asked for them.
  async #send(write: () => string, watch: SendWatch | undefined, reference: DealReference | null): Promise<Submission> {
    const { tokens } = this.#session
    let request: string
    try {
      request = write()
    } catch (error) {
      // Said as an answer, because a failure without one would look like an order that may have left.
      if (error instanceof InvalidInputError) return { kind: 'unsent', cause: error }
      throw error
    }
    const exchange = await this.#lane.send(request, () => this.#tell(watch), watch?.connectWithinMs)
    switch (exchange.kind) {
      case 'unsent':
      case 'unknown':
        return exchange
      case 'answered':
        return this.#judge(exchange.response, reference, tokens)
      default:
        return unreachable(exchange)
    }
  }

  #request(line: string, kind: keyof Heads, body: string): string {
    return `${line}${this.#prebuilt()[kind]}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  }

  #tell(watch: SendWatch | undefined): void {
    try {
      watch?.onWire?.(this.#clock.monotonicMs())
    } catch (error) {
      // A measurement must not cost the order; its fault is thrown again, outside.
      queueMicrotask(() => {
        throw error
      })
    }
  }

  #judge(response: HttpResponse, sent: DealReference | null, tokens: Tokens): Submission {
    if (response.status === 200) return this.#judgeTaken(response, sent)
    const code = errorCodeOf(response)
    if (response.status >= 400 && response.status < 500 && code !== null) {
      // Not for this order, which is over, but for the next one.
      if (isTokenCode(code)) this.#session.renew(tokens).catch(() => {})
      return { kind: 'rejected', code, httpStatus: response.status }
    }
    const what = code === null ? `status ${response.status}` : `${code} (${response.status})`
    const text = `expected IG to take or refuse the order, but got ${what}; do not send it again: ask confirms and positions`
    return { kind: 'unknown', cause: new TransportError(code ?? `http-${response.status}`, text) }
  }

  #judgeTaken(response: HttpResponse, sent: DealReference | null): Submission {
    const acknowledgedAtMs = this.#clock.monotonicMs()
    const reference = referenceOf(response.body)
    if (reference !== null && (sent === null || sent === reference)) {
      return { kind: 'acknowledged', reference, acknowledgedAtMs }
    }
    const got = reference === null ? 'none' : 'another one'
    const text = `expected the deal reference in IG's answer, but got ${got}; do not send it again: ask confirms and positions`
    return { kind: 'unknown', cause: new ProtocolError('no-reference', text) }
  }

  /** Head lines from the request target on, up to the length; built once for the tokens in use. */
  #prebuilt(): Heads {
    const { tokens } = this.#session
    if (this.#heads !== null && this.#headTokens === tokens) return this.#heads
    this.#headTokens = tokens
    this.#heads = {
      open: this.#head(2, tokens),
      // IG ignores the body of a real DELETE. Source: IG Labs, REST trading API guide, "_method".
      close: `${this.#head(1, tokens)}_method: DELETE\r\n`,
      amend: this.#head(2, tokens),
    }
    return this.#heads
  }

  #head(version: number, tokens: Tokens): string {
    const headers = {
      Host: this.#base.host,
      ...baseHeaders(this.#apiKey, version),
      ...tokenHeaders(tokens),
      'Content-Type': JSON_TYPE,
      Connection: 'keep-alive',
    }
    let head = ' HTTP/1.1\r\n'
    for (const [name, value] of Object.entries(headers)) head += `${name}: ${value}\r\n`
    return head
  }
}

function referenceOf(body: string): DealReference | null {
  const json = parseJson(body)
  if (typeof json !== 'object' || json === null || !('dealReference' in json)) return null
  if (typeof json.dealReference !== 'string') return null
  try {
    return dealReference(json.dealReference)
  } catch {
    return null
  }
}
