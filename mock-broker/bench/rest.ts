/**
 * Orders a second over REST: the mock broker - routes, sessions, validation, engine and all - beside bare node:http that parses
 * and answers the same JSON, and json-server. A bare socket shows what could be had at most.
 *
 * `pnpm exec node mock-broker/bench/rest.ts [--quick]`
 */
import { said, startPinned, stop } from './pinned-process.ts'
import type { RestLoad } from './rest-load.ts'
import type { RestAddress, RestCost, RestPeer } from './rest-server.ts'
import { judge, median, spread } from './statistics.ts'

interface Measured {
  readonly perSecond: number
  /** Of the server, for one request: steadier than the rate when the machine has other work. */
  readonly cpuUs: number
}

const PEERS = ['socket', 'node:http', 'json-server', 'broker'] as const satisfies readonly RestPeer[]
const CONNECTIONS = 32
/** Measured in each round, after half as many to warm up. */
const ANSWERS: Readonly<Record<RestPeer, number>> = {
  socket: 40_000,
  'node:http': 40_000,
  'json-server': 2000,
  broker: 40_000,
}
const isQuick = process.argv.includes('--quick')
const ROUNDS = isQuick ? 3 : 5

const results: Record<RestPeer, Measured[]> = { socket: [], 'node:http': [], 'json-server': [], broker: [] }
for (let round = 0; round < ROUNDS; round++) {
  for (const peer of PEERS) results[peer].push(await measure(peer))
}
console.log(`POST of an order on ${CONNECTIONS} connections, ${ROUNDS} rounds`)
for (const peer of PEERS) {
  const rates = results[peer].map(({ perSecond }) => perSecond)
  const costs = results[peer].map(({ cpuUs }) => cpuUs)
  console.log(`${peer}: ${spread(rates, 0)} requests/s, ${spread(costs, 1)} us of CPU for one`)
}
const times = (peer: RestPeer, figure: (each: Measured) => number): readonly number[] =>
  results.broker.map((own, round) => figure(own) / figure(results[peer][round] ?? own))
const rate = ({ perSecond }: Measured): number => perSecond
console.log(`broker / node:http, CPU for one request: ${spread(times('node:http', ({ cpuUs }) => cpuUs))}`)
console.log(`broker / socket, rate: ${spread(times('socket', rate))}`)
judge('M2', 'times the rate of bare node:http', 0.85, times('node:http', rate))
judge('M2', 'times the rate of json-server', 10, times('json-server', rate))
if (!(median(results.broker.map(rate)) > 0)) process.exitCode = 1

async function measure(peer: RestPeer): Promise<Measured> {
  const server = startPinned('server', 'rest-server.ts', [peer])
  const address = await said<RestAddress>(server)
  const cost = (): Promise<RestCost> => {
    const answer = said<RestCost>(server)
    server.send('cost')
    return answer
  }
  const load = startPinned('client', 'rest-load.ts', [
    JSON.stringify(address),
    String(CONNECTIONS),
    String(isQuick ? ANSWERS[peer] / 10 : ANSWERS[peer]),
  ])
  await said<string>(load)
  await cost()
  const { perSecond, answered, failed, references } = await said<RestLoad>(load)
  const { cpuMs } = await cost()
  if (failed > 0) throw new Error(`expected only answers of success from ${peer}, but ${failed} were none`)
  if (peer === 'broker') await expectDeals(address, references)
  await stop(server)
  return { perSecond, cpuUs: (cpuMs * 1000) / answered }
}

/** A broker that refuses is quicker than one that deals. */
async function expectDeals({ port, headers }: RestAddress, references: readonly string[]): Promise<void> {
  const statuses = await Promise.all(
    references.map(async reference => {
      const path = `http://127.0.0.1:${port}/gateway/deal/confirms/${reference}`
      const confirm = (await (await fetch(path, { headers: { ...headers, Version: '1' } })).json()) as {
        dealStatus?: string
      }
      return confirm.dealStatus
    }),
  )
  if (statuses.length > 0 && statuses.every(status => status === 'ACCEPTED')) return
  throw new Error(`expected every order to be dealt, but the last had the outcomes ${statuses.join(', ')}`)
}
