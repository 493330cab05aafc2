import { expect, it } from 'vitest'
import { linkedUrl, socketUrl } from './address.ts'

it.each([
  ['https://push.example.com', 'wss://push.example.com/lightstreamer'],
  ['https://push.example.com/', 'wss://push.example.com/lightstreamer'],
  ['https://push.example.com/lightstreamer', 'wss://push.example.com/lightstreamer'],
  ['https://push.example.com/lightstreamer/', 'wss://push.example.com/lightstreamer'],
  ['push.example.com', 'wss://push.example.com/lightstreamer'],
  ['http://127.0.0.1:8080', 'ws://127.0.0.1:8080/lightstreamer'],
  ['wss://push.example.com/prefix', 'wss://push.example.com/prefix/lightstreamer'],
])('connects to %s at %s', (server, url) => {
  expect(socketUrl(server)).toBe(url)
})

it.each([
  ['*, so the same', null, 'wss://push.example.com/lightstreamer'],
  ['a host', 'push2.example.com', 'wss://push2.example.com/lightstreamer'],
  ['a host with a port', 'push2.example.com:444', 'wss://push2.example.com:444/lightstreamer'],
  ['a host with a path', 'push2.example.com/x', 'wss://push2.example.com/x/lightstreamer'],
  [
    'a URL, whose plain scheme does not take TLS away',
    'http://push2.example.com:81',
    'wss://push2.example.com:81/lightstreamer',
  ],
  ['nonsense, so the same', 'a b', 'wss://push.example.com/lightstreamer'],
])('follows a control link: %s', (_title, link, url) => {
  expect(linkedUrl('wss://push.example.com/lightstreamer', link)).toBe(url)
})

it('keeps the port in use for a bare host', () => {
  expect(linkedUrl('ws://127.0.0.1:8080/lightstreamer', 'localhost')).toBe('ws://localhost:8080/lightstreamer')
})
