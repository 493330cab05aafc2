// What a stranger does with the packed reports: a day without trades, in two of its forms.
import assert from 'node:assert/strict'
import { type DayFacts, markdownText, reportOf, xlsxBytes } from '@scalpdesk/reports'

const beginMs = Date.UTC(2026, 0, 5)
const facts: DayFacts = {
  account: { id: 'PACKED', name: null, environment: 'mock', currency: 'EUR', zone: 'UTC' },
  span: { from: '2026-01-05', to: '2026-01-05', beginMs, endMs: beginMs + 86_400_000 },
  sources: [],
  transactions: [],
  activities: [],
  balances: [],
  journal: null,
  markets: [],
  prices: [],
  remarks: [],
  dayNotes: [],
}
const report = reportOf(facts)
// @ts-expect-error a report is not a text: the types have come along
const wrong: string = report
assert.equal(typeof wrong, 'object')
assert.match(markdownText(report), /PACKED/)
// A workbook is a zip, which begins so.
assert.equal(Buffer.from((await xlsxBytes(report)).slice(0, 2)).toString(), 'PK')
console.log('@scalpdesk/reports: a day in two forms')
