/** `pnpm bench`: every bench of the terminal, each in a process of its own and beside its floor in the same run; `--quick` takes fewer rounds. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildTerminal, isStale } from '../build.ts'

if (isStale()) await buildTerminal()
console.log(`node ${process.version}, ${process.platform} ${process.arch}`)
/** Each with what makes its form short: arguments, and the environment beside three rounds. */
const BENCHES: readonly (readonly [file: string, args?: readonly string[], env?: Readonly<Record<string, string>>])[] =
  [
    ['key-to-wire.ts', [], { KEYS: '10' }],
    ['key-to-socket.ts', [], { KEYS: '16' }],
    ['key-bursts.ts', [], { KEYS: '1000' }],
    ['start-up.ts', [], { ROUNDS: '3' }],
    ['commands.ts', [], { ROUNDS: '3' }],
    ['session-view.ts'],
    ['frame.ts', ['2', '1']],
    ['pane-painters.ts', ['3', '20']],
    ['busy-tape.ts', [], { ROUND_SECONDS: '3' }],
    ['journal-append.ts', [], { ROUNDS: '3' }],
    ['record.ts'],
  ]
const isQuick = process.argv.includes('--quick')

for (const [bench, args = [], short = {}] of BENCHES) {
  console.log(`\n## ${bench}`)
  const program = fileURLToPath(new URL(bench, import.meta.url))
  const beganMs = performance.now()
  const { status } = spawnSync(process.execPath, [program, ...(isQuick ? args : [])], {
    stdio: 'inherit',
    env: isQuick ? { ...process.env, ROUNDS: '2', ...short } : process.env,
  })
  console.log(`${bench} took ${Math.round((performance.now() - beganMs) / 1_000)} s`)
  if (status !== 0) process.exitCode = 1
  // One that misses a goal ends with 1.
  if (status !== 0 && status !== 1) console.log(`${bench} did not come to its end`)
}
