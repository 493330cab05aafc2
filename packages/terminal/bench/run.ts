/** `pnpm bench`: every bench of the terminal, each in a process of its own and beside its floor in the same run. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildTerminal, isStale } from '../build.ts'

if (isStale()) await buildTerminal()
console.log(`node ${process.version}, ${process.platform} ${process.arch}`)
for (const bench of [
  'key-to-wire.ts',
  'key-to-socket.ts',
  'key-bursts.ts',
  'start-up.ts',
  'commands.ts',
  'session-view.ts',
  'frame.ts',
  'pane-painters.ts',
  'busy-tape.ts',
  'journal-append.ts',
  'record.ts',
]) {
  console.log()
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(bench, import.meta.url))], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
