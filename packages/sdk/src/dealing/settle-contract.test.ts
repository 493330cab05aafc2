import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { Decimal } from 'decimal.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectIg } from '../connect-ig.ts'
import { dealReference, epic } from '../ids.ts'
import type { Ig } from '../ig.ts'

// Over real sockets, against the mock broker.

const EURUSD = epic('CS.D.EURUSD.CFD.IP')
const size = new Decimal(1)

let broker: MockBroker
let ig: Ig

beforeEach(async () => {
  broker = await startMockBroker()
  ig = await connectIg({
    environment: new URL(broker.url),
    credentials: { apiKey: broker.apiKey, identifier: broker.username, password: broker.password },
  })
})

afterEach(async () => {
  await ig.close()
  await broker.close()
})

it('an open whose answer was lost is settled, and was sent once', async () => {
  const market = await ig.markets.get(EURUSD)
  broker.faults.loseNextReply('open')
  const sent = await ig.positions.open({ reference: dealReference('lost-1'), market, direction: 'BUY', size })
  expect(sent.kind).toBe('unknown')
  const settlement = await ig.settle(sent)
  expect(settlement).toMatchObject({ kind: 'accepted', reference: 'lost-1', request: { kind: 'open', size: '1' } })
  // As another process would, from its journal.
  expect(await ig.settle(JSON.parse(JSON.stringify(sent.request)))).toMatchObject({ kind: 'accepted' })
  expect(broker.orders()).toHaveLength(1)
  if (settlement.kind !== 'accepted') return
  const [deal] = settlement.dealIds
  if (deal === undefined) throw new Error('expected the deal')
  const closed = await ig.settle(await ig.positions.close({ dealId: deal, direction: 'SELL', size }))
  expect(closed).toMatchObject({ kind: 'accepted', evidence: 'confirm', dealIds: [deal] })
})

it('a rejected deal is told with its reason', async () => {
  const market = await ig.markets.get(EURUSD)
  broker.faults.closeMarket(EURUSD)
  const sent = await ig.positions.open({ reference: dealReference('closed-1'), market, direction: 'BUY', size })
  expect(await ig.settle(sent)).toMatchObject({
    kind: 'rejected',
    stage: 'dealing',
    confirm: { reference: 'closed-1' },
  })
})
