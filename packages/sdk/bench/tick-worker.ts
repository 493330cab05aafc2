/** One peer reads ticks. Run by ticks.ts. Arguments: peer, port, mode, updates in all, updates per frame. */
import { say } from './pinned-process.ts'
import { PEERS } from './tick-peers.ts'

export interface TickFigures {
  readonly cpuUs: number
  readonly perSecond: number
  readonly heapBytes: number
  readonly rssMb: number
  readonly p50Us: number
  readonly p99Us: number
  /** Of all bids: the same for whoever read all of them. */
  readonly sum: number
}

const [name, port, mode, count, perFrame] = process.argv.slice(2)
const peer = PEERS.find(each => each.name === name)
if (peer === undefined) throw new Error(`expected a peer, but got ${name}; one of ${PEERS.map(each => each.name)}`)
const total = Number(count)
const warmUp = Math.min(total / 4, 50_000)
const delays: number[] = []
let seen = 0
let sum = 0
let startNs = 0n
let startCpu = process.cpuUsage()
let startHeap = 0
let peakRss = 0
const rss = setInterval(() => {
  peakRss = Math.max(peakRss, process.memoryUsage.rss())
}, 20)

function counted(updates: number): void {
  const before = seen
  seen += updates
  if (before < warmUp && seen >= warmUp) {
    startHeap = process.memoryUsage().heapUsed
    startCpu = process.cpuUsage()
    startNs = process.hrtime.bigint()
  }
  if (before < total && seen >= total) finish()
}

function finish(): void {
  const heap = process.memoryUsage().heapUsed - startHeap
  const wallUs = Number(process.hrtime.bigint() - startNs) / 1_000
  const { user, system } = process.cpuUsage(startCpu)
  const updates = seen - warmUp
  clearInterval(rss)
  const sorted = delays.slice(delays.length >> 3).sort((a, b) => a - b)
  const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? Number.NaN
  const figures: TickFigures = {
    cpuUs: (user + system) / updates,
    perSecond: (updates / wallUs) * 1e6,
    heapBytes: heap / updates,
    rssMb: Math.max(peakRss, process.memoryUsage.rss()) / 1e6,
    p50Us: at(0.5),
    p99Us: at(0.99),
    sum,
  }
  say(figures)
  process.exitCode = 0
  setTimeout(() => process.exit(), 50)
}

await peer.start(
  Number(port),
  (bid, _offer, stamp) => {
    sum += bid
    if (mode === 'pace' && seen > 0) {
      const now = Number((process.hrtime.bigint() / 1_000n) % 100_000_000n)
      delays.push(now >= stamp ? now - stamp : now - stamp + 1e8)
    }
    counted(1)
  },
  () => counted(seen === 0 ? 1 : Number(perFrame)),
)
// A peer that never gets there must not keep the others waiting.
setTimeout(() => process.exit(1), 90_000)
