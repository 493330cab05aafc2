import { type MockBroker, type MockBrokerOptions, startMockBroker } from '../server/index.ts'

/** A broker without delays whose prices stand still, EUR/USD at 1.08417 / 1.08423. */
export async function startQuietBroker(options: MockBrokerOptions = {}): Promise<MockBroker> {
  const broker = await startMockBroker({ delays: { acknowledgeMs: 0, confirmMs: 0 }, ...options })
  broker.pause()
  broker.injectTick('CS.D.EURUSD.CFD.IP', '1.08417', '1.08423')
  return broker
}
