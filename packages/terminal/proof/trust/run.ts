/**
 * `pnpm trust [--quick] [--out FILE]`: runs the proofs and writes docs/trust.md from what they say (half an hour; `--quick` some seconds). Ends with 1, and
 * writes nothing, when one of them fails.
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { FULL, gather, QUICK, ROOT } from './gather.ts'
import { trustPage } from './trust-page.ts'

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, out: { type: 'string' } } })
const out = resolve(ROOT, values.out ?? (values.quick ? 'docs/site/trust-quick.md' : 'docs/trust.md'))
const facts = await gather(values.quick ? QUICK : FULL, what => process.stderr.write(`${what}\n`))
writeFileSync(out, trustPage(facts))
console.log(out)
