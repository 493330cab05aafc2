/**
 * `pnpm soak [--days N] [--seed N] [--trades N] [--awake] [--leak KIB] [--json]`: simulated days of the program's own parts with the mock broker, in one
 * process by one clock. Between the hours of trading the machine sleeps; `--awake` plays every second (minutes for each day). Ends with 1 for a
 * difference between desk, broker and report that nothing explains, or memory that is not flat; `--leak` keeps so much more each day, to be found.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandFlags, onOff, wholeNumber } from '@scalpdesk/testkit'
import { LEAST_DAYS, type MemoryTrend, memoryVerdict, warmTrend } from './memory-trend.ts'
import { type SoakDay, soak } from './soak.ts'

const MIB = 1_048_576
/** What still counts as flat (our choice): the mock broker's own books are in the same heap, and grow by about 0.1 MiB a day. */
const FLAT_MIB_A_DAY = 0.5

const { flags: values } = commandFlags({
  usage: 'pnpm soak [--days N] [--seed N] [--trades N] [--awake] [--leak KIB] [--json]',
  about:
    'Plays simulated days (14 from seed 1, 10 trades a session); ends with 1 for an unexplained difference or memory that is not flat.',
  flags: {
    days: wholeNumber(14, 1),
    seed: wholeNumber(1),
    trades: wholeNumber(10),
    leak: wholeNumber(0),
    awake: onOff(),
    json: onOff(),
  },
})
const folder = mkdtempSync(join(tmpdir(), 'soak-'))
const startedCpu = process.cpuUsage()
const days: SoakDay[] = []
const leaked: unknown[] = []
const { problems: differences, frames } = await soak({
  days: values.days,
  seed: values.seed,
  folder,
  isAwake: values.awake,
  staysWarm: true,
  tradesInSession: values.trades,
  onDay(day) {
    days.push(day)
    leaked.push(new Array(values.leak * 128).fill(0))
    if (!values.json) console.log(dayText(day))
  },
})
rmSync(folder, { recursive: true })
const heldMiB = days.map(({ heldBytes }) => Number((heldBytes / MIB).toFixed(2)))
const trend = rounded(warmTrend(heldMiB))
const memory = trend && memoryVerdict(trend, FLAT_MIB_A_DAY)
const problems = [...differences, ...(memory === null || memory === 'flat' ? [] : [growth()])]
if (values.json) {
  const sum = (of: (day: SoakDay) => number) => days.reduce((total, day) => total + of(day), 0)
  const counts = { trades: sum(day => day.trades), troubles: sum(day => day.troubles) }
  console.log(
    JSON.stringify({ days: days.length, ...counts, problems: problems.length, frames, heldMiB, trend, memory }),
  )
} else console.log(`${frames} frames were drawn; ${memoryText()}`)
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1

function rounded(exact: MemoryTrend | null): MemoryTrend | null {
  if (exact === null) return null
  const [perDay, atLeast, atMost] = [exact.perDay, exact.atLeast, exact.atMost].map(mib => Number(mib.toFixed(2))) as [
    number,
    number,
    number,
  ]
  return { perDay, atLeast, atMost }
}

function growth(): string {
  return `expected memory to stay flat, but ${memoryText()}; look what is kept`
}

function memoryText(): string {
  if (trend === null) return `of memory nothing is said before ${LEAST_DAYS} days`
  const { perDay, atLeast, atMost } = trend
  return `memory ${memory === 'unclear' ? 'is too unsteady to judge' : memory === 'flat' ? 'is flat' : 'grows'}: ${perDay} MiB a day (${atLeast} to ${atMost}; flat is up to ${FLAT_MIB_A_DAY})`
}

function dayText({ day, trades, troubles, change, heldBytes }: SoakDay): string {
  const seconds = (process.cpuUsage(startedCpu).user / 1_000_000).toFixed(1)
  return `${day}: ${trades} trades, ${troubles} troubles, ${change} EUR, ${(heldBytes / MIB).toFixed(1)} MiB held, ${seconds} s of CPU`
}
