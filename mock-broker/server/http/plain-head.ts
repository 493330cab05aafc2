import { type HttpHead, LONGEST_BODY_BYTES } from './http-exchange.ts'

/** The head of a request that holds nothing but what most requests hold. */
export interface PlainHead extends HttpHead {
  readonly fields: ReadonlyMap<string, string>
  readonly bodyBytes: number
}

/**
 * Reads a head that is beyond doubt: visible ASCII in lines that end with CRLF, a Host, no field twice, a length in plain digits,
 * and nothing that changes how the message or its connection is to be read (RFC 9112, sections 2.2, 3, 5, 6 and 9).
 * @param text all lines of the head, without the empty one.
 * @returns null for every other head: a full HTTP parser has to judge it.
 */
export function readPlainHead(text: string): PlainHead | null {
  const [requestLine = '', ...lines] = text.split('\r\n')
  const [, method, url] = REQUEST_LINE.exec(requestLine) ?? []
  if (method === undefined || url === undefined || lines.length > MOST_FIELDS) return null
  const fields = new Map<string, string>()
  for (const line of lines) {
    const [, spelled, value] = FIELD_LINE.exec(line) ?? []
    if (spelled === undefined || value === undefined) return null
    const name = spelled.toLowerCase()
    if (FRAMING_FIELDS.has(name) || fields.has(name)) return null
    fields.set(name, value.trimEnd())
  }
  if (!fields.get('host') || (fields.get('connection') ?? 'keep-alive').toLowerCase() !== 'keep-alive') return null
  const length = fields.get('content-length') ?? '0'
  const bodyBytes = BODY_LENGTH.test(length) ? Number(length) : Number.POSITIVE_INFINITY
  return bodyBytes > LONGEST_BODY_BYTES ? null : { method, url, fields, bodyBytes }
}

/** Nothing that needs decoding beyond percents, and no form of a target but the path. */
const REQUEST_LINE = /^(GET|POST|PUT|DELETE) (\/[A-Za-z0-9\-._~%/?&=:,+]*) HTTP\/1\.1$/
/** A token, a colon at once, and a value without control characters; a line that begins with a blank is none. */
const FIELD_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t\x20-\x7e]*)$/
const BODY_LENGTH = /^(?:0|[1-9]\d{0,9})$/
/** Node's own parser knows `Proxy-Connection` as another name of `Connection`. */
const FRAMING_FIELDS: ReadonlySet<string> = new Set([
  'transfer-encoding',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'proxy-connection',
  'http2-settings',
])
const MOST_FIELDS = 50
