// What a stranger does with the packed broker: starts it, signs in with nothing but fetch, and runs the engine alone.
import assert from 'node:assert/strict'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { markets, reasons } from '@scalpdesk/mock-broker/engine'

await using broker = await startMockBroker({ seed: 7 })
const answer = await fetch(`${broker.url}/session`, {
  method: 'POST',
  headers: { 'X-IG-API-KEY': broker.apiKey, Version: '2' },
  body: JSON.stringify({ identifier: broker.username, password: broker.password }),
})
assert.equal(answer.status, 200)
assert.equal(broker.orders().length, 0)
// @ts-expect-error an address is not a number: the types have come along
const wrong: number = broker.url
assert.equal(typeof wrong, 'string')
assert.ok(markets.length > 0 && reasons.length > 0)
console.log('@scalpdesk/mock-broker: serves')
