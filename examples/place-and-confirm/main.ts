// Opens one position with its stop, waits for the broker's word on it, closes it, and says what it brought.
import { startMockBroker } from '@scalpdesk/mock-broker'
import { type Confirm, connectIg, type DealReference, Decimal, dealReference, epic } from '@scalpdesk/sdk'

await using broker = await startMockBroker({ seed: 1 })
await using ig = await connectIg({
  environment: new URL(broker.url),
  credentials: { apiKey: broker.apiKey, identifier: broker.username, password: broker.password },
})
const market = await ig.markets.get(epic('CS.D.EURUSD.CFD.IP'))

// Listen before sending: the streamed confirm is usually the first to come.
const confirms = new Map<DealReference, Confirm>()
let wake = () => {}
ig.stream.trades(event => {
  if (event.kind !== 'confirm') return
  confirms.set(event.confirm.reference, event.confirm)
  wake()
})
async function confirmOf(reference: DealReference): Promise<Confirm> {
  for (;;) {
    const confirm = confirms.get(reference)
    if (confirm) return confirm
    await new Promise<void>(resolve => {
      wake = resolve
    })
  }
}

const reference = dealReference(`EXAMPLE-${Date.now()}`)
const stop = { distancePoints: new Decimal(20) }
const sent = await ig.positions.open({ reference, market, direction: 'BUY', size: new Decimal(1), stop })
// 'unknown' would mean: perhaps dealt. Then ask confirms and positions; never send it again.
if (sent.kind !== 'acknowledged') throw new Error(`expected the order to be taken, but it is ${sent.kind}`)
const opened = await confirmOf(reference)
if (opened.outcome.kind === 'rejected') throw new Error(`expected a deal, but IG said ${opened.outcome.reason}`)
console.log(`bought 1 ${market.name} at ${opened.outcome.level}, stop ${opened.outcome.stopLevel}`)

const left = await ig.positions.close({ dealId: opened.dealId, direction: 'SELL', size: new Decimal(1) })
if (left.kind !== 'acknowledged') throw new Error(`expected the close to be taken, but it is ${left.kind}`)
const closed = await confirmOf(left.reference)
if (closed.outcome.kind === 'rejected') throw new Error(`expected the close, but IG said ${closed.outcome.reason}`)
console.log(`closed at ${closed.outcome.level}: ${closed.outcome.profit} ${closed.outcome.profitCurrency}`)
console.log(`open positions: ${(await ig.positions.list()).length}`)
