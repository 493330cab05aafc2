import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { aJob } from '../testing/a-job.ts'
import type { Job } from './job.ts'
import { type JobRunner, jobRunner } from './job-runner.ts'
import { runAll } from './run-all.ts'

let folder = ''
let runner: JobRunner
const printed: string[] = []
const threads = {
  workerUrl: new URL('./job-worker.ts', import.meta.url),
  botsUrl: '',
  callLimitMs: 25_000,
  memoryMb: 400,
  onPrint: (text: string) => void printed.push(text),
}
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bots-runs-'))
  // As the command has them: a thread that first takes the types off all of our sources begins ten times as slowly.
  const outdir = join(folder, 'dist')
  await build({
    entryPoints: {
      'job-worker': fileURLToPath(new URL('./job-worker.ts', import.meta.url)),
      bots: fileURLToPath(new URL('../index.ts', import.meta.url)),
    },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  })
  threads.workerUrl = pathToFileURL(join(outdir, 'job-worker.mjs'))
  threads.botsUrl = pathToFileURL(join(outdir, 'bots.mjs')).href
  const rows = Array.from(
    { length: 500 },
    (_, index) => `${1_767_614_400_000 + index * 1000},1.08${416 + (index % 9)},1.08${410 + (index % 9)},1,1`,
  )
  writeFileSync(join(folder, 'ticks.csv'), `timestamp,askPrice,bidPrice,askVolume,bidVolume\n${rows.join('\n')}\n`)
  runner = jobRunner(threads)
})
afterAll(async () => {
  await runner.close()
  rmSync(folder, { recursive: true })
})

function job(source: string, changes: Partial<Job> = {}): Job {
  const file = join(
    folder,
    `bot-${Math.abs([...source].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7))}.ts`,
  )
  writeFileSync(file, source)
  const files = [`CS.D.EURUSD.CFD.IP=${join(folder, 'ticks.csv')}`]
  return { ...aJob(file, { kind: 'files', files, from: null, strict: false }), ...changes }
}

const bot = (decide: string): string =>
  `import { buy, close, defineStrategy, say, type View } from '@scalpdesk/bots'\nlet n = 0\nexport default defineStrategy({ name: 'bot', decide(view: View) { n++\n${decide}\nreturn null } })\n`

it('runs a TypeScript file that lies outside of any package, and hands back figures and texts', async () => {
  const source = bot(
    'console.log("hello"); if (n === 1) return [buy(1, { stop: 10 }), say("in")]; if (n === 400) return close(view.position!.dealId)',
  )
  const result = await runner.run(job(source, { forms: ['html', 'json', 'screen', 'markdown'] }))
  expect(result).toMatchObject({
    strategy: 'bot',
    summary: { ticks: 500, trades: 1, failure: null },
    said: ['2026-01-05T12:00:00.000Z in'],
  })
  expect(result.texts.html).toContain('Backtest of bot')
  expect(JSON.parse(result.texts.json ?? '')).toMatchObject({ trades: [{ direction: 'BUY' }] })
  expect(printed.join('')).toContain('hello')
})

it.each([
  ['export const x = 1', 'exports no default; write: export default defineStrategy({ name, decide })'],
  ['export default { decide() {} }', 'its default export is something else'],
  ['const x: = 5', 'to load, but SyntaxError'],
  ['enum Side { Buy }', 'to load, but SyntaxError'],
  ["import { nothing } from '@scalpdesk/bots'\nexport default nothing", "does not provide an export named 'nothing'"],
  ["import './not-there.ts'", 'not-there.ts'],
  ["throw new Error('at once')", 'to load, but Error: at once (bot-'],
  [
    bot('').replace("name: 'bot'", "name: 'No Name'"),
    'expected a name in lower-case words with hyphens, but got "No Name"',
  ],
  [bot('process.exit(0)'), 'it ended the program (tick of 2026-01-05T12:00:00.000Z)'],
  [bot('process.kill(process.pid, "SIGKILL")'), 'but its process ended (SIGKILL); mend the file'],
  [bot('const all: number[][] = []; for (;;) all.push([n, n, n, n, n, n, n, n])'), 'to keep less than 400 MB'],
])('tells in one sentence what is wrong, and goes on with the next job: %#', async (source, sentence) => {
  await expect(runner.run(job(source))).rejects.toThrow(sentence)
})

