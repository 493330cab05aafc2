/** A mock broker whose markets move ten times a second, and that tells how much memory it holds. */
import { startMockBroker } from '../server/index.ts'

export interface SoakAddress {
  readonly url: string
  readonly stream: string
  readonly apiKey: string
  readonly accountId: string
  readonly username: string
  readonly password: string
  readonly epics: readonly string[]
}

export type SoakReport =
  | { readonly kind: 'memory'; readonly heapMb: number; readonly rssMb: number }
  | { readonly kind: 'done'; readonly ticks: number }

const TICKS_A_SECOND = 10
const MARKETS = 40
process.on('disconnect', () => process.exit())

const broker = await startMockBroker({ pastDays: 0, delays: { acknowledgeMs: 0, confirmMs: 0 } })
broker.pause()
const markets = broker
  .state()
  .markets.filter(({ state, bid }) => state === 'TRADEABLE' && bid !== null)
  .slice(0, MARKETS)
const { url, stream, apiKey, accountId, username, password } = broker
const address: SoakAddress = {
  url,
  stream,
  apiKey,
  accountId,
  username,
  password,
  epics: markets.map(({ epic }) => epic),
}
process.send?.(address)
process.on('message', message => void run(Number(message)))

async function run(seconds: number): Promise<void> {
  const startMs = performance.now()
  for (let tick = 0; tick < seconds * TICKS_A_SECOND; tick++) {
    for (const { epic, bid, offer } of markets) broker.injectTick(epic, moved(bid, tick), moved(offer, tick))
    if (tick % (TICKS_A_SECOND * 5) === 0) tellMemory()
    const dueMs = startMs + ((tick + 1) * 1000) / TICKS_A_SECOND
    await new Promise(resolve => setTimeout(resolve, Math.max(0, dueMs - performance.now())))
  }
  tellMemory()
  report({ kind: 'done', ticks: seconds * TICKS_A_SECOND })
}

/** The price with its last digit turned, never the same twice in a row. */
function moved(price: string | null, tick: number): string {
  return `${(price ?? '1').slice(0, -1)}${tick % 10}`
}

function tellMemory(): void {
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  report({ kind: 'memory', heapMb: heapUsed / 2 ** 20, rssMb: rss / 2 ** 20 })
}

function report(message: SoakReport): void {
  process.send?.(message)
}
