/**
 * `pnpm bench`: the benches of every package that has some, one after the other, in under ten minutes; writes docs/benchmarks.md with its plots, and the run as
 * data. `--compare [RUN.json]` writes nothing and flags what is worse than in that run, or in the one of the page, beyond the noise of both.
 * `--long` takes as many rounds as it needs; `--only FOLDER` measures some, and writes nothing; `--page` draws the page anew from the run beside it.
 */
import { spawn } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cameToItsEnd } from './bench/page/bench-end.ts'
import type { BenchRun, Machine } from './bench/page/bench-run.ts'
import { compareRuns, comparisonLines } from './bench/page/comparison.ts'
import { type Figure, readFigures } from './bench/page/figure.ts'
import { benchPage, groups, pictureOf } from './bench/page/page.ts'
import { plot } from './bench/page/plot.ts'
import { unmeasured } from './bench/page/targets.ts'
import { commandFlags, onOff, texts } from './src/command-flags.ts'

const { flags: options, places } = commandFlags({
  usage: 'pnpm bench [--long] [--only FOLDER]… [--page | --compare [RUN.json]]',
  about:
    'Measures every package in under ten minutes and writes docs/benchmarks.md; ends with 1 where something was not measured, or is worse than in the run compared with.',
  flags: { long: onOff(), page: onOff(), compare: onOff(), only: texts() },
  places: { least: 0, most: 1 },
})
const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
const docs = join(root, 'docs')
const folders = globSync(['packages/*/bench/run.ts', 'mock-broker/bench/run.ts'], { cwd: root })
  .map(file => file.replace('/bench/run.ts', ''))
  .toSorted()
const unknown = options.only.find(folder => !folders.includes(folder))
if (unknown !== undefined) {
  console.error(`expected as --only one of ${folders.join(', ')}, but got ${JSON.stringify(unknown)}`)
  process.exit(2)
}
/** One that takes longer than this hangs. */
const LONGEST_MS = options.long ? 3_600_000 : 900_000

const LAST_RUN = join(docs, 'benchmarks/run.json')

if (options.page) writePage(readRun(LAST_RUN))
else await measure()

async function measure(): Promise<void> {
  const before = options.compare ? readRun(places[0] ?? LAST_RUN) : null
  const { run, printed } = await measured()
  if (before) {
    const isMeasured = ({ from }: Figure): boolean => options.only.length === 0 || options.only.includes(from)
    const comparison = compareRuns({ ...before, figures: before.figures.filter(isMeasured) }, run)
    for (const line of comparisonLines(comparison)) console.log(line)
    if (comparison.compared.some(({ change }) => change === 'worse')) process.exitCode = 1
  } else if (options.only.length === 0) keep(run, printed)
  const problems = [
    ...run.failed.map(failed => `${failed} did not come to its end`),
    ...(options.only.length === 0
      ? unmeasured(run.figures).map(id => `nothing was measured for the target ${id}`)
      : []),
  ]
  for (const problem of problems) {
    console.error(`bench: ${problem}`)
    process.exitCode = 1
  }
}

async function measured(): Promise<{ readonly run: BenchRun; readonly printed: string }> {
  const at = new Date().toISOString()
  const startedMs = performance.now()
  const [loadBefore = 0] = loadavg()
  const figures: Figure[] = []
  const failed: string[] = []
  let all = ''
  for (const folder of folders) {
    const file = `${folder}/bench/run.ts`
    if (options.only.length > 0 && !options.only.includes(folder)) continue
    console.log(`\n# ${file}`)
    const beganMs = performance.now()
    const { text, isWhole } = await bench(file)
    console.log(`\n${folder} took ${Math.round((performance.now() - beganMs) / 1_000)} s`)
    figures.push(...readFigures(folder, text))
    all += `# ${folder}\n\n${text.trim()}\n\n`
    if (!isWhole) failed.push(folder)
  }
  const machine: Machine = {
    node: process.version,
    system: `${type()} ${release()}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGib: Math.round(totalmem() / 2 ** 30),
    loadBefore: Number(loadBefore.toFixed(1)),
    loadAfter: Number((loadavg()[0] ?? 0).toFixed(1)),
  }
  const seconds = (performance.now() - startedMs) / 1_000
  const form = options.long ? 'long' : 'quick'
  return { run: { version: 1, at, machine, form, seconds, figures, failed }, printed: all }
}

function bench(file: string): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const child = spawn(process.execPath, [file, ...(options.long ? [] : ['--quick'])], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what it started can be ended with it.
    detached: true,
  })
  const end = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
  }
  const interrupted = (): void => {
    end()
    process.exit(130)
  }
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  let text = ''
  let complaint = ''
  let isLate = false
  child.stderr.setEncoding('utf8').on('data', chunk => {
    process.stderr.write(chunk)
    complaint += chunk
  })
  child.stdout.setEncoding('utf8').on('data', chunk => {
    process.stdout.write(chunk)
    text += chunk
  })
  const limit = setTimeout(() => {
    isLate = true
    end()
  }, LONGEST_MS)
  return new Promise(resolve => {
    child.on('close', status => {
      clearTimeout(limit)
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
      resolve({ text, isWhole: !isLate && cameToItsEnd({ status, text, complaint }) })
    })
  })
}

function keep(run: BenchRun, printed: string): void {
  rmSync(join(docs, 'benchmarks'), { recursive: true, force: true })
  mkdirSync(join(docs, 'benchmarks'))
  writeFileSync(LAST_RUN, `${JSON.stringify(run, null, 2)}\n`)
  writeFileSync(join(docs, 'benchmarks/printed.txt'), printed.replaceAll(root, '.').replaceAll(tmpdir(), 'TMPDIR'))
  writePage(run)
}

function writePage(run: BenchRun): void {
  for (const [from, figures] of groups(run.figures)) writeFileSync(join(docs, pictureOf(from)), plot(from, figures))
  writeFileSync(join(docs, 'benchmarks.md'), benchPage(run))
}

function readRun(file: string): BenchRun {
  const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<BenchRun>
  if (read.version === 1 && Array.isArray(read.figures)) return read as BenchRun
  throw new Error(
    `expected ${file} to be a run of the benches of version 1, but it is not; let \`pnpm bench\` write one`,
  )
}
