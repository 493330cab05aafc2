import { manualClock, waitFor } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { call, OPEN, ORDER, signIn } from '../testing/rest-client.ts'
import { openSession, PRICE, TRADE } from '../testing/stream-client.ts'
import { startMockBroker } from './index.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const DAX = 'IX.D.DAX.IFD.IP'

/** Everything that a client reads in a morning, byte for byte: answers with their headers, and the stream. */
async function morning(seed: number): Promise<readonly string[]> {
  const clock = manualClock(Date.UTC(2026, 0, 7, 9))
  await using broker = await startMockBroker({
    clock,
    seed,
    delays: { acknowledgeMs: 0, confirmMs: 40 },
    conditions: { requoteChance: 0.2, slippageChance: 0.5, mostSlippagePoints: 2, partialFillChance: 0.2 },
    faults: [{ fault: 'errorWithNullCode', match: '/accounts', when: { probability: 0.5 } }],
  })
  const log: string[] = []
  const client = await signIn(broker)
  log.push(JSON.stringify(client.tokens))
  const ask = async (method: string, path: string, version: number, body?: object): Promise<void> => {
    const headers = { ...client.tokens, Version: String(version) }
    const answer = await call(broker, method, path, headers, body && JSON.stringify(body))
    const heads = [...answer.headers].filter(([name]) => name !== 'date')
    log.push(`${method} ${path} ${answer.status} ${JSON.stringify([heads, answer.body]).replaceAll(broker.stream, '')}`)
  }
  const { stream } = await openSession(broker, client)
  stream.send('control', `LS_reqId=1&LS_subId=1&${TRADE}`)
  stream.send('control', `LS_reqId=2&LS_subId=2&${PRICE}&LS_schema=BIDPRICE1%20ASKPRICE1%20TIMESTAMP`)
  await stream.line(/^U,2,/)

  for (let turn = 0; turn < 10; turn++) {
    const direction = turn % 3 === 0 ? 'SELL' : 'BUY'
    await ask('POST', '/positions/otc', 2, { ...OPEN, direction, size: turn + 1, stopDistance: 15 })
    await ask('POST', '/workingorders/otc', 2, { ...ORDER, size: 1 })
    clock.advance(40)
    await ask('GET', '/positions', 2)
    await ask('GET', '/accounts', 1)
    clock.advance(1700)
    await ask('GET', `/markets/${DAX}`, 3)
  }
  await ask('GET', `/prices/${EURUSD}?resolution=SECOND&max=20`, 3)
  await ask('GET', '/history/activity?from=2025-12-01&detailed=true', 3)
  await ask('GET', '/history/transactions?from=2025-12-01T00:00:00', 2)
  await ask('GET', '/clientsentiment?marketIds=EURUSD,DE30', 1)
  // A deal that is told last: everything before it has come then.
  await ask('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'the-last', size: 0 })
  await ask('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'the-last', size: 1 })
  clock.advance(40)
  await waitFor('the last confirm', () => stream.lines.some(line => line.includes('the-last')))
  log.push(...stream.lines.map(line => line.replaceAll(new URL(broker.stream).host, '')))
  return log
}

it('gives two clients that ask the same of two brokers of one seed the same bytes, and of another seed others', async () => {
  const first = await morning(3)
  expect(first.length).toBeGreaterThan(80)
  expect(await morning(3)).toEqual(first)
  expect(await morning(4)).not.toEqual(first)
})
