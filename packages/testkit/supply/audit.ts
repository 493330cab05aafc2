/**
 * `pnpm audit:check [--required] [--registry URL]`: asks the registry for known weaknesses of everything in the lockfile. Fails on one that is
 * shipped; where the registry does not answer it says so loudly, and fails only if an answer is required, as before a release.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { commandFlags, onOff, text } from '../src/command-flags.ts'
import { auditVerdict, toldVerdict } from './audit-verdict.ts'
import { productionPackages } from './production-packages.ts'

const LONGEST_MS = 60_000

const root = fileURLToPath(new URL('../../..', import.meta.url))
const shipped = new Set(productionPackages(root).map(({ name }) => name))
const { flags: values } = commandFlags({
  usage: 'pnpm audit:check [--required] [--registry URL]',
  about:
    'Asks the registry for known weaknesses of what the lockfile holds; ends with 1 on one that is shipped, or where an answer is required and missing.',
  flags: { required: onOff(), registry: text(null) },
})
const asked = ['audit', '--json', ...(values.registry === null ? [] : ['--registry', values.registry])]
const { stdout, stderr, error } = spawnSync('pnpm', asked, { cwd: root, encoding: 'utf8', timeout: LONGEST_MS })
const run = { printed: stdout ?? '', complaint: error?.message ?? stderr }
const { lines, status } = toldVerdict(auditVerdict(run, shipped), values.required)
for (const line of lines) console.log(line)
process.exitCode = status
