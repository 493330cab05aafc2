/**
 * `pnpm simulate [--seed N] [--runs N] [--trace]`: plays so many sessions from this seed on, and counts what it met. Ends with 1
 * when a promise of the desk was broken, after showing the shortest session that breaks it; of each kind only the first.
 */
import { commandFlags, onOff, wholeNumber } from '@scalpdesk/testkit'
import { failureReport } from './session/failure-report.ts'
import { kindOf, planFor, play } from './session/simulate.ts'
import { addCounts, noCounts } from './session/witness.ts'

const {
  seed: first,
  runs,
  trace,
} = commandFlags({
  usage: 'pnpm simulate [--seed N] [--runs N] [--trace]',
  about:
    'Plays so many sessions from this seed on (500 from 1); ends with 1 when a promise of the desk was broken, and shows the shortest that breaks it.',
  flags: { seed: wholeNumber(1), runs: wholeNumber(500, 1), trace: onOff() },
}).flags
const startedAtMs = performance.now()
const kinds = new Map<string, number>()
let total = noCounts()

for (let seed = first; seed < first + runs; seed++) {
  const { failure, counts } = play(planFor(seed), trace ? console.log : null)
  total = addCounts(total, counts)
  if (!failure) continue
  const kind = kindOf(failure)
  const seen = kinds.get(kind) ?? 0
  kinds.set(kind, seen + 1)
  if (seen === 0) console.error(failureReport(failure))
}

const seconds = (performance.now() - startedAtMs) / 1_000
const failures = [...kinds.values()].reduce((sum, times) => sum + times, 0)
for (const [kind, times] of kinds) console.error(`${times} x ${kind}`)
console.log(JSON.stringify({ runs, failures, runsPerSecond: Math.round(runs / seconds), ...total }))
if (failures > 0) process.exitCode = 1
