/** `pnpm exec node packages/site/src/write-journal-format.ts` writes the table of records in its guide anew; a test compares it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { withRecords } from './journal-format.ts'

const GUIDE = new URL('../../../docs/guides/journal-format.md', import.meta.url)
writeFileSync(GUIDE, withRecords(readFileSync(GUIDE, 'utf8')))
