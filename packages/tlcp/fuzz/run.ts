/** `pnpm --filter @scalpdesk/tlcp fuzz [lines] [seed]`: mutated lines into a client. Ends with 1 when memory has grown. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { FuzzClient } from '../src/testing/fuzz-client.ts'

const total = Number(process.argv[2] ?? 1_000_000)
const seed = Number(process.argv[3] ?? 1)
setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

const client = new FuzzClient(seed)
const started = performance.now()
const heaps: number[] = []
const steps = 20
for (let step = 0; step < steps; step++) {
  await client.feed(Math.ceil(total / steps))
  collect()
  heaps.push(process.memoryUsage().heapUsed / 1e6)
}
const report = await client.close()
const seconds = (performance.now() - started) / 1_000
console.log(JSON.stringify({ seed, seconds: Math.round(seconds), ...report }))
console.log(`heap MB after each ${100 / steps} %: ${heaps.map(heap => heap.toFixed(1)).join(' ')}`)
// The first quarter warms up; our choice of what still counts as flat.
const [warm = 0, last = 0] = [heaps[steps / 4], heaps.at(-1)]
if (last > warm * 1.2 + 2) {
  console.error(`expected a flat heap, but it grew from ${warm.toFixed(1)} to ${last.toFixed(1)} MB`)
  process.exitCode = 1
}
