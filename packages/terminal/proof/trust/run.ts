/**
 * `pnpm trust [--quick] [--sessions N] [--out FILE]`: runs the proofs and writes docs/trust.md from what they say (minutes; `--quick` some seconds,
 * and prints it). Ends with 1 when a promise is broken; the page says which.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { commandFlags, onOff, text, wholeNumber } from '@scalpdesk/testkit'
import { FULL, gather, QUICK, ROOT } from './gather.ts'
import { brokenPromises, trustPage } from './trust-page.ts'

const { flags: values } = commandFlags({
  usage: 'pnpm trust [--quick] [--sessions N] [--out FILE]',
  about:
    'Runs the proofs and writes docs/trust.md (minutes; --quick prints a page of seconds); ends with 1 when a promise is broken.',
  flags: { quick: onOff(), sessions: wholeNumber(null, 1), out: text(null) },
})
const how = values.quick ? QUICK : FULL
const sessions = values.sessions ?? how.sessions
const facts = await gather({ ...how, sessions }, what => process.stderr.write(`${what}\n`))
const page = trustPage(facts)
if (values.quick && values.out === null) process.stdout.write(page)
else {
  const out = resolve(ROOT, values.out ?? 'docs/trust.md')
  writeFileSync(out, page)
  const config = '--config-path=packages/testkit/style.json'
  execFileSync('node_modules/.bin/biome', ['format', '--write', config, out], { cwd: ROOT })
}
if (brokenPromises(facts) > 0) process.exitCode = 1
