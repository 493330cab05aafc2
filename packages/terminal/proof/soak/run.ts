/**
 * `pnpm soak [--days N] [--seed N] [--trades N] [--awake] [--json]`: a simulated week of the program's own parts with the mock broker, in one process by one
 * clock. Between the hours of trading the machine sleeps; `--awake` plays every second (minutes for each day). Ends with 1 for a difference between desk, broker and report that nothing explains, or memory that grows.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type SoakDay, soak } from './soak.ts'

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '7' },
    seed: { type: 'string', default: '1' },
    trades: { type: 'string', default: '10' },
    awake: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'soak-'))
const startedCpu = process.cpuUsage()
const days: SoakDay[] = []
const problems = await soak({
  days: Number(values.days),
  seed: Number(values.seed),
  folder,
  isAwake: values.awake,
  tradesInSession: Number(values.trades),
  onDay(day) {
    days.push(day)
    if (values.json) return
    const seconds = (process.cpuUsage(startedCpu).user / 1_000_000).toFixed(1)
    const heap = (day.heapBytes / 1_048_576).toFixed(1)
    console.log(
      `${day.day}: ${day.trades} trades, ${day.troubles} troubles, ${day.change} EUR, heap ${heap} MiB, ${seconds} s of CPU`,
    )
  },
})
rmSync(folder, { recursive: true })
if (values.json) {
  const sum = (of: (day: SoakDay) => number) => days.reduce((total, day) => total + of(day), 0)
  const heapMiB = days.map(({ heapBytes }) => Number((heapBytes / 1_048_576).toFixed(1)))
  const counts = { trades: sum(day => day.trades), troubles: sum(day => day.troubles) }
  console.log(JSON.stringify({ days: days.length, ...counts, problems: problems.length, heapMiB }))
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