it('stops a strategy that never returns, and says so', async () => {
  const impatient = jobRunner({ ...threads, callLimitMs: 1_000 })
  await expect(impatient.run(job(bot('for (;;) {}')))).rejects.toThrow(/did not return within 1 s .*: it was stopped/)
  await impatient.close()
})

it('tells what is wrong with parameters, with ticks and with a file that is not there', async () => {
  await expect(runner.run(job(bot(''), { parameters: { pace: 7 } }))).rejects.toThrow(
    'expected no parameter, because there is none, but got "pace"',
  )
  await expect(runner.run({ ...job(bot('')), file: join(folder, 'none.ts') })).rejects.toThrow('there is no file')
  const ticks = { kind: 'files', files: [join(folder, 'none.csv')], from: null, strict: false } as const
  await expect(runner.run(job(bot(''), { ticks }))).rejects.toThrow('cannot be read')
})

it('lets a run that leaks and one that ends its process fail alone, and has the figures of all others', async () => {
  const source = `import { defineStrategy, integer } from '@scalpdesk/bots'
const kept = []
export default defineStrategy({ name: 'wild', parameters: { n: integer({ default: 0, min: 0, max: 9 }) }, decide: ({ parameters: { n } }) => {
  // Whether it is stopped from beside it or by its full heap, the machine decides.
  if (n === 1) for (;;) kept.push(new Array(1e6).fill(n))
  if (n === 3) process.kill(process.pid, 'SIGABRT')
} })`
  const jobs = [0, 1, 4, 3, 6].map(n => job(source, { parameters: { n } }))
  const outcomes = await runAll(jobs, { ...threads, memoryMb: 200, threads: 2 })
  expect(outcomes.map(outcome => (outcome.kind === 'result' ? outcome.result.summary.ticks : outcome.text))).toEqual([
    500,
    expect.stringContaining('to keep less than 200 MB'),
    500,
    expect.stringContaining('to keep less than 200 MB'),
    500,
  ])
})

it('has nothing of the environment in what it runs', async () => {
  process.env.SCALPDESK_TEST_SECRET = 'of nobody'
  onTestFinished(() => void delete process.env.SCALPDESK_TEST_SECRET)
  const { said } = await runner.run(job(bot('if (n === 1) return say(String(process.env.SCALPDESK_TEST_SECRET))')))
  expect(said).toEqual([expect.stringContaining('undefined')])
})

it('runs many in several processes, each outcome at its place', async () => {
  const source = `import { defineStrategy, integer, buy } from '@scalpdesk/bots'
export default defineStrategy({ name: 'many', parameters: { n: integer({ default: 1, min: 0, max: 100 }) }, state: () => ({ seen: 0 }),
  decide: ({ state, parameters, position }) => { if (parameters.n === 3) throw new Error('three'); return state.seen++ === parameters.n && !position ? buy(1) : null } })`
  const jobs = [5, 3, 1, 101, 2].map(n => job(source, { parameters: { n } }))
  const outcomes = await runAll(jobs, { ...threads, threads: 2 })
  expect(
    outcomes.map(outcome =>
      outcome.kind === 'result' ? (outcome.result.summary.failure ?? outcome.result.parameters.n) : outcome.text,
    ),
  ).toEqual([
    5,
    expect.stringContaining('strategy many: decide failed: Error: three'),
    1,
    'expected parameter n to be a whole number from 0 to 100, but got 101; change it',
    2,
  ])
})
