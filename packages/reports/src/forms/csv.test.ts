import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCsv } from '../testing/read-csv.ts'
import { SAMPLE_REPORT } from '../testing/sample-report.ts'
import { HOSTILE } from '../testing/sample-trades.ts'
import type { Table } from './cell.ts'
import { csvFiles, csvText } from './csv.ts'
import { wallClock } from './wall-clock.ts'

const clock = wallClock('Europe/Berlin')
const file = (name: string): string => csvFiles(SAMPLE_REPORT).find(one => one.name === name)?.text ?? ''

it('writes a file for each table, ended and parted by CRLF, its header first', () => {
  expect(csvFiles(SAMPLE_REPORT).map(one => one.name)).toEqual([
    'summary.csv',
    'findings.csv',
    'balance.csv',
    'trades.csv',
    'deals.csv',
    'charges.csv',
    'days.csv',
    'statistics.csv',
    'curve.csv',
    'presses.csv',
    'guard-events.csv',
    'latency.csv',
    'what-if.csv',
    'what-if-trades.csv',
    'what-if-left-out.csv',
    'sources.csv',
  ])
  expect(file('days.csv')).toMatch(
    /^day,trades,won,lost,change,charges,drawdown,currency,notes\r\n2026-01-05,8,3,4,17\.15,-5\.25,-24\.90,EUR,"'=HYPERLINK[^\r]*\nslept badly\n[^\r]+"\r\n$/,
  )
})

it('writes an instant with the offset of the account’s zone, and nothing for what is not known', () => {
  const [, gold] = readCsv(file('deals.csv')).filter(row => row[0] === 't7')
  expect(gold?.slice(0, 5)).toEqual(['t7', 'exit', '2026-01-05T17:05:00.000+01:00', 'DIAAAAT7OUT', 'AAAT7OUT'])
  expect(file('deals.csv')).toContain('\r\nt7,entry,,,,')
})

it.each([
  HOSTILE.formula,
  HOSTILE.plus,
  '@SUM(1)',
  '-2+3',
  ' =1',
  '\t=1',
  '\r\n=1',
  '\u200b=1',
  '\ufeff=1',
  '＝1+1',
  '|calc',
  '%0a',
  "'=1",
])('keeps a spreadsheet from taking %j for a formula', words => {
  const [, row] = readCsv(csvText(wordsTable([words]), clock))
  expect(row).toEqual([`'${words}`])
})

it('leaves figures below zero as they are: numbers, not words', () => {
  expect(file('balance.csv')).toContain('part,spread,Spread paid,-9.20,EUR,')
})

it('gives back any words that it was given, whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), given => {
      const [header, ...rows] = readCsv(csvText(wordsTable(given), clock))
      expect(header).toEqual(['words'])
      expect(rows.map(([words = '']) => (words.startsWith("'") ? words.slice(1) : words))).toEqual(given)
    }),
  )
})

function wordsTable(all: readonly string[]): Table {
  return {
    name: 'words',
    title: 'Words',
    columns: [{ key: 'words', title: 'Words', meaning: '', kind: 'words', isResult: false }],
    rows: all.map(words => [{ kind: 'words', words }]),
  }
}
