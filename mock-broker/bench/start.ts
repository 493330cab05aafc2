/**
 * How long a test waits for a mock broker, beside a bare node:http server that listens, and what an idle one holds in memory.
 *
 * `pnpm exec node mock-broker/bench/start.ts [--quick]`
 */
import { said, startPinned } from './pinned-process.ts'
import type { StartPeer, Starts } from './start-once.ts'
import { median, spread } from './statistics.ts'

const ROUNDS = process.argv.includes('--quick') ? 3 : 5
const GOAL_MS = 100

const results: Record<StartPeer, Starts[]> = { 'node:http': [], broker: [] }
for (let round = 0; round < ROUNDS; round++) {
  for (const peer of ['node:http', 'broker'] as const) {
    results[peer].push(await said<Starts>(startPinned('server', 'start-once.ts', [peer], ['--expose-gc'])))
  }
}
const first = (peer: StartPeer): number[] => results[peer].map(({ startMs }) => startMs[0] ?? Number.NaN)
const further = (peer: StartPeer): number[] => results[peer].map(({ startMs }) => median(startMs.slice(1)))
const cpu = (peer: StartPeer): number[] => results[peer].map(({ cpuMs }) => cpuMs)
for (const peer of ['node:http', 'broker'] as const) {
  console.log(
    `${peer}: first start ${spread(first(peer))} ms, further ones ${spread(further(peer))} ms; CPU of a start and a close ${spread(cpu(peer))} ms`,
  )
}
console.log(`broker: ${spread(results.broker.map(({ importMs }) => importMs))} ms to load it from source`)
console.log(`broker / node:http, further starts: ${spread(ratios(further('broker'), further('node:http')))}`)
console.log(`an idle broker holds ${spread(results.broker.map(({ heapMb }) => heapMb))} MB`)
const isMet = median(first('broker')) < GOAL_MS
console.log(`start: the first takes ${spread(first('broker'))} ms; goal < ${GOAL_MS}: ${isMet ? 'met' : 'MISSED'}`)
if (!isMet) process.exitCode = 1

function ratios(own: readonly number[], other: readonly number[]): number[] {
  return own.map((value, round) => value / (other[round] ?? Number.NaN))
}
