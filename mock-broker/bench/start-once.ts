/** Starts a server of one kind again and again in one program; says how long each start took, and what the first one holds. */
import { createServer } from 'node:http'

export type StartPeer = 'node:http' | 'broker'

export interface Starts {
  /** Loading the module. */
  readonly importMs: number
  /** The first is that of a test file, the others those of its further tests. */
  readonly startMs: readonly number[]
  /** Of the further ones together, for one: steadier when the machine has other work. */
  readonly cpuMs: number
  /** What the first holds when it is ready. */
  readonly heapMb: number
}

interface Started {
  close(): Promise<void>
}

const FURTHER_STARTS = 20
const peer = process.argv[2] as StartPeer
const importedMs = performance.now()
const { startMockBroker } = peer === 'broker' ? await import('../server/index.ts') : { startMockBroker: null }
const importMs = performance.now() - importedMs
const heapBefore = heapUsedMb()
const first = await timed()
const heapMb = heapUsedMb() - heapBefore
await first.server.close()
const cpu = process.cpuUsage()
const further: number[] = []
for (let index = 0; index < FURTHER_STARTS; index++) {
  const { server, ms } = await timed()
  further.push(ms)
  await server.close()
}
const { user, system } = process.cpuUsage(cpu)
const starts: Starts = {
  importMs,
  startMs: [first.ms, ...further],
  cpuMs: (user + system) / 1000 / FURTHER_STARTS,
  heapMb,
}
process.send?.(starts, () => process.exit())

async function timed(): Promise<{ readonly server: Started; readonly ms: number }> {
  const beganMs = performance.now()
  const server = await start()
  return { server, ms: performance.now() - beganMs }
}

function heapUsedMb(): number {
  global.gc?.()
  return process.memoryUsage().heapUsed / 2 ** 20
}

async function start(): Promise<Started> {
  if (startMockBroker) return await startMockBroker()
  const server = createServer((_request, response) => response.end())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { close: () => new Promise(resolve => server.close(() => resolve())) }
}
