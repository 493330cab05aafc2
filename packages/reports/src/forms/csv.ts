import type { Report } from '../report.ts'
import type { Cell, Table } from './cell.ts'
import { reportTables } from './tables/report-tables.ts'
import { unreachable } from './unreachable.ts'
import { type WallClock, wallClock } from './wall-clock.ts'

export interface CsvFile {
  /** Such as `trades.csv`. */
  readonly name: string
  readonly text: string
}

/**
 * A file for each table of the report; its columns are in docs/csv.md. UTF-8 without a mark, a header line, CRLF, quoted where needed.
 *
 * Words that a spreadsheet would take for a formula begin with an apostrophe, which is part of the file; figures are only ever digits, a point
 * and a minus.
 * @see RFC 4180, section 2; OWASP, "CSV Injection"
 */
export function csvFiles(report: Report): readonly CsvFile[] {
  const clock = wallClock(report.account.zone)
  return reportTables(report).map(table => ({ name: `${table.name}.csv`, text: csvText(table, clock) }))
}

/** One table as the text of its file. */
export function csvText(table: Table, clock: WallClock): string {
  const header = table.columns.map(column => quoted(column.key)).join(',')
  const lines = table.rows.map(row => row.map(cell => quoted(cellText(cell, clock))).join(','))
  return [header, ...lines, ''].join('\r\n')
}

function cellText(cell: Cell | null, clock: WallClock): string {
  if (cell === null) return ''
  switch (cell.kind) {
    case 'words':
      return harmless(cell.words)
    case 'figure':
      return cell.figure
    case 'moment':
      return clock.stamp(cell.atMs)
    case 'day':
      return cell.day
    case 'yes-no':
      return cell.isSo ? 'yes' : 'no'
    default:
      return unreachable(cell)
  }
}

/**
 * Programs that open a file may skip blanks and marks before a sign, and read full-width signs as plain ones: these count as well. A word that
 * begins with an apostrophe gets another, so that taking one away always gives the word back.
 */
const LOOKS_LIKE_FORMULA = /^(?:'|[\s\p{Cc}\p{Cf}]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/u

function harmless(words: string): string {
  return LOOKS_LIKE_FORMULA.test(words) ? `'${words}` : words
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
