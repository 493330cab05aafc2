/** Gets each tick: bid and offer as units of 10^-5, and the time of sending in microseconds (in `pace`). */
export type OnTick = (bid: number, offer: number, stamp: number) => void

/** Somebody who reads ticks. */
export interface TickPeer {
  readonly name: string
  /** A frame is told where nobody looks into it. */
  readonly start: (port: number, onTick: OnTick, onFrame: () => void) => void | Promise<void>
}

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

export interface TickReading {
  readonly port: number
  readonly mode: string
  /** In all; a quarter of them, and at most 50 000, warm up. */
  readonly updates: number
  readonly perFrame: number
}

/** What a peer was asked to read is given up after this long: it must not keep the others waiting. */
const PATIENCE_MS = 90_000

/** Has a peer read ticks to their end, in a process of its own. @throws when it does not get there. */
export async function readTicks(peer: TickPeer, { port, mode, updates, perFrame }: TickReading): Promise<TickFigures> {
  const warmUp = Math.min(updates / 4, 50_000)
  const delays: number[] = []
  const end = Promise.withResolvers<TickFigures>()
  let seen = 0
  let sum = 0
  let startNs = 0n
  let startCpu = process.cpuUsage()
  let startHeap = 0
  let peakRss = 0
  const rss = setInterval(() => {
    peakRss = Math.max(peakRss, process.memoryUsage.rss())
  }, 20)

  function counted(count: number): void {
    const before = seen
    seen += count
    if (before < warmUp && seen >= warmUp) {
      startHeap = process.memoryUsage().heapUsed
      startCpu = process.cpuUsage()
      startNs = process.hrtime.bigint()
    }
    if (before < updates && seen >= updates) end.resolve(figures())
  }

  function figures(): TickFigures {
    const heap = process.memoryUsage().heapUsed - startHeap
    const wallUs = Number(process.hrtime.bigint() - startNs) / 1_000
    const { user, system } = process.cpuUsage(startCpu)
    const measured = seen - warmUp
    const sorted = delays.slice(delays.length >> 3).sort((a, b) => a - b)
    const at = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? Number.NaN
    return {
      cpuUs: (user + system) / measured,
      perSecond: (measured / wallUs) * 1e6,
      heapBytes: heap / measured,
      rssMb: Math.max(peakRss, process.memoryUsage.rss()) / 1e6,
      p50Us: at(0.5),
      p99Us: at(0.99),
      sum,
    }
  }

  await peer.start(
    port,
    (bid, _offer, stamp) => {
      sum += bid
      if (mode === 'pace' && seen > 0) {
        const now = Number((process.hrtime.bigint() / 1_000n) % 100_000_000n)
        delays.push(now >= stamp ? now - stamp : now - stamp + 1e8)
      }
      counted(1)
    },
    () => counted(seen === 0 ? 1 : perFrame),
  )
  const tooLate = setTimeout(
    () => end.reject(new Error(`expected ${peer.name} to read ${updates} ticks, but it read ${seen}`)),
    PATIENCE_MS,
  )
  try {
    return await end.promise
  } finally {
    clearTimeout(tooLate)
    clearInterval(rss)
  }
}
