// Posts to a web address of yours when a price leaves its range: no messenger, no account with one. Here a server of its own takes the posts.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { connectIg, Decimal, epic } from '@scalpdesk/sdk'

const taken = Promise.withResolvers<string>()
const server = createServer(async (request, response) => {
  let body = ''
  for await (const part of request.setEncoding('utf8')) body += part
  response.end()
  taken.resolve(body)
}).listen(0, '127.0.0.1')
await new Promise(resolve => server.once('listening', resolve))
const webhook = process.env.WEBHOOK_URL ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}/alert`

await using broker = await startMockBroker({ seed: 1, synthetic: 'still' })
await using ig = await connectIg({
  environment: new URL(broker.url),
  credentials: { apiKey: broker.apiKey, identifier: broker.username, password: broker.password },
})
const market = await ig.markets.get(epic('CS.D.EURUSD.CFD.IP'))
const range = { above: new Decimal('1.0900'), below: new Decimal('1.0800') }

let isOutside = false
ig.stream.prices([market], ({ bid }) => {
  if (!bid) return
  const wasOutside = isOutside
  isOutside = bid.gt(range.above) || bid.lt(range.below)
  // Once when it leaves, not with every price that is still outside. A post that fails must not stop the watch.
  if (isOutside && !wasOutside)
    post({ market: market.name, bid: bid.toFixed(), text: `${market.name} is at ${bid}` }).catch(error =>
      console.log(`not told: ${error.message}`),
    )
})

async function post(alert: object): Promise<void> {
  const answer = await fetch(webhook, {
    method: 'POST',
    body: JSON.stringify(alert),
    signal: AbortSignal.timeout(5_000),
  })
  if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`)
}

// What a market does by itself some day, the mock broker does now.
broker.injectTick(market.epic, '1.09120', '1.09126')
console.log(`the webhook got ${await taken.promise}`)
server.close()
