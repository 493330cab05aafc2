import type { Socket } from 'node:net'
import type { Answer } from './rude-server.ts'

/** A reply that HTTP can carry: also for servers that are no raw sockets. */
export interface PlainReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

/** The status that is told, with the body where given; `null`: no readable answer. */
export type Told = number | null

export interface BadReply {
  readonly title: string
  readonly reply: PlainReply | Answer
  readonly told: Told
  /** Where Node's own connections for orders, undici's for reads, or `fetch` tell something else. */
  readonly lane?: Told
  readonly pool?: Told
  readonly fetch?: Told
  /** What the body is read as, where the status alone says too little. */
  readonly body?: string
  /** It ends by the timeout only. */
  readonly isEndless?: true
}

const OK = '{"dealReference":"REF-1"}'
const JSON_TYPE = { 'Content-Type': 'application/json;charset=UTF-8' }
const LF = '\r\n'
const head = (...lines: readonly string[]): string => `${lines.join(LF)}${LF}${LF}`
const cut = (bytes: string) => (socket: Socket) => void socket.write(bytes, () => socket.resetAndDestroy())
const end = (bytes: string) => (socket: Socket) => void socket.end(bytes)

const code = (status: number, errorCode: string | null): BadReply => ({
  title: `${status} ${errorCode}`,
  reply: { status, headers: JSON_TYPE, body: JSON.stringify({ errorCode }) },
  told: status,
  body: JSON.stringify({ errorCode }),
})
const plain = (title: string, status: number, body: string | Buffer, headers?: PlainReply['headers']): BadReply => ({
  title,
  reply: { status, body, ...(headers === undefined ? {} : { headers }) },
  told: status,
})

/** Codes: IG Labs, REST API reference, the error lists of its pages. */
const CODES: readonly BadReply[] = [
  code(401, 'error.security.client-token-invalid'),
  code(401, 'error.security.account-token-missing'),
  code(401, 'error.security.oauth-token-invalid'),
  code(401, 'error.security.invalid-details'),
  code(403, 'error.public-api.exceeded-account-trading-allowance'),
  code(403, 'error.public-api.exceeded-account-historical-data-allowance'),
  code(403, 'error.security.api-key-invalid'),
  code(404, 'error.service.marketdata.instrument.epic.unavailable'),
  code(404, 'invalid.url'),
  code(400, 'validation.null-not-allowed.request.size'),
  code(400, 'Unable to convert value=x, to type= class java.math.BigDecimal'),
  code(500, null),
  code(500, 'system.error'),
  code(503, 'error.public-api.failure.kyc.required'),
  code(504, 'error.trading.timeout'),
]

const BODIES: readonly BadReply[] = [
  plain('405 with nothing, as confirms do', 405, ''),
  plain('403 with plain text', 403, 'puredeal:err:(none):403 Access forbidden!'),
  plain('408 of a proxy', 408, ''),
  plain('429 with HTML', 429, '<html>slow down</html>', { 'Content-Type': 'text/html' }),
  plain('502 with HTML', 502, '<html>Bad gateway</html>', { 'Content-Type': 'text/html' }),
  plain('503 with nothing', 503, ''),
  plain('504 of a gateway, after acceptance', 504, '<html>Gateway timeout</html>'),
  plain('200 with nothing', 200, ''),
  plain('200 with HTML that says it is JSON', 200, '<html>maintenance</html>', JSON_TYPE),
  plain('200 with JSON that says it is text', 200, OK, { 'Content-Type': 'text/plain' }),
  plain('200 with JSON that ends early', 200, '{"dealReference":', JSON_TYPE),
  plain('200 with the body twice', 200, OK + OK, JSON_TYPE),
  plain('200 with null', 200, 'null', JSON_TYPE),
  { ...plain('200 behind a byte order mark', 200, `\ufeff${OK}`, JSON_TYPE), body: OK },
  { ...plain('200 with bytes that are no UTF-8', 200, Buffer.from([0x7b, 0xff, 0x7d])), body: '{\ufffd}' },
  plain('204', 204, ''),
  plain('302 to elsewhere', 302, '', { Location: '/elsewhere' }),
  plain('307 to elsewhere', 307, '', { Location: '/elsewhere' }),
  { ...plain('2 MB where a hundred bytes were due', 200, ' '.repeat(2 * 1024 * 1024)), lane: null },
]

const CUTS: readonly BadReply[] = [
  { title: 'a reset before the head', reply: s => s.resetAndDestroy(), told: null },
  { title: 'an end before the head', reply: s => s.end(), told: null },
  { title: 'a reset in the head', reply: cut(`HTTP/1.1 200 OK${LF}Content-`), told: null },
  { title: 'an end in the head', reply: end(`HTTP/1.1 200 OK${LF}Content-`), told: null },
  { title: 'a reset after the head', reply: cut(head('HTTP/1.1 200 OK', 'Content-Length: 25')), told: null },
  { title: 'a reset in the body', reply: cut(`${head('HTTP/1.1 200 OK', 'Content-Length: 25')}{"deal`), told: null },
  { title: 'a body that is cut', reply: end(`${head('HTTP/1.1 200 OK', 'Content-Length: 99')}${OK}`), told: null },
  {
    title: 'chunks that are cut',
    reply: end(`${head('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked')}19${LF}{`),
    told: null,
  },
  { title: 'an answer, then a reset', reply: cut(`${head('HTTP/1.1 200 OK', 'Content-Length: 25')}${OK}`), told: 200 },
  { title: 'no answer', reply: () => {}, told: null, isEndless: true },
  { title: 'half an answer', reply: `${head('HTTP/1.1 200 OK', 'Content-Length: 99')}{`, told: null, isEndless: true },
  {
    title: 'an answer in drops',
    reply: s => [...`${head('HTTP/1.1 200 OK', 'Content-Length: 25')}${OK}`].forEach(byte => void s.write(byte)),
    told: 200,
    body: OK,
  },
]

