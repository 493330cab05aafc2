import type { Dispatcher } from 'undici'
import type { Clock } from '../ports.ts'
import type { HttpResponse } from './http-response.ts'
import { textOf } from './http1-reader.ts'
import type { HttpRequest, SendOptions } from './transport.ts'
import { abortedAfter, abortedBefore, noAnswer, notConnected } from './transport-failure.ts'

/** One request over undici: ends once, by its answer, its failure, its timeout or its caller. */
export class ReadExchange implements Dispatcher.DispatchHandler {
  readonly #base: URL
  readonly #request: HttpRequest
  readonly #options: SendOptions
  readonly #resolve: (response: HttpResponse) => void
  readonly #reject: (error: Error) => void
  readonly #timer: { cancel(): void }
  readonly #onAbort: () => void
  readonly #chunks: Buffer[] = []
  /** Once its bytes are about to be written. */
  #controller: Dispatcher.DispatchController | null = null
  #status = 0
  #headers: ReadonlyMap<string, string> = new Map()
  #isOver = false

  constructor(
    base: URL,
    clock: Clock,
    request: HttpRequest,
    options: SendOptions,
    resolve: (response: HttpResponse) => void,
    reject: (error: Error) => void,
  ) {
    this.#base = base
    this.#request = request
    this.#options = options
    this.#resolve = resolve
    this.#reject = reject
    this.#timer = clock.at(clock.monotonicMs() + options.timeoutMs, () => this.#expire())
    this.#onAbort = () => this.#abort()
    options.signal?.addEventListener('abort', this.#onAbort)
    if (options.signal?.aborted) this.#abort()
  }

  get isOver(): boolean {
    return this.#isOver
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Given up while it stood in line: it must not leave any more.
    if (this.#isOver) return void controller.abort(new Error('given up before it was sent'))
    this.#controller = controller
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.#status = status
    this.#headers = firstValues(headers)
    const coding = this.#headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
    if (coding !== 'identity') this.#fail(new Error('expected a body without coding, but the head declares one'))
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (!this.#settle()) return
    const response = responseOf(this.#request, this.#status, this.#headers, Buffer.concat(this.#chunks))
    // undici takes the connection back one turn after the answer; a request before that would have to dial another one.
    queueMicrotask(() => setImmediate(() => this.#resolve(response)))
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error)
  }

  #expire(): void {
    const { timeoutMs } = this.#options
    this.#fail(new Error(`no ${this.#controller === null ? 'connection' : 'answer'} within ${timeoutMs} ms`))
  }

  #abort(): void {
    this.#end(this.#controller === null ? abortedBefore(this.#request) : abortedAfter(this.#request, 'other'))
  }

  #fail(cause: Error): void {
    this.#end(
      this.#controller === null
        ? notConnected(this.#base, this.#request, cause)
        : noAnswer(this.#base, this.#request, 'other', cause),
    )
  }

  #end(error: Error): void {
    if (!this.#settle()) return
    this.#reject(error)
    this.#controller?.abort(error)
  }

  /** `false` when it was over before. */
  #settle(): boolean {
    if (this.#isOver) return false
    this.#isOver = true
    this.#timer.cancel()
    this.#options.signal?.removeEventListener('abort', this.#onAbort)
    return true
  }
}

/** Bytes where they were wanted and the answer is good; text otherwise. */
export function responseOf(
  request: HttpRequest,
  status: number,
  headers: ReadonlyMap<string, string>,
  body: Buffer,
): HttpResponse {
  if (request.wants === 'bytes' && status >= 200 && status < 300) return { status, headers, body: '', bytes: body }
  return { status, headers, body: textOf(body, 0, body.length) }
}

function firstValues(raw: Readonly<Record<string, string | string[] | undefined>>): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const [name, value] of Object.entries(raw)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) headers.set(name.toLowerCase(), first)
  }
  return headers
}
