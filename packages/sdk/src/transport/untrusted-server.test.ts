import type { AddressInfo, Server } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { dialWebSocket, httpDial, openTlcp, systemClock, systemRandom } from '@scalpdesk/tlcp'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectIg } from '../connect-ig.ts'
import { LOCAL_CERTIFICATE, LOCAL_KEY } from '../testing/local-certificate.ts'

/** A server whose certificate nobody vouches for; what it gets to read once it has shown it. Orders: `order-lane-tls.test.ts`. */
let server: Server
let read: string[]
beforeEach(async () => {
  read = []
  server = createTlsServer({ key: LOCAL_KEY, cert: LOCAL_CERTIFICATE }, secure => {
    secure.on('data', chunk => read.push(String(chunk)))
    secure.on('error', () => {})
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => new Promise(resolve => server.close(resolve)))

const origin = () => `https://127.0.0.1:${(server.address() as AddressInfo).port}`

it('no login is sent to a server whose certificate is not trusted', async () => {
  const credentials = { apiKey: 'a-key', identifier: 'a-user', password: 'a-password' }
  await expect(connectIg({ environment: new URL(`${origin()}/gateway/deal`), credentials })).rejects.toThrow(
    /certificate/,
  )
  expect(read).toEqual([])
})

it.each(['websocket', 'http'] as const)(
  'no token is sent over %s to a stream whose certificate is not trusted',
  async transport => {
    const failed = Promise.withResolvers<void>()
    await using client = openTlcp({
      server: origin(),
      credentials: async () => ({ user: 'a-user', password: 'CST-a-token' }),
      clock: systemClock,
      random: systemRandom,
      dial: dialWebSocket,
      dialHttp: httpDial(),
      transport,
    })
    client.onStatus(status => {
      if (status.kind === 'waiting') failed.resolve()
    })
    await failed.promise
    expect(read).toEqual([])
  },
)
