// Opens one position with its stop, finds out what became of it, closes it, and says what it brought.
import { startMockBroker } from '@scalpdesk/mock-broker'
import { type Accepted, connectIg, Decimal, dealReference, epic, explainReason, type Sent } from '@scalpdesk/sdk'

await using broker = await startMockBroker({ seed: 1 })
await using ig = await connectIg({
  environment: new URL(broker.url),
  credentials: { apiKey: broker.apiKey, identifier: broker.username, password: broker.password },
})
const market = await ig.markets.get(epic('CS.D.EURUSD.CFD.IP'))

// Where trades are listened to, a confirm is heard and need not be asked for: settling then takes no call of IG's allowance.
ig.stream.trades(() => {})

/** A broker's word on an order, or a reason why there is none. */
async function accepted(sent: Sent): Promise<Accepted> {
  const outcome = await ig.settle(sent)
  switch (outcome.kind) {
    case 'accepted':
      return outcome
    case 'rejected':
      throw new Error(`expected a deal, but IG said ${outcome.reason}: ${explainReason(outcome.reason)}`)
    case 'unsent':
      throw new Error(`expected to send the order, but nothing left: ${outcome.cause.message}`)
    case 'unknown':
      throw new Error('expected to hear of the order, but nobody told: look at the account, and do not send it again')
  }
}

const reference = dealReference(`EXAMPLE-${Date.now()}`)
const stop = { distancePoints: new Decimal(20) }
const opened = await accepted(
  await ig.positions.open({ reference, market, direction: 'BUY', size: new Decimal(1), stop }),
)
const confirm = opened.confirm?.outcome
const stopLevel = confirm?.kind === 'accepted' ? confirm.stopLevel : null
console.log(`bought 1 ${market.name} at ${opened.level}, stop ${stopLevel}`)

const [dealId] = opened.dealIds
if (dealId === undefined) throw new Error('expected the deal to be named; positions.list() has it')
const closed = await accepted(await ig.positions.close({ dealId, direction: 'SELL', size: new Decimal(1) }))
const end = closed.confirm?.outcome
if (end?.kind === 'accepted') console.log(`closed at ${end.level}: ${end.profit} ${end.profitCurrency}`)
console.log(`open positions: ${(await ig.positions.list()).length}`)