const chunked = `19;name="v"${LF}${OK}${LF}0${LF}Trailer: t${LF}${LF}`
const FRAMES: readonly BadReply[] = [
  { title: 'HTTP/1.0, ended by its end', reply: end(`${head('HTTP/1.0 200 OK')}${OK}`), told: 200, body: OK },
  { title: 'an answer ended by its end', reply: end(`${head('HTTP/1.1 200 OK')}${OK}`), told: 200, body: OK },
  {
    title: 'Connection: close',
    reply: end(`${head('HTTP/1.1 200 OK', 'Connection: close', 'Content-Length: 25')}${OK}`),
    told: 200,
  },
  {
    title: 'chunks with extensions and trailers',
    reply: `${head('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked')}${chunked}`,
    told: 200,
    body: OK,
  },
  {
    title: 'a chunk size that is no number',
    reply: `${head('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked')}zz${LF}`,
    told: null,
  },
  {
    title: 'two lengths',
    reply: `${head('HTTP/1.1 200 OK', 'Content-Length: 25', 'Content-Length: 2')}${OK}`,
    told: null,
  },
  {
    title: 'a length and chunks',
    reply: `${head('HTTP/1.1 200 OK', 'Content-Length: 25', 'Transfer-Encoding: chunked')}${OK}`,
    told: null,
  },
  { title: 'a negative length', reply: `${head('HTTP/1.1 200 OK', 'Content-Length: -1')}${OK}`, told: null },
  {
    title: 'a length of a gigabyte',
    reply: head('HTTP/1.1 200 OK', 'Content-Length: 999999999'),
    told: null,
    isEndless: true,
  },
  {
    title: 'an endless head',
    reply: s => void s.write(`HTTP/1.1 200 OK${LF}${`X-Y: z${LF}`.repeat(10_000)}`),
    told: null,
  },
  {
    title: 'a header with a stray line break',
    reply: `${head('HTTP/1.1 200 OK', 'X: a\nContent-Length: 25')}${OK}`,
    told: null,
  },
  {
    title: 'a header without a colon',
    reply: `${head('HTTP/1.1 200 OK', 'nonsense', 'Content-Length: 25')}${OK}`,
    told: null,
  },
  {
    title: 'a repeated header',
    reply: `${head('HTTP/1.1 200 OK', 'CST: a', 'CST: b', 'Content-Length: 25')}${OK}`,
    told: 200,
  },
  {
    title: 'gzip that is none',
    reply: `${head('HTTP/1.1 200 OK', 'Content-Encoding: gzip', 'Content-Length: 25')}${OK}`,
    told: null,
  },
  {
    title: 'an answer after 100 Continue',
    reply: `${head('HTTP/1.1 100 Continue')}${head('HTTP/1.1 200 OK', 'Content-Length: 25')}${OK}`,
    told: 200,
    pool: null,
    fetch: null,
  },
  {
    title: 'an answer after 103 Early Hints',
    reply: `${head('HTTP/1.1 103 Early Hints', 'Link: x')}${head('HTTP/1.1 200 OK', 'Content-Length: 25')}${OK}`,
    told: 200,
  },
  {
    title: 'two answers for one request',
    reply: `${head('HTTP/1.1 200 OK', 'Content-Length: 25')}${OK}${head('HTTP/1.1 500 No', 'Content-Length: 0')}`,
    told: 200,
  },
  { title: 'another protocol', reply: `SSH-2.0-OpenSSH_9.9${LF}${LF}`, told: null },
  { title: 'HTTP/2', reply: `HTTP/2 200${LF}${LF}`, told: null },
]

/** One table for every transport: what a server may say instead of a plain answer, and what a transport makes of it. */
export const BAD_REPLIES: readonly BadReply[] = [...CODES, ...BODIES, ...CUTS, ...FRAMES]

export function isPlain(reply: BadReply['reply']): reply is PlainReply {
  return typeof reply === 'object'
}

/** For a raw socket. */
export function answerOf(reply: BadReply['reply']): Answer {
  if (!isPlain(reply)) return reply
  const { status, headers = {}, body } = reply
  const bytes = Buffer.from(body)
  const lines = Object.entries({ ...headers, ...(status === 204 ? {} : { 'Content-Length': String(bytes.length) }) })
  const text = head(`HTTP/1.1 ${status} Status`, ...lines.map(([name, value]) => `${name}: ${value}`))
  return socket => void socket.write(Buffer.concat([Buffer.from(text), bytes]))
}
