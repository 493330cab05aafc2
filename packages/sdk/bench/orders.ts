/**
 * POST an order, GET its confirm: this package beside the raw-socket floor, HTTP clients and ig-trading-api, on one broker of the least kind.
 * Targets O1, O2, O3 and O5.
 *
 * `pnpm exec node packages/sdk/bench/orders.ts [--quick] [--tls] [--rounds 4] [--blocks 40] [--only floor-again,ours]`
 */
import { parseArgs } from 'node:util'
import { type ClientName, TITLES } from './order-client.ts'
import { type HeapResult, UNCOLLECTED } from './order-heap-worker.ts'
import type { OrderRound } from './order-worker.ts'
import { runWorker, startServer } from './pinned-process.ts'
import { median, noiseOf, quantile, spread, table } from './statistics.ts'
import { judge } from './target.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    tls: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    blocks: { type: 'string' },
    only: { type: 'string' },
  },
})
const ORDERS_PER_BLOCK = 50
const rounds = Number(options.rounds ?? (options.quick ? 2 : 4))
/** Fewer have no p99.9 to speak of. */
const TAIL_ORDERS = 8_000
/** Of the short form: what stands beside needs no tail, and nothing has one over TLS. */
const SHORT_BLOCKS = 10
// The tail of O5 needs its orders also in the short form.
const blocks = Number(
  options.blocks ?? (options.quick ? (options.tls ? SHORT_BLOCKS : TAIL_ORDERS / rounds / ORDERS_PER_BLOCK) : 40),
)
const hasTail = (name: ClientName): boolean => !options.quick || name === 'ours' || name === 'floor-again'
const blocksOf = (name: ClientName): number => (hasTail(name) ? blocks : Math.min(blocks, SHORT_BLOCKS))
/** After 1,000 the code of an order was still being compiled: the heap that one takes was 6 % more (measured). */
const WARM_UP = 2_500
const protocol = options.tls ? 'https' : 'http'
const all = Object.keys(TITLES).filter(name => name !== 'floor') as ClientName[]
const names = options.only === undefined ? all : all.filter(name => options.only?.split(',').includes(name))

interface Measured {
  readonly rounds: OrderRound[]
  heapBytes: number
}

await using broker = await startServer<{ readonly port: number }>('./broker.ts', [protocol])
const measured = new Map<ClientName, Measured>(names.map(name => [name, { rounds: [], heapBytes: Number.NaN }]))
for (let round = 0; round < rounds; round += 1) {
  for (const [name, { rounds: done }] of measured) {
    const args = [name, broker.info.port, protocol, blocksOf(name), ORDERS_PER_BLOCK, WARM_UP]
    done.push(await runWorker<OrderRound>('./order-worker.ts', args))
  }
}
for (const [name, result] of measured) {
  const args = [name, broker.info.port, protocol, WARM_UP]
  result.heapBytes = (await runWorker<HeapResult>('./order-heap-worker.ts', args, UNCOLLECTED)).bytesPerOrder
}
report()

function report(): void {
  const short = all.every(hasTail) || blocks <= SHORT_BLOCKS ? '' : `, of peers ${SHORT_BLOCKS} x ${ORDERS_PER_BLOCK},`
  const size = `${rounds} rounds of ${blocks} x ${ORDERS_PER_BLOCK} orders${short} after ${WARM_UP}`
  console.log(
    `order + confirm over ${protocol}, ${size}, each beside the floor in one process; median (lowest-highest)`,
  )
  const heading = ['', 'p50 us', 'p50 / floor', 'p99.9 / floor', 'CPU us', 'CPU / floor', 'heap B', 'first order us']
  const rows = [...measured].map(([name, { rounds: done, heapBytes }]) => [
    TITLES[name],
    spread(
      done.map(round => median(round.clientUs)),
      0,
    ),
    spread(done.map(round => round.p50Ratio)),
    done.flatMap(({ clientUs }) => clientUs).length < TAIL_ORDERS ? '-' : tailRatio(done).toFixed(2),
    spread(
      done.map(round => round.clientCpuUs),
      0,
    ),
    spread(done.map(round => round.cpuRatio)),
    heapBytes.toFixed(0),
    spread(
      done.map(round => round.firstUs),
      0,
    ),
  ])
  console.log(table(heading, rows))
  verdicts()
}

function verdicts(): void {
  const ours = measured.get('ours')
  if (ours === undefined) return
  const floor = measured.get('floor-again')
  const noise = floor === undefined ? 1 : noiseOf(floor.rounds.map(round => round.p50Ratio))
  const cpuNoise = floor === undefined ? 1 : noiseOf(floor.rounds.map(round => round.cpuRatio))
  const tailNoise = floor === undefined ? 1 : noiseOf([tailRatio(floor.rounds)])
  judge(
    { id: 'O1', what: 'order + confirm, p50 / floor', goal: 1.5, stretch: 1.25 },
    ours.rounds.map(round => round.p50Ratio),
    noise,
  )
  const peer = measured.get('ig-trading-api')
  if (peer !== undefined) {
    const beside = (of: (round: OrderRound) => number): number[] =>
      ours.rounds.map((round, index) => of(round) / of(peer.rounds[index]!))
    judge(
      { id: 'O2', what: 'p50 / ig-trading-api', goal: 0.45 },
      beside(round => round.p50Ratio),
      noise,
    )
    judge(
      { id: 'O2', what: 'CPU / ig-trading-api', goal: 0.33 },
      beside(round => round.cpuRatio),
      cpuNoise,
    )
  }
  judge({ id: 'O3', what: 'heap bytes an order', goal: 22_000, stretch: 9_000, decimals: 0 }, [ours.heapBytes])
  const orders = rounds * blocks * ORDERS_PER_BLOCK
  if (orders < TAIL_ORDERS) console.log(`O5 p99.9 / floor: not judged, ${orders} orders are fewer than ${TAIL_ORDERS}`)
  else judge({ id: 'O5', what: 'p99.9 / floor', goal: 3 }, [tailRatio(ours.rounds)], tailNoise)
}

/** Of all orders of all rounds together: the tail of one round is two orders. */
function tailRatio(done: readonly OrderRound[]): number {
  const tail = (us: readonly number[]): number => quantile(us, 0.999)
  return tail(done.flatMap(round => round.clientUs)) / tail(done.flatMap(round => round.floorUs))
}
