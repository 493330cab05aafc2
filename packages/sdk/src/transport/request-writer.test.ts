import { expect, it } from 'vitest'
import { InvalidInputError } from '../errors.ts'
import { RequestWriter } from './request-writer.ts'
import type { HttpRequest } from './transport.ts'

const writer = new RequestWriter(new URL('https://demo-api.ig.com/gateway/deal'))
const OWN = 'HTTP/1.1\r\nHost: demo-api.ig.com\r\nConnection: keep-alive\r\nAccept-Encoding: identity\r\n'
const request: HttpRequest = { method: 'POST', path: '/a?b=%20', headers: { CST: 'x', _method: 'DELETE' }, body: '{}' }

it('writes one whole request', () => {
  const text = `POST /a?b=%20 ${OWN}CST: x\r\n_method: DELETE\r\nContent-Length: 2\r\n\r\n{}`
  expect(writer.write(request)).toBe(text)
  expect(writer.write(request)).toBe(text)
})

it('counts and writes a body in bytes', () => {
  const bytes = Buffer.from(writer.write({ ...request, body: '"€"' }), 'latin1').toString()
  expect(bytes.slice(bytes.indexOf('Content-Length'))).toBe('Content-Length: 5\r\n\r\n"€"')
})

it.each<readonly [HttpRequest['method'], string]>([
  ['GET', ''],
  ['DELETE', ''],
  ['POST', 'Content-Length: 0\r\n'],
  ['PUT', 'Content-Length: 0\r\n'],
])('says of a %s without a body what has to be said', (method, length) => {
  expect(writer.write({ method, path: '/', headers: {} })).toBe(`${method} / ${OWN}${length}\r\n`)
})

it.each<readonly [string, Partial<HttpRequest>]>([
  ['a line break in a header', { headers: { CST: 'canary\r\nX: y' } }],
  ['a letter beyond ASCII in a header', { headers: { CST: 'canary€' } }],
  ['a blank in the name of a header', { headers: { 'CST canary': 'x' } }],
  ['a length of its own', { headers: { 'content-length': '99' } }],
  ['a host of its own', { headers: { Host: 'canary' } }],
  ['a line break in the path', { path: '/canary\r\nX: y' }],
  ['a blank in the path', { path: '/canary x' }],
  ['another host as the path', { path: '//canary/x' }],
  ['a path that climbs', { path: '/positions/otc/..' }],
  ['a path that climbs in the middle', { path: '/positions/../canary' }],
  ['a fragment', { path: '/x#canary' }],
  ['no path', { path: '' }],
  ['another method', { method: JSON.parse('"TRACE"') }],
])('refuses %s, and shows none of it', (_title, part) => {
  const write = (): string => writer.write({ ...request, ...part })
  expect(write).toThrow(InvalidInputError)
  expect(write).toThrow(/^expected (?!.*canary)/)
})
