/**
 * How fast ticks are played to a strategy through the public interface, with the fills and the accounts of the engine and the guard of the
 * desk: from CSV beside a parser of the same bytes with the same rule in it (the floor), beside lines split from a stream, and beside
 * grademark; from the binary cache beside CSV; and a sweep in two processes beside one. Each way in a process of its own.
 *
 * `pnpm exec node packages/bots/bench/run.ts [--quick] [--long]`; `--long` adds ten million ticks and the memory that they take.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

import { runAll } from '../src/runs/run-all.ts'
import { aJob } from '../src/testing/a-job.ts'
import { cachedTicks } from '../src/ticks/cached-ticks.ts'
import { writeTicks } from './ticks-file.ts'

const isQuick = process.argv.includes('--quick')
// Fewer are over before the code is hot.
const TICKS = 2_000_000
const ROUNDS = isQuick ? 2 : 3
const LONG_TICKS = 10_000_000
const folder = mkdtempSync(join(tmpdir(), 'bots-bench-'))
// As the command is built: from its sources each process would take the types off first.
const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const program = join(folder, 'reading.mjs')
await build({
  entryPoints: {
    reading: source('./reading.ts'),
    'job-worker': source('../src/runs/job-worker.ts'),
    bots: source('../src/index.ts'),
    'bench-bot': source('./bot.ts'),
  },
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22',
  external: ['grademark', 'data-forge'],
  logLevel: 'error',
})
symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), join(folder, 'node_modules'))

interface Figures {
  readonly wallMs: number
  readonly cpuMs: number
  readonly rssMb: number
  readonly ticks: number
  readonly trades: number
  readonly orders?: number
}

try {
  const csv = join(folder, 'ticks.csv')
  writeTicks(csv, TICKS)
  const cache = await cachedTicks([`CS.D.EURUSD.CFD.IP=${csv}`], { folder })
  const files: Readonly<Record<string, string>> = { floor: csv, 'split-lines': csv, csv, cache, grademark: csv }
  const kinds = Object.keys(files).filter(kind => kind !== 'grademark' || hasGrademark())
  const measured = new Map(kinds.map(kind => [kind, [] as Figures[]]))
  for (let round = 0; round < ROUNDS; round++)
    for (const kind of kinds) measured.get(kind)!.push(measure(kind, files[kind]!))

  console.log(
    `node ${process.version}; ${TICKS.toLocaleString('en')} ticks, ${ROUNDS} rounds, each way in a process of its own`,
  )
  for (const [kind, figures] of measured) {
    const rates = figures.map(rate)
    const { trades } = figures[0]!
    console.log(
      `${kind.padEnd(12)} ${spread(rates)} million ticks/s by CPU time; ${Math.round(figures[0]!.rssMb)} MB; ${trades} entries`,
    )
  }
  const of = (kind: string): readonly number[] => measured.get(kind)?.map(rate) ?? []
  const times = (kind: string, other: string): readonly number[] =>
    of(kind).map((each, round) => each / of(other)[round]!)
  judge('R1', 'million ticks/s from CSV', 4, of('csv'))
  judge('R1', 'times the floor of bytes, from CSV', 0.45, times('csv', 'floor'))
  judge('R1', 'times lines split from a stream', 3, times('csv', 'split-lines'))
  if (measured.has('grademark'))
    judge('R1', 'times grademark, whose parsing is not counted', 3, times('csv', 'grademark'))
  else console.log('R1 grademark is not installed: not compared (pnpm add -D grademark chai data-forge)')
  judge('R2', 'times CSV, from the cache', 3, times('cache', 'csv'))
  const busy = Array.from({ length: ROUNDS }, () => measure('csv', csv, 'busy'))
  const calm = measured.get('csv')!
  const perOrder = busy.map(
    ({ cpuMs, orders = 0 }, round) => ((cpuMs - calm[round]!.cpuMs) * 1000) / (orders - (calm[round]!.orders ?? 0)),
  )
  console.log(
    `a busier bot, ${busy[0]!.trades} entries: ${spread(busy.map(rate))} million ticks/s; ${spread(perOrder)} microseconds for each order more`,
  )
  await sweepScaling(cache)
  if (process.argv.includes('--long')) await long()
} finally {
  rmSync(folder, { recursive: true })
}

/** Ten million ticks, the memory that they take, and what warming up counts for less in. */
async function long(): Promise<void> {
  const csv = join(folder, 'long.csv')
  writeTicks(csv, LONG_TICKS)
  const cache = await cachedTicks([`CS.D.EURUSD.CFD.IP=${csv}`], { folder })
  const rounds = Array.from({ length: 3 }, () => {
    return { floor: measure('floor', csv), csv: measure('csv', csv), cache: measure('cache', cache) }
  })
  for (const kind of ['floor', 'csv', 'cache'] as const)
    console.log(`ten million ticks, ${kind}: ${spread(rounds.map(each => rate(each[kind])))} million ticks/s`)
  judge('R1', 'times the floor, ten million ticks from CSV', 0.45, ratesOf(rounds, 'csv', 'floor'))
  judge('R2', 'times CSV, ten million ticks from the cache', 3, ratesOf(rounds, 'cache', 'csv'))
  const room = (kind: 'csv' | 'cache'): number[] => rounds.map(each => 100 - each[kind].rssMb)
  judge('R1', 'megabytes below 100 at ten million ticks from CSV', 0, room('csv'))
  judge('R2', 'megabytes below 100 at ten million ticks from the cache', 0, room('cache'))
}

