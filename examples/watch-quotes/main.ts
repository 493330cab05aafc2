// Watches a market until twenty quotes have come, and says how the spread behaved.
import { startMockBroker } from '@scalpdesk/mock-broker'
import { connectIg, Decimal, epic, type Quote } from '@scalpdesk/sdk'

await using broker = await startMockBroker({ seed: 1 })
await using ig = await connectIg({
  environment: new URL(broker.url), // 'demo' for IG's demo, with its own key and login
  credentials: { apiKey: broker.apiKey, identifier: broker.username, password: broker.password },
})
const market = await ig.markets.get(epic('CS.D.EURUSD.CFD.IP'))

const spreads: Decimal[] = []
const enough = Promise.withResolvers<void>()
ig.stream.prices([market], (quote: Quote) => {
  // A side may be missing, and a feed may cross: neither is a price to act on.
  if (!quote.bid || !quote.offer || quote.offer.lt(quote.bid)) return
  const points = quote.offer.minus(quote.bid).times(market.pointsPerUnit)
  spreads.push(points)
  console.log(
    `${market.name}  bid ${quote.bid.toFixed(market.decimals)}  offer ${quote.offer.toFixed(market.decimals)}  spread ${points}`,
  )
  if (spreads.length === 20) enough.resolve()
})
await enough.promise
console.log(`20 quotes, spread from ${Decimal.min(...spreads)} to ${Decimal.max(...spreads)} points`)
