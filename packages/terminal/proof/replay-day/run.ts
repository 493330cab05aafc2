/**
 * A whole day of recorded prices, with a trader's keys and the broker's faults, run twice: journal and orders have to be the same to the
 * byte. `pnpm run replay-day TAPE [--hours N] [--seed N]`; the short form of it is a test (src/rerun/whole-day.test.ts).
 */
import { commandFlags, positive, wholeNumber } from '@scalpdesk/testkit'
import { replayDay } from '../../src/testing/day-session.ts'

const { flags, places } = commandFlags({
  usage: 'pnpm replay-day TAPE [--hours N] [--seed N]',
  about:
    'Plays a day of recorded prices with keys and faults, twice (24 hours, seed 3); ends with 1 where journal or orders differ.',
  flags: { hours: positive(24), seed: wholeNumber(3) },
  places: { least: 1, most: 1 },
})
const { hours, seed } = flags
const tape = places[0]!
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
