import { InvalidInputError } from '../errors.ts'
import type { HttpRequest } from './transport.ts'

/** What the transport says about the connection and the body; a second opinion in the same head would be a trap. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** Visible ASCII and blanks; IG's tokens have no other. */
const FIELD_VALUE = /^[\x20-\x7e\t]*$/
const TARGET = /^\/(?!\/)[\x21\x22\x24-\x7e]*$/
/** A reader may take `/a/../b` for `/b`: then it would be another request. */
const DOTS = /\/\.\.?(?:[/?]|$)/
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'DELETE'])

/** @throws {InvalidInputError} for what would not be one plain request on the wire. Shows no value: it may be a secret. */
export function checkRequest(request: HttpRequest): void {
  checkTarget(request)
  checkHeaders(request.headers)
}

function checkTarget({ method, path }: HttpRequest): void {
  if (!METHODS.has(method))
    throw new InvalidInputError('expected GET, POST, PUT or DELETE, but got another; correct it')
  if (TARGET.test(path) && !DOTS.test(path)) return
  throw new InvalidInputError('expected a path of visible ASCII from the root on, but got another; encode its parts')
}

function checkHeaders(headers: HttpRequest['headers']): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!TOKEN.test(name)) throw new InvalidInputError('expected the name of a header, but got other text; correct it')
    if (OWN_HEADERS.has(name.toLowerCase())) {
      throw new InvalidInputError(`expected no header ${name}, but got one; leave it to the transport`)
    }
    if (typeof value === 'string' && FIELD_VALUE.test(value)) continue
    throw new InvalidInputError(`expected visible ASCII in the header ${name}, but got other text; copy it again`)
  }
}

/**
 * Writes whole requests for a raw socket. What comes of one headers object is kept, so that an order costs a join of few
 * strings. Source: RFC 9112, sections 3 and 6.
 */
export class RequestWriter {
  readonly #own: string
  readonly #heads = new WeakMap<HttpRequest['headers'], string>()

  constructor(base: URL) {
    // An answer in a coding that nobody asked for could not be read. Source: RFC 9110, section 12.5.3.
    this.#own = ` HTTP/1.1\r\nHost: ${base.host}\r\nConnection: keep-alive\r\nAccept-Encoding: identity\r\n`
  }

  /** One character a byte, to be written as `latin1`. @throws {InvalidInputError} */
  write(request: HttpRequest): string {
    checkTarget(request)
    const { method, path, body } = request
    const head = this.#heads.get(request.headers) ?? this.#keep(request.headers)
    if (body === undefined) {
      // A server may wait for the body of a POST or a PUT that does not say how long it is.
      const length = method === 'POST' || method === 'PUT' ? 'Content-Length: 0\r\n' : ''
      return `${method} ${path}${head}${length}\r\n`
    }
    const length = Buffer.byteLength(body)
    const bytes = length === body.length ? body : Buffer.from(body).toString('latin1')
    return `${method} ${path}${head}Content-Length: ${length}\r\n\r\n${bytes}`
  }

  #keep(headers: HttpRequest['headers']): string {
    checkHeaders(headers)
    let head = this.#own
    for (const [name, value] of Object.entries(headers)) head += `${name}: ${value}\r\n`
    this.#heads.set(headers, head)
    return head
  }
}