function ratesOf<Kind extends string>(
  rounds: readonly Readonly<Record<Kind, Figures>>[],
  kind: Kind,
  other: Kind,
): readonly number[] {
  return rounds.map(each => rate(each[kind]) / rate(each[other]))
}

/** Wall time of the same runs: one process, and two. */
async function sweepScaling(cache: string): Promise<void> {
  if (availableParallelism() < 2) return console.log('one core: the sweep in two processes is not measured')
  const job = aJob(join(folder, 'bench-bot.mjs'), { kind: 'cache', path: cache })
  const jobs = Array.from({ length: isQuick ? 16 : 24 }, () => job)
  const workerUrl = pathToFileURL(join(folder, 'job-worker.mjs'))
  const ratios: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const walls: number[] = []
    for (const threads of [1, 2]) {
      const startedMs = performance.now()
      const outcomes = await runAll(jobs, { threads, workerUrl, botsUrl: null })
      if (outcomes.some(({ kind }) => kind === 'problem'))
        throw new Error(JSON.stringify(outcomes.find(({ kind }) => kind === 'problem')))
      walls.push(performance.now() - startedMs)
    }
    ratios.push(walls[0]! / walls[1]!)
  }
  judge('sweep', 'times as fast in two processes', 1.5, ratios)
}

function measure(kind: string, file: string, pace = 'calm'): Figures {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, kind, file, pace], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`expected ${kind} to be measured, but: ${stderr}`)
  return JSON.parse(stdout) as Figures
}

function hasGrademark(): boolean {
  try {
    return import.meta.resolve('grademark') !== '' && import.meta.resolve('chai') !== ''
  } catch {
    return false
  }
}

/** By CPU time: what else the machine does counts less. */
function rate({ ticks, cpuMs }: Figures): number {
  return ticks / cpuMs / 1000
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((one, other) => one - other)
  return `${sorted[sorted.length >> 1]?.toFixed(2)} (${sorted[0]?.toFixed(2)}-${sorted.at(-1)?.toFixed(2)})`
}

function judge(id: string, what: string, goal: number, values: readonly number[]): void {
  const sorted = values.toSorted((one, other) => one - other)
  const isMet = (sorted[sorted.length >> 1] ?? Number.NaN) >= goal
  if (!isMet) process.exitCode = 1
  console.log(`${id} ${what}: ${spread(values)}; goal >= ${goal}: ${isMet ? 'met' : 'MISSED'}`)
}
