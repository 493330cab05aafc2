/**
 * Orders a second over REST: the mock broker - routes, sessions, validation, engine and all - beside bare node:http that parses
 * and answers the same JSON, and json-server.
 *
 * `pnpm exec node mock-broker/bench/rest.ts [--quick]`
 */
import { said, startPinned, stop } from './pinned-process.ts'
import type { RestLoad } from './rest-load.ts'
import type { RestAddress, RestPeer } from './rest-server.ts'
import { judge, median, spread } from './statistics.ts'

const PEERS = ['node:http', 'json-server', 'broker'] as const satisfies readonly RestPeer[]
const CONNECTIONS = 32
const isQuick = process.argv.includes('--quick')
const ROUNDS = isQuick ? 1 : 5

const rates: Record<RestPeer, number[]> = { 'node:http': [], 'json-server': [], broker: [] }
for (let round = 0; round < ROUNDS; round++) {
  for (const peer of PEERS) rates[peer].push(await measure(peer))
}
console.log(`POST of an order on ${CONNECTIONS} connections, ${ROUNDS} rounds`)
for (const peer of PEERS) console.log(`${peer}: ${spread(rates[peer], 0)} requests/s`)
const ratio = (peer: RestPeer): readonly number[] =>
  rates.broker.map((rate, round) => rate / (rates[peer][round] ?? Number.NaN))
judge('M2', 'times the rate of bare node:http', 0.85, ratio('node:http'))
judge('M2', 'times the rate of json-server', 10, ratio('json-server'))
if (!(median(rates.broker) > 0)) process.exitCode = 1

async function measure(peer: RestPeer): Promise<number> {
  const server = startPinned('server', 'rest-server.ts', [peer])
  const address = await said<RestAddress>(server)
  const load = startPinned('client', 'rest-load.ts', [
    JSON.stringify(address),
    String(CONNECTIONS),
    isQuick ? '1000' : '3000',
  ])
  const { perSecond, failed } = await said<RestLoad>(load)
  if (failed > 0) throw new Error(`expected only answers of success from ${peer}, but ${failed} were none`)
  await stop(server)
  return perSecond
}
