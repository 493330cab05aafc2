/**
 * Order → confirmed: by the stream, against a raw socket that posts the order and asks for its confirm, on the same mock broker. Target O4.
 *
 * `pnpm exec node packages/sdk/bench/pushed-confirm.ts [--quick] [--rounds 4] [--blocks 40]`
 */
import { parseArgs } from 'node:util'
import type { MockAddress } from './mock-broker-process.ts'
import { runWorker, startServer } from './pinned-process.ts'
import { type PushedRound, WAYS } from './pushed-confirm-worker.ts'
import { noiseOf, spread, table } from './statistics.ts'
import { judge } from './target.ts'

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string' }, blocks: { type: 'string' } },
})
const ORDERS_PER_BLOCK = 50
const WARM_UP = 1_000
const rounds = Number(options.rounds ?? (options.quick ? 2 : 4))
const blocks = Number(options.blocks ?? (options.quick ? 10 : 40))

const seen: PushedRound[] = []
for (let round = 0; round < rounds; round += 1) {
  await using broker = await startServer<MockAddress>('./mock-broker-process.ts')
  const args = [JSON.stringify(broker.info), blocks, ORDERS_PER_BLOCK, WARM_UP]
  seen.push(await runWorker<PushedRound>('./pushed-confirm-worker.ts', args))
}
const ratios = (way: keyof PushedRound['ratios']): number[] => seen.map(round => round.ratios[way])
console.log(`order -> confirmed on the mock broker, ${rounds} rounds of ${blocks} x ${ORDERS_PER_BLOCK} orders`)
const floorUs = seen.map(round => round.floorUs)
const rows = Object.entries(WAYS).map(([way, title]) => [
  way === 'floor' ? `${title} (${spread(floorUs, 0)} us)` : title,
  way === 'floor' ? '1' : spread(ratios(way as keyof PushedRound['ratios'])),
])
console.log(table(['', 'p50 / floor'], rows))
const target = { id: 'O4', what: 'order -> confirmed by the stream / POST + GET', goal: 0.75 }
judge(target, ratios('pushed'), noiseOf(ratios('floor-again')))
