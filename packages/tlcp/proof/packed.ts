// What a stranger does with the packed client: says where a server is, and is told that none is there.
import assert from 'node:assert/strict'
import { dialWebSocket, openTlcp, systemClock, systemRandom } from '@scalpdesk/tlcp'

const waiting = Promise.withResolvers<void>()
await using client = openTlcp({
  // The port of nobody: TCP port 1 of this machine.
  server: 'http://127.0.0.1:1',
  clock: systemClock,
  random: systemRandom,
  dial: dialWebSocket,
})
client.onStatus(status => {
  if (status.kind === 'waiting') waiting.resolve()
})
// @ts-expect-error a status is not a text: the types have come along
const wrong: string = client.status
assert.equal(typeof wrong, 'object')
await waiting.promise
console.log('@scalpdesk/tlcp: waits for its server')
