/** `pnpm bench`: every bench of the desk, each in a process of its own. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

console.log(`node ${process.version}, ${process.platform} ${process.arch}`)
for (const bench of ['desk-events.ts', 'journal.ts', 'profit.ts']) {
  console.log(`\n## ${bench}`)
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(bench, import.meta.url))], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
  // One that misses a goal ends with 1.
  if (status !== 0 && status !== 1) console.log(`${bench} did not come to its end`)
}
