/**
 * `pnpm simulate [--seed N] [--runs N] [--trace]`: plays so many sessions from this seed on, and counts what it met. Ends with 1
 * when a promise of the desk was broken, after showing the shortest session that breaks it; of each kind only the first.
 */
import { parseArgs } from 'node:util'
import { failureReport } from './session/failure-report.ts'
import { kindOf, planFor, play } from './session/simulate.ts'
import { addCounts, noCounts } from './session/witness.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '500' },
    trace: { type: 'boolean', default: false },
  },
})
const first = wholeNumber('seed', values.seed)
const runs = wholeNumber('runs', values.runs)
const startedAtMs = performance.now()
const kinds = new Map<string, number>()
let total = noCounts()

for (let seed = first; seed < first + runs; seed++) {
  const { failure, counts } = play(planFor(seed), values.trace ? console.log : null)
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

function wholeNumber(name: string, text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 0) return value
  console.error(`expected a whole number for --${name}, but got ${text}; give one such as --${name} 500`)
  process.exit(2)
}
