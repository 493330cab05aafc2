import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openTerminal } from '@scalpdesk/testkit'
import { PROGRAM, ROOT } from '../src/testing/running-desk.ts'
import { fastTape } from './fast-tape.ts'
import { spread } from './statistics.ts'

/**
 * The real program on 200x50 while a fast tape plays at 5x: bytes and CPU of a frame, whether a frame ever clears or leaves its
 * synchronised update (which is what flickers), and its memory while an hour of another tape plays as fast as it goes.
 * Linux only: CPU and memory are those of /proc. Rounds interleaved; the floor is the same program on a market that stands still.
 *
 * `pnpm exec node packages/terminal/bench/busy-tape.ts` (`ROUNDS`, `SECONDS`)
 */
const ROUNDS = Number(process.env.ROUNDS ?? 5)
const SECONDS = Number(process.env.SECONDS ?? 5)
const SIZE = { columns: 200, rows: 50 }
/** The fastest of the recorded tapes: up to 816 ticks a second. */
const FASTEST = join(ROOT, '../shared/ticks/binance-usdm-btcusdt-20240808.jsonl.gz')
const HOUR = join(ROOT, '../shared/ticks/lean-fxcm-eurusd-20140508.csv.gz')
/** Clock ticks of /proc/PID/stat a second (proc(5), sysconf(_SC_CLK_TCK)); 100 on every Linux that Node runs on. */
const CLOCK_TICKS = 100
/** Longest wait for the end of the hour's tape. */
const HOUR_LIMIT_MS = 120_000

interface Sample {
  readonly frames: number
  readonly bytes: number
  readonly cpuMs: number
  readonly clears: number
  readonly outside: number
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
  await pause(SECONDS * 1_000)
  const cpuMs = cpuMsOf(desk.processId) - cpuBefore
  const painted = desk.raw().slice(bytesBefore)
  desk.kill('SIGTERM')
  await desk.exited
  const frames = painted.split('\x1b[?2026h').length - 1
  return {
    frames,
    bytes: Buffer.byteLength(painted) / frames,
    cpuMs: cpuMs / frames,
    clears: painted.split('\x1b[2J').length - 1,
    // What is written between the end of one update and the beginning of the next.
    outside: painted
      .split('\x1b[?2026l')
      .slice(1)
      .filter(rest => !rest.startsWith('\x1b[?2026h') && rest !== '').length,
  }
}

async function memory(): Promise<void> {
  const desk = started(['--replay', tapeOf(HOUR), '--from', '12:00', '--speed', 'max'])
  await desk.waitForScreen(/FLAT/, 60_000)
  const seen: number[] = []
  const untilMs = performance.now() + HOUR_LIMIT_MS
  let clock = ''
  while (clock < '13:00' && performance.now() < untilMs) {
    await pause(1_000)
    seen.push(megabytesOf(desk.processId))
    clock = /(\d\d:\d\d:\d\d) UTC/.exec(desk.screen())?.[1] ?? clock
  }
  desk.kill('SIGTERM')
  await desk.exited
  const third = Math.max(1, Math.floor(seen.length / 3))
  const highest = (part: readonly number[]) => Math.max(...part)
  console.log(
    `memory while an hour's tape plays at max speed (to ${clock}, ${seen.length} s): ${seen[0]?.toFixed(0)} MB at first, ` +
      `at most ${highest(seen).toFixed(0)}; the last third's highest is ${(highest(seen.slice(-third)) / highest(seen.slice(0, third))).toFixed(2)} of the first third's`,
  )
}

if (process.platform !== 'linux') throw new Error('expected Linux, whose /proc tells CPU and memory; run it there')
const WAYS = {
  'fastest tape at 5x': ['--replay', tapeOf(FASTEST), '--speed', '5'],
  'made-up market': [],
} as const
const samples = { 'fastest tape at 5x': [] as Sample[], 'made-up market': [] as Sample[] }
for (let round = 0; round < ROUNDS; round++)
  for (const way of Object.keys(WAYS) as (keyof typeof WAYS)[]) samples[way].push(await sample(WAYS[way]))
console.log(`the real program on ${SIZE.columns}x${SIZE.rows}, ${ROUNDS} rounds of ${SECONDS} s; median (min-max)`)
for (const [way, own] of Object.entries(samples)) {
  const of = (pick: (one: Sample) => number, decimals: number) => spread(own.map(pick), decimals)
  console.log(
    `${way}: ${of(one => one.frames / SECONDS, 1)} frames/s, ${of(one => one.bytes, 0)} bytes/frame, ` +
      `${of(one => one.cpuMs, 2)} ms CPU/frame of the whole program with its mock broker, ` +
      `${of(one => one.clears, 0)} clears, ${of(one => one.outside, 0)} writes outside a synchronised update`,
  )
}
const ratios = samples['fastest tape at 5x'].map(
  (one, round) => one.cpuMs / (samples['made-up market'][round]?.cpuMs ?? Number.NaN),
)
console.log(`CPU of a frame, busy of made-up: ${spread(ratios)}`)
await memory()
