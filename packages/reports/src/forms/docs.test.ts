import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { columnDocs } from '../testing/column-docs.ts'
import { SAMPLE_REPORT } from '../testing/sample-report.ts'

it('documents every column of every CSV file as it is', () => {
  const docs = readFileSync(new URL('../../docs/csv.md', import.meta.url), 'utf8')
  expect(unaligned(docs.slice(docs.indexOf('## summary.csv')).trimEnd())).toBe(unaligned(columnDocs(SAMPLE_REPORT)))
})

/** Tables without the blanks and dashes that make their columns as wide as each other. */
function unaligned(markdown: string): string {
  return markdown.replace(/ +/g, ' ').replace(/-{3,}/g, '---')
}
