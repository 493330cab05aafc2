import { expect, it } from 'vitest'
import { streamServer } from './stream-server.ts'

it.each([
  ['https://api.example.com', 'http://push.example.com', 'https://push.example.com'],
  ['https://api.example.com', 'ws://push.example.com', 'https://push.example.com'],
  ['https://api.example.com', 'https://push.example.com', 'https://push.example.com'],
  ['https://api.example.com', 'push.example.com', 'push.example.com'],
  ['http://127.0.0.1:1', 'http://127.0.0.1:2', 'http://127.0.0.1:2'],
])('a session at %s streams from %s over %s: tokens never lose their TLS', (base, endpoint, server) => {
  expect(streamServer(new URL(base), endpoint)).toBe(server)
})
