/** `pnpm exec node packages/site/src/write-journal-format.ts` writes the table of records in its guide anew; a test compares it. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { withRecords } from './journal-format.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const guide = `${root}docs/guides/journal-format.md`
writeFileSync(guide, withRecords(readFileSync(guide, 'utf8')))
const config = '--config-path=packages/testkit/style.json'
execFileSync('node_modules/.bin/biome', ['format', '--write', config, guide], { cwd: root })
