import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Decimal } from '@scalpdesk/sdk'
import readXlsxFile from 'read-excel-file/node'
import { expect, it } from 'vitest'
import { readCsv } from '../testing/read-csv.ts'
import { SAMPLE_REPORT } from '../testing/sample-report.ts'
import type { Cell } from './cell.ts'
import { plainLines } from './plain-words.ts'
import { reportTables } from './tables/report-tables.ts'
import { wallClock } from './wall-clock.ts'
import { xlsxBytes } from './xlsx.ts'

const tables = reportTables(SAMPLE_REPORT)
const clock = wallClock(SAMPLE_REPORT.account.zone)

it('holds every figure as a number, every time as a date, and words as they are, read by another library', async () => {
  const sheets = await readXlsxFile(Buffer.from(xlsxBytes(SAMPLE_REPORT)))
  expect(sheets.map(sheet => sheet.sheet)).toEqual(tables.map(table => table.title))
  for (const [at, table] of tables.entries()) {
    const [header, ...rows] = sheets[at]?.data ?? []
    expect(header).toEqual(table.columns.map(column => column.title))
    const expected = table.rows.map(row => row.map(readOf))
    expect(rows.map((row, y) => row.map((cell, x) => sameMoment(cell, expected[y]?.[x])))).toEqual(expected)
  }
})

it('keeps a figure of more digits than a number has as words, whole', async () => {
  const amount = new Decimal('12345678901234.5678')
  const part = { cause: 'other', amount, rows: [] } as const
  const report = { ...SAMPLE_REPORT, bridge: { ...SAMPLE_REPORT.bridge, parts: [part] } }
  const sheets = await readXlsxFile(Buffer.from(xlsxBytes(report)))
  expect(sheets.find(one => one.sheet === 'Balance')?.data[2]?.[3]).toBe('12345678901234.5678')
})

it('cuts words at what a cell holds, between two characters, and keeps what looks like an escape as it is', async () => {
  const words = [`${'x'.repeat(32_766)}😀`, '_x0041_']
  const findings = words.map(one => ({ ...SAMPLE_REPORT.findings[0]!, words: one }))
  const sheets = await readXlsxFile(Buffer.from(xlsxBytes({ ...SAMPLE_REPORT, findings })))
  const read = sheets
    .find(one => one.sheet === 'Findings')
    ?.data.slice(1)
    .map(row => row[2])
  expect(read).toEqual(['x'.repeat(32_766), '_x0041_'])
})

const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find(path => existsSync(path))

it(office === undefined
  ? 'is not opened by LibreOffice here, because it is not installed'
  : 'shows in LibreOffice the same digits as the CSV files, and no formula', async () => {
  if (office === undefined) return
  const folder = mkdtempSync(join(tmpdir(), 'report-xlsx-'))
  try {
    const file = join(folder, 'report.xlsx')
    writeFileSync(file, xlsxBytes(SAMPLE_REPORT))
    // Comma, quotes, UTF-8, as shown, formulas as they are, every sheet into a file of its own.
    const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1'
    const profile = `-env:UserInstallation=file://${folder}/profile`
    execFileSync(office, [profile, '--headless', '--convert-to', filter, '--outdir', folder, file], { stdio: 'ignore' })
    expect(readdirSync(folder).filter(name => name.endsWith('.csv'))).toHaveLength(tables.length)
    for (const table of tables) {
      const text = readFileSync(join(folder, `report-${table.title}.csv`), 'utf8')
      const [, ...rows] = readCsv(text.replace(/\n$/, '\r\n').replace(/(?<!\r)\n(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '\r\n'))
      expect(rows).toEqual(table.rows.map(row => row.map(shownOf)))
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 120_000)

const wordsOf = plainLines

/** The reader cuts what it computes to whole milliseconds, so that it may be one too early; LibreOffice below shows them as they are. */
function sameMoment(cell: unknown, expected: unknown): unknown {
  const isNear = cell instanceof Date && expected instanceof Date && Math.abs(cell.getTime() - expected.getTime()) <= 1
  return isNear ? expected : cell
}

function readOf(cell: Cell | null): unknown {
  switch (cell?.kind) {
    case undefined:
      return null
    case 'words':
      return wordsOf(cell.words)
    case 'figure':
      return Number(cell.figure)
    case 'moment':
      return new Date(clock.asUtcMs(cell.atMs))
    case 'day':
      return new Date(`${cell.day}T00:00:00Z`)
    case 'yes-no':
      return cell.isSo
  }
}

function shownOf(cell: Cell | null): string {
  switch (cell?.kind) {
    case undefined:
      return ''
    case 'words':
      return wordsOf(cell.words).replaceAll('\r\n', '\n')
    case 'figure':
      return cell.figure
    case 'moment':
      return clock.stamp(cell.atMs).slice(0, 23).replace('T', ' ')
    case 'day':
      return cell.day
    case 'yes-no':
      return cell.isSo ? 'TRUE' : 'FALSE'
  }
}
