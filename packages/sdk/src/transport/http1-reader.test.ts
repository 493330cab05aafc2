import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Http1Reader, type ReadProgress } from './http1-reader.ts'

function readAll(bytes: Buffer, cuts: readonly number[]): ReadProgress {
  const reader = new Http1Reader()
  const ends = [...cuts.map(cut => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  let progress: ReadProgress = { kind: 'more' }
  for (const [index, end] of ends.entries()) {
    const start = ends[index - 1] ?? 0
    if (progress.kind === 'more' && end > start) progress = reader.push(bytes.subarray(start, end))
  }
  return progress.kind === 'more' ? reader.end() : progress
}

it('reads the same response wherever its bytes are cut, in each framing', () => {
  const body = fc.string({ unit: 'binary', maxLength: 60 }).map(text => text.toWellFormed())
  fc.assert(
    fc.property(
      body,
      fc.constantFrom('length', 'chunked', 'close'),
      fc.array(fc.nat(), { maxLength: 8 }),
      (text, framing, cuts) => {
        const bytes = Buffer.from(text)
        const half = Math.floor(bytes.length / 2)
        const chunk = (part: Buffer) =>
          part.length === 0
            ? Buffer.alloc(0)
            : Buffer.concat([Buffer.from(`${part.length.toString(16)};x=y\r\n`), part, Buffer.from('\r\n')])
        const head = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX-Name:  value \r\n'
        const message =
          framing === 'length'
            ? Buffer.concat([Buffer.from(`${head}Content-Length: ${bytes.length}\r\n\r\n`), bytes])
            : framing === 'close'
              ? Buffer.concat([Buffer.from(`${head}\r\n`), bytes])
              : Buffer.concat([
                  Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n`),
                  chunk(bytes.subarray(0, half)),
                  chunk(bytes.subarray(half)),
                  Buffer.from('0\r\nTrailer: t\r\n\r\n'),
                ])
        const progress = readAll(message, cuts)
        if (progress.kind !== 'done') throw new Error('expected a whole response')
        expect(progress.response).toMatchObject({ status: 200, body: text })
        expect(progress.response.headers.get('x-name')).toBe('value')
        expect(progress.isReusable).toBe(framing !== 'close')
      },
    ),
  )
})

it.each([
  ['HTTP/1.0 keeps nothing', 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n', false],
  ['Connection: close', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', false],
  ['bytes behind the response', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nX', false],
  ['a plain response', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', true],
])('trusts the connection again or not: %s', (_title, text, isReusable) => {
  expect(new Http1Reader().push(Buffer.from(text))).toMatchObject({ kind: 'done', isReusable })
})

it.each([
  'GET / HTTP/1.1\r\n\r\n',
  'HTTP/1.1 20 OK\r\n\r\n',
  'HTTP/1.1 1e2 OK\r\n\r\n',
  'HTTP/1.1 099 OK\r\n\r\n',
  'HTTP/1.1 200 OK\r\nX: a\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n',
  'HTTP/1.1 200 OK\r\nno colon\r\n\r\n',
  'HTTP/1.1 200 OK\r\n folded: x\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\nx',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n',
])('refuses what is no plain response: %j', text => {
  expect(() => new Http1Reader().push(Buffer.from(text))).toThrow(/^expected/)
})

it.each([
  ['Keep-Alive: timeout=5, max=100', 5_000],
  ['keep-alive: max=1, timeout=60', 60_000],
  ['Keep-Alive: max=1', null],
  ['X: timeout=5', null],
])('hears how long the connection is kept: %s', (line, keptForMs) => {
  const text = `HTTP/1.1 200 OK\r\n${line}\r\nX-Y: timeout=7\r\nContent-Length: 0\r\n\r\n`
  expect(new Http1Reader().push(Buffer.from(text))).toMatchObject({ keptForMs })
})

it('reads one response after the other, and gives the first of a repeated header', () => {
  const reader = new Http1Reader()
  for (const body of ['1', '22']) {
    const text = `HTTP/1.1 200 OK\r\nCST: ${body}\r\nCST: other\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    const progress = reader.push(Buffer.from(text))
    expect(progress).toMatchObject({ kind: 'done', response: { body } })
    expect(progress.kind === 'done' && progress.response.headers.get('cst')).toBe(body)
  }
})
