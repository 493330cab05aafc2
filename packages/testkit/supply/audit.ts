/**
 * `pnpm audit:check [--required] [--registry URL]`: asks the registry for known weaknesses of everything in the lockfile. Fails on one that is
 * shipped; where the registry does not answer it says so loudly, and fails only if an answer is required, as before a release.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { auditVerdict, toldVerdict } from './audit-verdict.ts'
import { productionPackages } from './production-packages.ts'

const LONGEST_MS = 60_000

const root = fileURLToPath(new URL('../../..', import.meta.url))
const shipped = new Set(productionPackages(root).map(({ name }) => name))
const { values } = parseArgs({
  options: { required: { type: 'boolean', default: false }, registry: { type: 'string' } },
})
const asked = ['audit', '--json', ...(values.registry === undefined ? [] : ['--registry', values.registry])]
const { stdout, stderr, error } = spawnSync('pnpm', asked, { cwd: root, encoding: 'utf8', timeout: LONGEST_MS })
const run = { printed: stdout ?? '', complaint: error?.message ?? stderr }
const { lines, status } = toldVerdict(auditVerdict(run, shipped), values.required)
for (const line of lines) console.log(line)
process.exitCode = status
