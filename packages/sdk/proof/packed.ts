// What a stranger does with the packed SDK: deals once, on the packed broker, and ends by himself.
import assert from 'node:assert/strict'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { connectIg, Decimal, dealReference, epic, type Settlement } from '@scalpdesk/sdk'

await using broker = await startMockBroker({ seed: 7 })
await using ig = await connectIg({
  environment: new URL(broker.url),
  credentials: { apiKey: broker.apiKey, identifier: broker.username, password: broker.password },
})
const market = await ig.markets.get(epic('CS.D.EURUSD.CFD.IP'))
const order = { reference: dealReference('packed-1'), market, direction: 'BUY', size: new Decimal(1) } as const
const outcome: Settlement = await ig.settle(await ig.positions.open(order))
// @ts-expect-error an id is not a number: the types have come along
const wrong: number = ig.account.id
assert.equal(typeof wrong, 'string')
assert.equal(outcome.kind, 'accepted')
assert.equal(broker.orders().length, 1)
console.log('@scalpdesk/sdk: dealt once')
