import type { Report } from '../report.ts'
import type { Cell, Column, Table } from './cell.ts'
import { plainLines } from './plain-words.ts'
import { reportTables } from './tables/report-tables.ts'
import { unreachable } from './unreachable.ts'
import { type WallClock, wallClock } from './wall-clock.ts'
import { type SheetCell, type WorkbookSheet, workbookBytes } from './xlsx/workbook.ts'

/**
 * A workbook with a sheet for each table of the report. Figures are number cells that show all their digits, times are date cells as the
 * account's clock shows them, words are string cells: nothing is ever a formula. A figure with more digits than a number cell keeps is left as
 * words, so that no digit is lost.
 * @see ECMA-376-1, section 18.18.11 "ST_CellType"
 */
export function xlsxBytes(report: Report): Uint8Array {
  const clock = wallClock(report.account.zone)
  return workbookBytes(reportTables(report).map(table => sheetOf(table, clock)))
}

function sheetOf(table: Table, clock: WallClock): WorkbookSheet {
  return { name: table.title, widths: table.columns.map(widthOf), rows: rowsOf(table, clock) }
}

function* rowsOf({ columns, rows }: Table, clock: WallClock): Generator<readonly (SheetCell | null)[]> {
  yield columns.map(({ title, kind }) => ({
    kind: 'text',
    text: title,
    look: kind === 'figure' ? 'title-right' : 'title',
  }))
  for (const row of rows) yield row.map(cell => cellOf(cell, clock))
}

function cellOf(cell: Cell | null, clock: WallClock): SheetCell | null {
  if (cell === null) return null
  switch (cell.kind) {
    case 'words':
      return wordsCell(cell.words)
    case 'figure':
      return figureCell(cell.figure)
    case 'moment':
      return dateCell(clock.asUtcMs(cell.atMs), 'yyyy-mm-dd hh:mm:ss.000')
    case 'day':
      return dateCell(Date.parse(`${cell.day}T00:00:00Z`), 'yyyy-mm-dd')
    case 'yes-no':
      return { kind: 'flag', value: cell.isSo }
    default:
      return unreachable(cell)
  }
}

/** Days since the last of 1899. @see ECMA-376-1, section 18.17.4 "Dates and Times" */
function dateCell(utcMs: number, format: string): SheetCell {
  return { kind: 'number', value: utcMs / 86_400_000 + 25_569, format }
}

function figureCell(figure: string): SheetCell {
  if (!keepsAllDigits(figure)) return { kind: 'text', text: figure, look: 'right' }
  const decimals = figure.split('.')[1]?.length ?? 0
  return { kind: 'number', value: Number(figure), format: decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}` }
}

/** Spreadsheets keep 15 digits of a number. @see Excel specifications and limits, "Number precision" */
const MOST_DIGITS = 15

function keepsAllDigits(figure: string): boolean {
  return figure.replace(/[-.]/g, '').replace(/^0+/, '').length <= MOST_DIGITS
}

/** A cell holds at most 32,767 characters. @see Excel specifications and limits, "Total number of characters that a cell can contain" */
const MOST_CHARACTERS = 32_767

/** `_x0041_` in a string would be read as the character of that number. @see ECMA-376-1, section 22.9.2.19 "ST_Xstring" */
function wordsCell(words: string): SheetCell {
  const text = plainLines(words)
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .slice(0, MOST_CHARACTERS)
    // The cut may have parted the two halves of a character.
    .replace(/[\ud800-\udbff]$/, '')
  return { kind: 'text', text, look: text.includes('\n') ? 'wrapped' : 'plain' }
}

function widthOf(column: Column): number {
  switch (column.kind) {
    case 'moment':
      return 24
    case 'day':
      return 12
    case 'words':
    case 'figure':
    case 'yes-no':
      return Math.max(12, column.title.length + 3)
    default:
      return unreachable(column.kind)
  }
}
