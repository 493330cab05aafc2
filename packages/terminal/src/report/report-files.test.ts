import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reportOf } from '@scalpdesk/reports'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeReport } from './report-files.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Of a day on which nothing happened. */
const made = {
  report: reportOf({
    account: { id: 'ABC12', name: null, environment: 'demo', currency: 'EUR', zone: 'UTC' },
    span: { from: '2026-01-05', to: '2026-01-05', beginMs: 0, endMs: 1 },
    sources: [],
    transactions: [],
    activities: [],
    balances: [],
    journal: null,
    markets: [],
    prices: [],
    remarks: [],
    dayNotes: [],
  }),
  prices: [],
}

it('makes a folder of CSV at once, and in one that is there leaves what is not its own', () => {
  const path = join(folder, 'new', 'csv')
  writeReport(made, 'csv', path)
  const names = readdirSync(path)
  expect(names).toHaveLength(16)
  expect(names.map(name => statSync(join(path, name)).mode & 0o777)).toEqual(names.map(() => 0o600))
  writeFileSync(join(path, 'mine.txt'), 'kept')
  writeFileSync(join(path, 'trades.csv'), 'old')
  writeReport(made, 'csv', path)
  expect(readFileSync(join(path, 'trades.csv'), 'utf8')).toMatch(/^id,/)
  expect(readdirSync(path).sort()).toEqual([...names, 'mine.txt'].sort())
  expect(readdirSync(join(folder, 'new'))).toEqual(['csv'])
})

it('writes a workbook, and says in words where it cannot', () => {
  writeReport(made, 'xlsx', join(folder, 'book.xlsx'))
  expect(readFileSync(join(folder, 'book.xlsx')).subarray(0, 2).toString()).toBe('PK')
  mkdirSync(join(folder, 'page.html'))
  expect(() => writeReport(made, 'html', join(folder, 'page.html'))).toThrow(
    /it is a folder; move it away \(nothing was changed\)/,
  )
  expect(() => writeReport(made, 'csv', join(folder, 'book.xlsx'))).toThrow(/expected to write .*book\.xlsx, but/)
  expect(readdirSync(folder).sort()).toEqual(['book.xlsx', 'page.html'])
})
