import type { HttpResponse } from './http-response.ts'
import { type Http1Head, headersOf, MAX_BODY_BYTES, readHead } from './http1-head.ts'

export type ReadProgress =
  | { readonly kind: 'more' }
  | {
      readonly kind: 'done'
      readonly response: HttpResponse
      readonly isReusable: boolean
      readonly keptForMs: number | null
    }

const MORE: ReadProgress = { kind: 'more' }
const NOTHING = Buffer.alloc(0)

/**
 * Reads one HTTP/1.1 response after the other from bytes that may be cut anywhere. Source: RFC 9112, sections 4 to 7. Strict:
 * an answer to an order that is not plainly framed is not an answer.
 */
export class Http1Reader {
  #bytes: Buffer = NOTHING
  #head: Http1Head | null = null

  /** `done` once the response is complete; the next one may follow. @throws {Error} on bytes that are no such response. */
  push(chunk: Buffer): ReadProgress {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk])
    return this.#advance(false)
  }

  /** The connection ended. `done` only if the response may end this way. */
  end(): ReadProgress {
    return this.#advance(true)
  }

  #advance(hasEnded: boolean): ReadProgress {
    while (this.#head === null) {
      const next = readHead(this.#bytes)
      if (next === null) return MORE
      // 1xx only announce the response (RFC 9110, section 15.2).
      if (next.status >= 200) this.#head = next
      else this.#bytes = this.#bytes.subarray(next.length)
    }
    const head = this.#head
    if (this.#bytes.length > 2 * MAX_BODY_BYTES) {
      throw new Error(`expected at most ${MAX_BODY_BYTES} bytes, but got more`)
    }
    switch (head.framing) {
      case 'chunked': {
        const body = readChunks(this.#bytes, head.length)
        return body === null ? MORE : this.#done(head, body.text, body.end, hasEnded)
      }
      case 'until-close':
        if (!hasEnded) return MORE
        return this.#done(head, textOf(this.#bytes, head.length, this.#bytes.length), this.#bytes.length, hasEnded)
      default: {
        const end = head.length + head.framing
        return this.#bytes.length < end ? MORE : this.#done(head, textOf(this.#bytes, head.length, end), end, hasEnded)
      }
    }
  }

  #done(head: Http1Head, body: string, end: number, hasEnded: boolean): ReadProgress {
    // Bytes beyond the response answer nothing that we asked: such a connection is not to be trusted again.
    const isReusable = head.isKeptAlive && !hasEnded && end === this.#bytes.length
    this.#bytes = NOTHING
    this.#head = null
    return { kind: 'done', response: new ReadResponse(head, body), isReusable, keptForMs: head.keptForMs }
  }
}

/** Its header fields are taken apart when they are asked for: few answers are. */
class ReadResponse implements HttpResponse {
  readonly status: number
  readonly body: string
  readonly #head: string
  #headers: ReadonlyMap<string, string> | null = null

  constructor(head: Http1Head, body: string) {
    this.status = head.status
    this.body = body
    this.#head = head.text
  }

  get headers(): ReadonlyMap<string, string> {
    this.#headers ??= headersOf(this.#head)
    return this.#headers
  }
}

interface Body {
  readonly text: string
  /** Behind its last byte, from the start of the head. */
  readonly end: number
}

/** RFC 9112, section 7.1; extensions and trailers are skipped. */
function readChunks(bytes: Buffer, start: number): Body | null {
  const parts: Buffer[] = []
  let at = start
  for (;;) {
    const end = bytes.indexOf('\r\n', at)
    if (end === -1) return null
    const size = /^([0-9a-fA-F]{1,7})[ \t]*(?:;.*)?$/.exec(bytes.toString('latin1', at, end))?.[1]
    if (size === undefined) throw new Error('expected a chunk size, but got something else')
    const length = Number.parseInt(size, 16)
    at = end + 2
    if (length === 0) break
    if (bytes.length < at + length + 2) return null
    if (bytes.toString('latin1', at + length, at + length + 2) !== '\r\n') {
      throw new Error('expected the end of a chunk, but got more of it')
    }
    parts.push(bytes.subarray(at, at + length))
    at += length + 2
  }
  for (;;) {
    const end = bytes.indexOf('\r\n', at)
    if (end === -1) return null
    const isLast = end === at
    at = end + 2
    if (!isLast) continue
    const body = Buffer.concat(parts)
    return { text: textOf(body, 0, body.length), end: at }
  }
}

/** UTF-8, without a byte order mark, which JSON readers may ignore (RFC 8259, section 8.1). */
export function textOf(bytes: Buffer, start: number, end: number): string {
  const isMarked = end - start >= 3 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf
  return bytes.toString('utf8', isMarked ? start + 3 : start, end)
}
