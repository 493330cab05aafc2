import { dealReference } from '@scalpdesk/sdk'
import { manualClock } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { exposure } from '../../src/book/exposure.ts'
import { ACCOUNT } from '../../src/book/scope.ts'
import { type Desk, runDesk } from '../../src/desk-driver.ts'
import { contractsOf } from '../session/contracts.ts'
import { asBrokerPort } from './broker-port.ts'
import { EngineBroker } from './engine-broker.ts'
import { START_MS } from './exchange.ts'
import { EURUSD } from './simulated-markets.ts'

/** The driver that programs use, over the simulated broker. */
async function startDesk() {
  const clock = manualClock(START_MS)
  let desk: Desk | null = null
  const broker = new EngineBroker({
    clock,
    seed: 3,
    receivedAtMs: clock.monotonicMs,
    hearer: {
      quote: quote => desk?.tell({ kind: 'quote', quote }),
      trade: trade => desk?.tell({ kind: 'trade', trade, atMs: clock.monotonicMs() }),
      status: status => desk?.tell({ kind: 'stream', status, atMs: clock.monotonicMs() }),
      account: figures => desk?.tell({ kind: 'account', figures, atMs: clock.monotonicMs() }),
      heartbeat: brokerTimeMs => desk?.tell({ kind: 'heartbeat', brokerTimeMs, atMs: clock.monotonicMs() }),
    },
  })
  clock.advance(1)
  let names = 0
  const running = runDesk(
    { contracts: contractsOf(broker), accountCurrency: 'EUR' },
    {
      broker: asBrokerPort(broker, clock.monotonicMs),
      journal: { append() {} },
      clock,
      nextReference: () => dealReference(`R${++names}`),
    },
  )
  desk = running
  /** Promises are kept in between: an answer that came is heard before time goes on. */
  async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 10) {
      clock.advance(Math.min(10, left))
      await new Promise(setImmediate)
    }
  }
  broker.stream.connect()
  await pass(1_000)
  return { broker, clock, desk: running, pass }
}

it('carries the driver of the desk from an entry whose answer is lost to FLAT', async () => {
  const { broker, clock, desk, pass } = await startDesk()
  broker.faults.replies.push({ fault: { kind: 'lost' }, match: 'open' })
  broker.faults.confirms.push({ fault: { kind: 'lost' }, match: 'open' })
  desk.want({ kind: 'enter', epic: EURUSD, direction: 'BUY' }, clock.monotonicMs())
  await pass(4_000)
  expect(broker.exchange.positions.length).toBe(1)
  expect([...desk.state.orders.values()].map(({ stage }) => stage.kind)).toEqual(['done'])
  desk.want({ kind: 'flatten', scope: ACCOUNT }, clock.monotonicMs())
  await pass(5_000)
  expect([broker.exchange.positions, exposure(desk.state)]).toEqual([[], 'flat'])
  desk.stop()
})
