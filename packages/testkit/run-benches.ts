/** `pnpm bench`: the benches of every package that has some, one after the other; each prints its targets and verdicts. */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'

const args = process.argv.slice(2)
for (const file of globSync(['packages/*/bench/run.ts', 'mock-broker/bench/run.ts']).toSorted()) {
  console.log(`\n# ${file}`)
  const { status } = spawnSync(process.execPath, [file, ...args], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
