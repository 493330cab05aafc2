/**
 * `pnpm soak [--days N] [--seed N] [--trades N] [--awake] [--json]`: simulated days of the program's own parts with the mock broker, in one process
 * by one clock. Between the hours of trading the machine sleeps; `--awake` plays every second (minutes for each day). Ends with 1 for a difference
 * between desk, broker and report that nothing explains, or memory that grows.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type SoakDay, soak } from './soak.ts'

const MIB = 1_048_576
/** What still counts as flat (our choice): what is warm after days, and the mock broker's own books, which are in the same heap. */
const WARM_MIB = 3
const GROWTH_MIB_A_DAY = 0.5

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
const differences = await soak({
  days: Number(values.days),
  seed: Number(values.seed),
  folder,
  isAwake: values.awake,
  tradesInSession: Number(values.trades),
  onDay(day) {
    days.push(day)
    if (!values.json) console.log(dayText(day))
  },
})
rmSync(folder, { recursive: true })
const problems = [...differences, ...growth()]
if (values.json) {
  const sum = (of: (day: SoakDay) => number) => days.reduce((total, day) => total + of(day), 0)
  const heapMiB = days.map(({ heapBytes }) => Number((heapBytes / MIB).toFixed(1)))
  const counts = { trades: sum(day => day.trades), troubles: sum(day => day.troubles) }
  console.log(JSON.stringify({ days: days.length, ...counts, problems: problems.length, heapMiB }))
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1

function growth(): readonly string[] {
  const [first, last] = [days[0]?.heapBytes ?? 0, days.at(-1)?.heapBytes ?? 0].map(bytes => bytes / MIB) as [
    number,
    number,
  ]
  const most = first + WARM_MIB + days.length * GROWTH_MIB_A_DAY
  return last > most ? [`expected the heap to stay below ${most} MiB, but it is ${last}; look what is kept`] : []
}

function dayText({ day, trades, troubles, change, heapBytes }: SoakDay): string {
  const seconds = (process.cpuUsage(startedCpu).user / 1_000_000).toFixed(1)
  return `${day}: ${trades} trades, ${troubles} troubles, ${change} EUR, heap ${(heapBytes / MIB).toFixed(1)} MiB, ${seconds} s of CPU`
}
