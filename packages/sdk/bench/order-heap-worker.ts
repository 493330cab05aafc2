/**
 * Heap bytes of an order and its confirm, in a process whose young generation is too large to be collected, so that all that is allocated
 * is still there at the end. Run by orders.ts. Arguments: client, port, `https` or `http`, warm-up orders.
 */
import { PerformanceObserver } from 'node:perf_hooks'
import { type ClientName, connectClient } from './order-client.ts'
import { say } from './pinned-process.ts'

export interface HeapResult {
  readonly bytesPerOrder: number
}

/** V8 options for this program. */
export const UNCOLLECTED = ['--max-semi-space-size=1024', '--min-semi-space-size=1024', '--max-old-space-size=8192']
const ORDERS = 1_000
/** A collection is reported in a later turn. */
const REPORT_MS = 50

if (import.meta.main) {
  const [name = '', port = '', protocol = '', warmUp = '1000'] = process.argv.slice(2)
  const client = await connectClient(name as ClientName, { port: Number(port), isTls: protocol === 'https' })
  let collections = 0
  new PerformanceObserver(list => {
    collections += list.getEntries().length
  }).observe({ entryTypes: ['gc'] })
  let index = 0
  for (; index < Number(warmUp); index += 1) await client.order(index)
  await new Promise(resolve => setTimeout(resolve, REPORT_MS))
  collections = 0
  const before = process.memoryUsage().heapUsed
  for (const end = index + ORDERS; index < end; index += 1) await client.order(index)
  const after = process.memoryUsage().heapUsed
  await new Promise(resolve => setTimeout(resolve, REPORT_MS))
  if (collections > 0) throw new Error(`expected no collection of garbage, but saw ${collections}; the figure is void`)
  const result: HeapResult = { bytesPerOrder: (after - before) / ORDERS }
  say(result)
  process.exit()
}
