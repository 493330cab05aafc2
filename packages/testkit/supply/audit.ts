/**
 * `pnpm audit:check [--required]`: asks the registry for known weaknesses of everything in the lockfile. Fails on one that is shipped; where the
 * registry does not answer it says so, and fails only if an answer is required, as before a release.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { auditVerdict, toldVerdict } from './audit-verdict.ts'
import { productionPackages } from './production-packages.ts'

const LONGEST_MS = 60_000

const root = fileURLToPath(new URL('../../..', import.meta.url))
const shipped = new Set(productionPackages(root).map(({ name }) => name))
const { stdout } = spawnSync('pnpm', ['audit', '--json'], { cwd: root, encoding: 'utf8', timeout: LONGEST_MS })
const { lines, status } = toldVerdict(auditVerdict(stdout ?? '', shipped), process.argv.includes('--required'))
for (const line of lines) console.log(line)
process.exitCode = status
