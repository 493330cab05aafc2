import { expect, it } from 'vitest'
import { readPlainHead } from './plain-head.ts'

const head = (...lines: readonly string[]): string => lines.join('\r\n')
const FIRST = 'POST /gateway/deal/positions/otc HTTP/1.1'

it('reads method, target, fields by lower-case name, and the length of the body', () => {
  const text = head(FIRST, 'Host: x', 'CST:token', 'Version:  2 ', 'Connection: Keep-Alive', 'content-length: 12', 'A:')
  expect(readPlainHead(text)).toEqual({
    method: 'POST',
    url: '/gateway/deal/positions/otc',
    fields: new Map([
      ['host', 'x'],
      ['cst', 'token'],
      ['version', '2'],
      ['connection', 'Keep-Alive'],
      ['content-length', '12'],
      ['a', ''],
    ]),
    bodyBytes: 12,
  })
})

it.each([
  ['another method', head('HEAD / HTTP/1.1', 'Host: x')],
  ['a method in lower case', head('get / HTTP/1.1', 'Host: x')],
  ['another version', head('GET / HTTP/1.0', 'Host: x')],
  ['no version', head('GET /', 'Host: x')],
  ['a target with its host', head('GET http://x/ HTTP/1.1', 'Host: x')],
  ['the target *', head('GET * HTTP/1.1', 'Host: x')],
  ['a blank in the target', head('GET /a b HTTP/1.1', 'Host: x')],
  ['two blanks before the target', head('GET  / HTTP/1.1', 'Host: x')],
  ['a fragment', head('GET /#a HTTP/1.1', 'Host: x')],
  ['a backslash', head('GET /..\\a HTTP/1.1', 'Host: x')],
  ['an empty line first', head('', 'GET / HTTP/1.1', 'Host: x')],
  ['no host', head('GET / HTTP/1.1')],
  ['an empty host', head('GET / HTTP/1.1', 'Host: ')],
  ['two hosts', head('GET / HTTP/1.1', 'Host: x', 'Host: y')],
  ['a field twice', head('GET / HTTP/1.1', 'Host: x', 'CST: a', 'cst: b')],
  ['a blank before a colon', head(FIRST, 'Host: x', 'Content-Length : 5')],
  ['a blank before a name', head(FIRST, 'Host: x', ' Content-Length: 5')],
  ['a folded line', head(FIRST, 'Host: x', 'A: b', '\tc')],
  ['a line without a colon', head(FIRST, 'Host: x', 'A')],
  ['a name that is none', head(FIRST, 'Host: x', 'A(b): c')],
  ['no name', head(FIRST, 'Host: x', ': c')],
  ['a bare line feed', head(FIRST, 'Host: x', 'A: b\nContent-Length: 5')],
  ['a bare carriage return', head(FIRST, 'Host: x', 'A: b\rContent-Length: 5')],
  ['a control character', head(FIRST, 'Host: x', 'A: \u0000')],
  ['a letter beyond ASCII', head(FIRST, 'Host: x', 'A: é')],
  ['both ways to say a length', head(FIRST, 'Host: x', 'Content-Length: 5', 'Transfer-Encoding: chunked')],
  ['a transfer coding', head(FIRST, 'Host: x', 'Transfer-Encoding: identity')],
  ['two lengths', head(FIRST, 'Host: x', 'Content-Length: 5', 'Content-Length: 5')],
  ['a list of lengths', head(FIRST, 'Host: x', 'Content-Length: 5, 5')],
  ['a signed length', head(FIRST, 'Host: x', 'Content-Length: +5')],
  ['a length below zero', head(FIRST, 'Host: x', 'Content-Length: -5')],
  ['a length in hexadecimal', head(FIRST, 'Host: x', 'Content-Length: 0x5')],
  ['a length with a zero first', head(FIRST, 'Host: x', 'Content-Length: 05')],
  ['an empty length', head(FIRST, 'Host: x', 'Content-Length: ')],
  ['a body beyond the limit', head(FIRST, 'Host: x', 'Content-Length: 65537')],
  ['an upgrade', head('GET / HTTP/1.1', 'Host: x', 'Upgrade: websocket', 'Connection: Upgrade')],
  ['the end of the connection', head('GET / HTTP/1.1', 'Host: x', 'Connection: close')],
  ['the end of the connection among others', head('GET / HTTP/1.1', 'Host: x', 'Connection: keep-alive, close')],
  ['the end of the connection by its old name', head('GET / HTTP/1.1', 'Host: x', 'Proxy-Connection: close')],
  ['a wish to be asked for the body', head(FIRST, 'Host: x', 'Expect: 100-continue', 'Content-Length: 5')],
  ['trailers', head(FIRST, 'Host: x', 'Trailer: A')],
  ['a flood of fields', head(FIRST, 'Host: x', ...Array.from({ length: 60 }, (_, index) => `A${index}: b`))],
])('leaves %s to node:http', (_what, text) => {
  expect(readPlainHead(text)).toBeNull()
})
