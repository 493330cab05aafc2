/**
 * Process start → first painted frame and → whole trading screen, beside `node` that prints one line and an Ink program that shows one. On a
 * pseudo-terminal. Where the system tells (Linux), also the CPU that all threads took until then: it stays the same on a busy machine.
 */

import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { spawn } from '@lydell/node-pty'
import { spread } from './statistics.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const ROUNDS = Number(process.env.ROUNDS ?? 9)

interface Started {
  readonly firstByteMs: number
  readonly wholeMs: number
  /** Of all threads until then; NaN where the system does not tell. */
  readonly cpuMs: number
}

async function startUp(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'start-up-'))
  const hello = join(folder, 'hello.cjs')
  writeFileSync(hello, "console.log('Hello-END')")
  const env = { PATH: process.env.PATH ?? '', HOME: folder, SCALPDESK_HOME: folder }
  const inkHello = join(here, 'ink-hello.ts')
  const rounds: { node: Started; ink: Started; ours: Started }[] = []
  for (let round = -2; round < ROUNDS; round++) {
    const node = await start([hello], 'Hello-END', env)
    const ink = await start([inkHello], 'Hello-END', { ...env, NODE_ENV: 'production' })
    // The skeleton is the first frame; the figures of the market show that the whole screen is there.
    const ours = await start([join(here, '../dist/scalpdesk.js')], 'EUR/USD', env)
    if (round >= 0) rounds.push({ node, ink, ours })
  }
  const show = (pick: (round: (typeof rounds)[number]) => number, decimals: number) =>
    spread(rounds.map(pick), decimals)
  console.log(`process start -> frame, ${ROUNDS} rounds interleaved`)
  console.log(`node, one line: ${show(round => round.node.wholeMs, 0)} ms`)
  console.log(
    `first painted frame: ${show(round => round.ours.firstByteMs, 0)} ms, ratio ${show(round => round.ours.firstByteMs / round.node.wholeMs, 2)} (goal <= 1.2)`,
  )
  console.log(`Ink, one line: ${show(round => round.ink.wholeMs, 0)} ms`)
  console.log(
    `trading screen with the market's name: ${show(round => round.ours.wholeMs, 0)} ms, of Ink's ${show(round => round.ours.wholeMs / round.ink.wholeMs, 2)} (goal <= 0.5)`,
  )
  console.log(
    `CPU of all threads until then: Ink ${show(round => round.ink.cpuMs, 0)} ms, trading screen ${show(round => round.ours.cpuMs, 0)} ms, of Ink's ${show(round => round.ours.cpuMs / round.ink.cpuMs, 2)}`,
  )
}

function start(args: readonly string[], mark: string, env: Record<string, string>): Promise<Started> {
  return new Promise(resolve => {
    const startedMs = performance.now()
    const program = spawn(process.execPath, [...args], { name: 'xterm-256color', cols: 120, rows: 40, env })
    let firstByteMs: number | null = null
    let text = ''
    let found: Started | null = null
    program.onData(data => {
      firstByteMs ??= performance.now() - startedMs
      text += data
      if (found || !text.includes(mark)) return
      found = { firstByteMs, wholeMs: performance.now() - startedMs, cpuMs: cpuMsOf(program.pid) }
      program.kill('SIGTERM')
    })
    program.onExit(() => found && resolve(found))
  })
}

/** Time on a processor is the first figure of each thread's schedstat, in nanoseconds (Linux, Documentation/scheduler/sched-stats). */
function cpuMsOf(id: number): number {
  try {
    const threads = readdirSync(`/proc/${id}/task`)
    const ofThread = (thread: string) =>
      Number(readFileSync(`/proc/${id}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
    return threads.reduce((sum, thread) => sum + ofThread(thread), 0) / 1e6
  } catch {
    return Number.NaN
  }
}

await startUp()
