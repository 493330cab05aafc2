import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openTerminal } from '@scalpdesk/testkit'
import { PROGRAM, ROOT } from '../src/testing/running-desk.ts'
import { fastTape } from './fast-tape.ts'
import { spread } from './statistics.ts'

/**
 * The real program on 200x50 while a fast tape plays at 5x: bytes and CPU of a frame, whether a frame
 * ever clears the screen (which is what flickers), and its memory while hours of another tape play as fast as they go.
 * Linux only: CPU and memory are those of /proc. Rounds interleaved; beside it the same program on its quiet, made-up market.
 *
 * `pnpm exec node packages/terminal/bench/busy-tape.ts` (`ROUNDS`, `ROUND_SECONDS`)
 */
const ROUNDS = Number(process.env.ROUNDS ?? 5)
const LASTS_S = Number(process.env.ROUND_SECONDS ?? 5)
const FRAMES_A_SECOND = 60
const SIZE = { columns: 200, rows: 50 }
/** The fastest of the recorded tapes: up to 816 ticks a second. */
const FASTEST = join(ROOT, '../shared/ticks/binance-usdm-btcusdt-20240808.jsonl.gz')
const TAPE = join(ROOT, '../shared/ticks/lean-fxcm-eurusd-20140508.csv.gz')
/** Clock ticks of /proc/PID/stat a second (proc(5), sysconf(_SC_CLK_TCK)); 100 on every Linux that Node runs on. */
const CLOCK_TICKS = 100
/** A clock that stands for so long is at the end of its tape. */
const STOOD_MS = 5_000

/** Of each second. */
interface Sample {
  readonly bytes: number
  /** Of one core, the mock broker's thread included. */
  readonly cpuMs: number
  /** Frames long enough to be bracketed by a synchronised update, and what of the screen was cleared: that could flicker. */
  readonly bracketed: number
  readonly clears: number
}

function tapeOf(path: string): string {
  if (existsSync(path)) return path
  process.stderr.write(`no recorded ticks at ${path}: a made-up tape instead\n`)
  return fastTape()
}

function started(args: readonly string[]) {
  const home = mkdtempSync(join(tmpdir(), 'busy-tape-'))
  const env = { HOME: home, SCALPDESK_HOME: home, PATH: process.env.PATH ?? '' }
  return openTerminal({ command: process.execPath, args: [PROGRAM, ...args], ...SIZE, cwd: ROOT, env })
}

const cpuMsOf = (id: number): number => {
  // Behind the name of the program, which may hold spaces: fields 14 and 15, counted from the third.
  const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / CLOCK_TICKS
}

const megabytesOf = (id: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) / 1_024

async function sample(args: readonly string[]): Promise<Sample> {
  const desk = started(args)
  await desk.waitForScreen(/FLAT/, 60_000)
  // The rehearsal of the keys is over, and the chart has begun.
  await pause(3_000)
  const [bytesBefore, cpuBefore] = [desk.raw().length, cpuMsOf(desk.processId)]
  await pause(LASTS_S * 1_000)
  const cpuMs = cpuMsOf(desk.processId) - cpuBefore
  const painted = desk.raw().slice(bytesBefore)
  desk.kill('SIGTERM')
  await desk.exited
  return {
    bytes: Buffer.byteLength(painted) / LASTS_S,
    cpuMs: cpuMs / LASTS_S,
    bracketed: (painted.split('\x1b[?2026h').length - 1) / LASTS_S,
    clears: painted.split('\x1b[2J').length - 1,
  }
}

/** Plays the tape from noon on to its end, more than an hour, and looks until its clock has stood for a while. */
async function memory(): Promise<void> {
  const desk = started(['--replay', tapeOf(TAPE), '--from', '12:00', '--speed', 'max'])
  await desk.waitForScreen(/FLAT/, 60_000)
  const seen: number[] = []
  const beganMs = performance.now()
  let clock = { text: '', sinceMs: beganMs }
  while (performance.now() - clock.sinceMs < STOOD_MS) {
    await pause(250)
    seen.push(megabytesOf(desk.processId))
    const text = /(\d\d:\d\d:\d\d) UTC/.exec(desk.screen())?.[1] ?? clock.text
    if (text !== clock.text) clock = { text, sinceMs: performance.now() }
  }
  desk.kill('SIGTERM')
  await desk.exited
  const third = Math.max(1, Math.floor(seen.length / 3))
  const [first, last] = [Math.max(...seen.slice(0, third)), Math.max(...seen.slice(-third))]
  console.log(
    `memory while a tape plays from 12:00 to ${clock.text} at max speed, in ${((clock.sinceMs - beganMs) / 1_000).toFixed(0)} s: ` +
      `${seen[0]?.toFixed(0)} MB at first, at most ${Math.max(...seen).toFixed(0)} MB; the last third's highest is ${(last / first).toFixed(2)} of the first third's`,
  )
}

if (process.platform !== 'linux') throw new Error('expected Linux, whose /proc tells CPU and memory; run it there')
const WAYS = {
  'fastest tape at 5x': [
    '--epic',
    'CS.D.BITCOIN.CFD.IP',
    '--replay',
    `CS.D.BITCOIN.CFD.IP~${tapeOf(FASTEST)}`,
    '--speed',
    '5',
  ],
  'made-up market': ['--epic', 'CS.D.BITCOIN.CFD.IP'],
} as const
const samples = { 'fastest tape at 5x': [] as Sample[], 'made-up market': [] as Sample[] }
for (let round = 0; round < ROUNDS; round++)
  for (const way of Object.keys(WAYS) as (keyof typeof WAYS)[]) samples[way].push(await sample(WAYS[way]))
console.log(`the real program on ${SIZE.columns}x${SIZE.rows}, ${ROUNDS} rounds of ${LASTS_S} s; median (min-max)`)
for (const [way, own] of Object.entries(samples)) {
  const of = (pick: (one: Sample) => number, decimals: number) => spread(own.map(pick), decimals)
  console.log(
    `${way}: ${of(one => one.bytes / FRAMES_A_SECOND, 0)} bytes a frame at ${FRAMES_A_SECOND} a second (goal <= 100), ` +
      `${of(one => one.cpuMs / FRAMES_A_SECOND, 2)} ms CPU, ${of(one => one.bracketed, 1)} long frames a second, ${of(one => one.clears, 0)} clears`,
  )
}
const ratio = (pick: (one: Sample) => number): string =>
  spread(samples['fastest tape at 5x'].map((one, round) => pick(one) / pick(samples['made-up market'][round] ?? one)))
console.log(`busy of made-up: CPU ${ratio(one => one.cpuMs)}, bytes ${ratio(one => one.bytes)}`)
await memory()
