// The stream is cut in the middle of everything. The client comes back by itself; what it missed, only the broker's lists can tell.
import { startMockBroker } from '@scalpdesk/mock-broker'
import { connectIg, epic, type StreamStatus } from '@scalpdesk/sdk'

await using broker = await startMockBroker({ seed: 1 })
await using ig = await connectIg({
  environment: new URL(broker.url),
  credentials: { apiKey: broker.apiKey, identifier: broker.username, password: broker.password },
})
const market = await ig.markets.get(epic('CS.D.EURUSD.CFD.IP'))

let quotes = 0
let wanted = { count: 3, enough: Promise.withResolvers<void>() }
ig.stream.prices([market], ({ gap }) => {
  // A gap is told as a quote without a price: until the next one, nobody knows what the market does.
  if (gap === null && ++quotes === wanted.count) wanted.enough.resolve()
})
const back = Promise.withResolvers<StreamStatus>()
let isCut = false
ig.stream.onStatus(status => {
  console.log(`stream: ${status.kind}`)
  // `recovered`: nothing was missed. `replaced`: a new session, ask for what is open before you trust anything.
  if (status.kind === 'live' && isCut) back.resolve(status)
})
await wanted.enough.promise

console.log('cutting every socket of the stream')
wanted = { count: quotes + 3, enough: Promise.withResolvers<void>() }
isCut = true
broker.faults.dropStream()
const status = await back.promise
await wanted.enough.promise

console.log(`prices again, continuity: ${status.kind === 'live' ? status.continuity : 'none'}`)
console.log(`open positions: ${(await ig.positions.list()).length}`)
