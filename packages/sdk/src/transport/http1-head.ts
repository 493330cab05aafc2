/** What of a response head matters for reading the rest; the other fields are looked at when somebody asks. */
export interface Http1Head {
  readonly status: number
  /** Its whole text, without the blank line. */
  readonly text: string
  /** In bytes, with the blank line. */
  readonly length: number
  /** The body's length in bytes, or what ends it. */
  readonly framing: number | 'chunked' | 'until-close'
  readonly isKeptAlive: boolean
  /** How long the server promises to keep the connection; `null` where it does not say. */
  readonly keptForMs: number | null
}

// Our choice: an answer to an order has under a hundred bytes, its head about a thousand.
const MAX_HEAD_BYTES = 32 * 1024
export const MAX_BODY_BYTES = 1024 * 1024

/**
 * `null` while its end is not there. Strict, because a head that can be read in two ways answers nothing.
 * Source: RFC 9112, sections 4 to 6. @throws {Error} on bytes that are no such head.
 */
export function readHead(bytes: Buffer): Http1Head | null {
  const end = bytes.indexOf('\r\n\r\n')
  if (end > MAX_HEAD_BYTES || (end === -1 && bytes.length > MAX_HEAD_BYTES)) {
    throw new Error('expected the end of a response head, but it goes on')
  }
  if (end === -1) return null
  const text = bytes.toString('latin1', 0, end)
  const status = statusOf(text)
  const fields = readFields(text)
  return {
    status,
    text,
    length: end + 4,
    framing: framingOf(status, fields),
    isKeptAlive: text.charCodeAt(7) === 0x31 && !fields.isClosing,
    keptForMs: fields.keptForMs,
  }
}

/** The first value of each name, names in lower case. */
export function headersOf(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  const [, ...lines] = text.split('\r\n')
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    if (!headers.has(name)) headers.set(name, line.slice(colon + 1).trim())
  }
  return headers
}

/** `HTTP/1.0 200` or `HTTP/1.1 200`, and a reason or none. */
function statusOf(text: string): number {
  if (!/^HTTP\/1\.[01] [1-9]\d\d(?:[ \r]|$)/.test(text)) {
    throw new Error('expected an HTTP/1.1 status line, but got something else')
  }
  return Number(text.slice(9, 12))
}

interface Fields {
  length: number | null
  coding: string | null
  isClosing: boolean
  keptForMs: number | null
}

/** One pass without a string for each field: this is the way of every answer to an order. */
function readFields(text: string): Fields {
  const fields: Fields = { length: null, coding: null, isClosing: false, keptForMs: null }
  let end = text.indexOf('\r\n')
  if (end === -1) end = text.length
  checkLine(text, 0, end)
  while (end < text.length) {
    const start = end + 2
    end = text.indexOf('\r\n', start)
    if (end === -1) end = text.length
    checkLine(text, start, end)
    const colon = text.indexOf(':', start)
    if (colon <= start || colon >= end || text.charCodeAt(start) <= 0x20) {
      throw new Error('expected a header field, but got something else')
    }
    readField(fields, text, start, colon, end)
  }
  return fields
}

/** A line break of another kind may hide a field from one reader and show it to the next. */
function checkLine(text: string, start: number, end: number): void {
  const feed = text.indexOf('\n', start)
  const carriage = text.indexOf('\r', start)
  if ((feed !== -1 && feed < end) || (carriage !== -1 && carriage < end)) {
    throw new Error('expected header fields, but got a stray line break')
  }
}

function readField(fields: Fields, text: string, start: number, colon: number, end: number): void {
  // Only names of these lengths matter here.
  switch (colon - start) {
    case 'connection'.length:
      if (isAt(text, start, 'connection')) fields.isClosing ||= /close/i.test(text.slice(colon, end))
      else if (isAt(text, start, 'keep-alive')) fields.keptForMs = timeoutOf(text, colon, end)
      return
    case 'content-length'.length:
      if (isAt(text, start, 'content-length')) fields.length = lengthOf(fields.length, text, colon + 1, end)
      return
    case 'content-encoding'.length:
      if (!isAt(text, start, 'content-encoding') || /^:[ \t]*identity[ \t]*$/i.test(text.slice(colon, end))) return
      throw new Error('expected a body without coding, but the head declares one')
    case 'transfer-encoding'.length:
      if (!isAt(text, start, 'transfer-encoding')) return
      if (fields.coding !== null) throw new Error('expected one Transfer-Encoding, but got several')
      fields.coding = text.slice(colon + 1, end).trim()
      return
    default:
  }
}

/** @param name in lower case, of letters and hyphens. */
function isAt(text: string, start: number, name: string): boolean {
  for (let index = 0; index < name.length; index++) {
    // Sets the bit that makes letters small; a hyphen has it.
    if ((text.charCodeAt(start + index) | 0x20) !== name.charCodeAt(index)) return false
  }
  return true
}

function lengthOf(before: number | null, text: string, start: number, end: number): number {
  let from = start
  let to = end
  while (from < to && isBlank(text.charCodeAt(from))) from++
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--
  let length = 0
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - 0x30
    if (digit < 0 || digit > 9) throw new Error('expected one Content-Length, but got none that counts')
    length = length * 10 + digit
  }
  if (to === from || to - from > 9) throw new Error('expected one Content-Length, but got none that counts')
  if (before !== null && before !== length) throw new Error('expected one Content-Length, but got several')
  if (length > MAX_BODY_BYTES) throw new Error(`expected at most ${MAX_BODY_BYTES} bytes, but got ${length}`)
  return length
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}

function timeoutOf(text: string, start: number, end: number): number | null {
  let at = text.indexOf('timeout=', start) + 'timeout='.length
  if (at < start + 'timeout='.length || at >= end) return null
  let seconds = 0
  for (; at < end; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) break
    seconds = Math.min(seconds * 10 + digit, 1_000_000)
  }
  return seconds * 1000
}

function framingOf(status: number, { length, coding }: Fields): Http1Head['framing'] {
  if (status === 204 || status === 304 || status < 200) return 0
  if (coding === null) return length ?? 'until-close'
  // Both at once is how one response is made to look like another (RFC 9112, section 6.3).
  if (length !== null) throw new Error('expected one way of framing, but got Content-Length and Transfer-Encoding')
  if (coding.toLowerCase() !== 'chunked') throw new Error('expected chunked coding, but got another')
  return 'chunked'
}
