/**
 * A whole day of recorded prices, with a trader's keys and the broker's faults, run twice: journal and orders have to be the same to the
 * byte. `pnpm run replay-day TAPE [--hours N] [--seed N]`; the short form of it is a test (src/rerun/whole-day.test.ts).
 */
import { parseArgs } from 'node:util'
import { replayDay } from '../../src/testing/day-session.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { hours: { type: 'string', default: '24' }, seed: { type: 'string', default: '3' } },
})
const [tape] = positionals
const [hours, seed] = [Number(values.hours), Number(values.seed)]
if (tape === undefined || !(hours > 0) || !Number.isSafeInteger(seed)) {
  console.error('expected a tape, hours above 0 and a whole seed; pnpm run replay-day TAPE --hours 24 --seed 3')
  process.exit(2)
}
const HOUR_MS = 3_600_000
const beganMs = performance.now()
let told = 0
const verdict = await replayDay({
  tape,
  durationMs: hours * HOUR_MS,
  seed,
  entryEveryMs: 70_000,
  breakEveryMs: HOUR_MS / 2,
  onProgress(fraction) {
    if (fraction < told) return
    told += 0.1
    console.error(`again: ${Math.round(fraction * 100)} % after ${Math.round((performance.now() - beganMs) / 1_000)} s`)
  },
})
const { kind, inputs, orders, records, difference } = verdict
console.log(
  `${hours} h of ${tape}, seed ${seed}: ${kind} (${inputs} keys, ${orders} orders, ${records} records), run twice in ${Math.round((performance.now() - beganMs) / 1_000)} s`,
)
if (difference) console.log(difference)
process.exit(kind === 'same' ? 0 : 1)
