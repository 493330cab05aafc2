import { expect, it } from 'vitest'
import { SAMPLE_REPORT } from '../testing/sample-report.ts'
import { markdownText } from './markdown.ts'

const text = markdownText(SAMPLE_REPORT)
const lines = text.split('\n')

it('begins with the account and the day, and has a table for each part that has rows', () => {
  expect(lines[0]).toBe('# Trading report 2026-01-05')
  expect(lines.filter(line => line.startsWith('## '))).toEqual(
    [
      'Summary',
      'Findings',
      'Balance',
      'Trades',
      'Deals',
      'Charges',
      'Days',
      'Statistics',
      'Equity curve',
      'Presses',
      'Guard events',
      'Latency',
      'What if (hypothetical)',
      'What-if trades (hypothetical)',
      'What if, left out',
      'Sources',
    ].map(title => `## ${title}`),
  )
})

it('has as many cells in each row of a table as in its header', () => {
  const cells = (line: string): number => line.replace(/\\\|/g, '').split('|').length
  let header = ''
  for (const line of lines) {
    if (!line.startsWith('|')) header = ''
    else if (header === '') header = line
    else expect(cells(line)).toBe(cells(header))
  }
})

it('lets no word become HTML, a link, a cell or an emphasis', () => {
  expect(text).not.toMatch(/<(img|script|\/script)/)
  expect(text).not.toMatch(/https?:\/\//)
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  expect(text).toContain('pipe \\| tick \\` line break, "quoted", tab end')
})

it('shows money with its sign and its thousands', () => {
  expect(text).toContain('| closing | closing | Closing balance | +10,167.13 | EUR |')
  expect(text).toContain('| part | unexplained | Unexplained | -0.07 | EUR |')
})
