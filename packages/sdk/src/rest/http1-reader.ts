import type { HttpResponse } from './http-response.ts'

/**
 * Reads one HTTP/1.1 response from bytes that may be cut anywhere. Source: RFC 9112, sections 4 to 7. Strict: an answer to
 * an order that is not plainly framed is not an answer.
 */
export interface Http1Reader {
  /** `done` once the response is complete. @throws {Error} on bytes that are no such response. */
  push(chunk: Buffer): ReadProgress
  /** The connection ended. `done` only if the response may end this way. */
  end(): ReadProgress
}

export type ReadProgress =
  | { readonly kind: 'more' }
  | { readonly kind: 'done'; readonly response: HttpResponse; readonly isReusable: boolean }

/** Our choice: an answer to an order has under a hundred bytes, its head about a thousand. */
const MAX_HEAD_BYTES = 32 * 1024
const MAX_BODY_BYTES = 1024 * 1024

const MORE: ReadProgress = { kind: 'more' }

type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' }

interface Head {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly framing: Framing
  readonly isKeptAlive: boolean
  readonly bytes: number
}

export function http1Reader(): Http1Reader {
  let bytes: Buffer = Buffer.alloc(0)
  let head: Head | null = null

  function advance(hasEnded: boolean): ReadProgress {
    while (head === null) {
      const next = readHead(bytes)
      if (next === null) return MORE
      bytes = bytes.subarray(next.bytes)
      // 1xx only announce the response (RFC 9110, section 15.2).
      if (next.status >= 200) head = next
    }
    const body = readBody(bytes, head.framing, hasEnded)
    if (body === null) return MORE
    const response = { status: head.status, headers: head.headers, body: body.text }
    // Bytes beyond the response answer nothing that we asked: such a connection is not to be trusted again.
    const isReusable = head.isKeptAlive && !hasEnded && body.bytes === bytes.length
    return { kind: 'done', response, isReusable }
  }

  return {
    push(chunk) {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk])
      return advance(false)
    },
    end: () => advance(true),
  }
}

function readHead(bytes: Buffer): Head | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) {
    if (bytes.length > MAX_HEAD_BYTES) throw new Error('expected a response head, but got no end of it')
    return null
  }
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const match = /^HTTP\/1\.([01]) (\d{3})(?: |$)/.exec(statusLine)
  if (match === null) throw new Error('expected an HTTP/1.1 status line, but got something else')
  const headers = new Map<string, string>()
  const lengths = new Set<string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon <= 0 || line.charCodeAt(0) <= 0x20) throw new Error('expected a header field, but got something else')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    if (name === 'content-length') lengths.add(value)
    if (!headers.has(name)) headers.set(name, value)
  }
  const status = Number(match[2])
  const connection = headers.get('connection')?.toLowerCase() ?? ''
  const isKeptAlive = match[1] === '1' && !connection.includes('close')
  return { status, headers, framing: framingOf(status, headers, lengths), isKeptAlive, bytes: end + 4 }
}

function framingOf(status: number, headers: ReadonlyMap<string, string>, lengths: ReadonlySet<string>): Framing {
  if (status === 204 || status === 304 || status < 200) return { kind: 'length', bytes: 0 }
  const coding = headers.get('transfer-encoding')
  if (coding !== undefined) {
    // Both at once is how one response is made to look like another (RFC 9112, section 6.3).
    if (lengths.size > 0) throw new Error('expected one way of framing, but got Content-Length and Transfer-Encoding')
    if (coding.toLowerCase() !== 'chunked') throw new Error('expected chunked coding, but got another')
    return { kind: 'chunked' }
  }
  if (lengths.size === 0) return { kind: 'until-close' }
  const [length = ''] = lengths
  if (lengths.size > 1 || !/^\d{1,9}$/.test(length))
    throw new Error('expected one Content-Length, but got none that counts')
  const bytes = Number(length)
  if (bytes > MAX_BODY_BYTES) throw new Error(`expected at most ${MAX_BODY_BYTES} bytes, but got ${bytes}`)
  return { kind: 'length', bytes }
}

interface Body {
  readonly text: string
  /** Consumed. */
  readonly bytes: number
}

function readBody(bytes: Buffer, framing: Framing, hasEnded: boolean): Body | null {
  if (bytes.length > 2 * MAX_BODY_BYTES) throw new Error(`expected at most ${MAX_BODY_BYTES} bytes, but got more`)
  switch (framing.kind) {
    case 'length':
      if (bytes.length < framing.bytes) return null
      return { text: bytes.toString('utf8', 0, framing.bytes), bytes: framing.bytes }
    case 'until-close':
      return hasEnded ? { text: bytes.toString('utf8'), bytes: bytes.length } : null
    default:
      return readChunks(bytes)
  }
}

/** RFC 9112, section 7.1; extensions and trailers are skipped. */
function readChunks(bytes: Buffer): Body | null {
  const parts: Buffer[] = []
  let at = 0
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
    if (isLast) return { text: Buffer.concat(parts).toString('utf8'), bytes: at }
  }
}
