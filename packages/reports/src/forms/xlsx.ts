import writeXlsxFile, { type CellObject, type Row, type Sheet } from 'write-excel-file/node'
import type { Report } from '../report.ts'
import type { Cell, Column, Table } from './cell.ts'
import { plainLines } from './plain-words.ts'
import { reportTables } from './tables/report-tables.ts'
import { unreachable } from './unreachable.ts'
import { type WallClock, wallClock } from './wall-clock.ts'

/**
 * A workbook with a sheet for each table of the report. Figures are number cells that show all their digits, times are date cells as the
 * account's clock shows them, words are string cells: nothing is ever a formula. A figure with more digits than a number cell keeps is left as
 * words, so that no digit is lost.
 * @see ECMA-376-1, section 18.18.11 "ST_CellType"
 */
export async function xlsxBytes(report: Report): Promise<Uint8Array> {
  const clock = wallClock(report.account.zone)
  const sheets = reportTables(report).map(table => sheetOf(table, clock))
  return writeXlsxFile(sheets).toBuffer()
}

type WorkbookSheet = Sheet<never>

function sheetOf(table: Table, clock: WallClock): WorkbookSheet {
  const rows = table.rows.map(row => row.map(cell => cellOf(cell, clock)))
  return {
    sheet: table.title,
    data: [table.columns.map(headerOf), ...rows],
    columns: table.columns.map(column => ({ width: widthOf(column) })),
    stickyRowsCount: 1,
  }
}

function headerOf(column: Column): CellObject {
  return { value: column.title, type: String, fontWeight: 'bold', align: column.kind === 'figure' ? 'right' : 'left' }
}

function cellOf(cell: Cell | null, clock: WallClock): Row[number] {
  if (cell === null) return null
  switch (cell.kind) {
    case 'words':
      return wordsCell(cell.words)
    case 'figure':
      return figureCell(cell.figure)
    case 'moment':
      return { value: new Date(clock.asUtcMs(cell.atMs)), type: Date, format: 'yyyy-mm-dd hh:mm:ss.000' }
    case 'day':
      return { value: new Date(`${cell.day}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' }
    case 'yes-no':
      return { value: cell.isSo, type: Boolean }
    default:
      return unreachable(cell)
  }
}

function figureCell(figure: string): CellObject {
  const value = Number(figure)
  if (!keepsAllDigits(figure)) return { value: figure, type: String, align: 'right' }
  const decimals = figure.split('.')[1]?.length ?? 0
  return { value, type: Number, format: decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}` }
}

/** Spreadsheets keep 15 digits of a number. @see Excel specifications and limits, "Number precision" */
const MOST_DIGITS = 15

function keepsAllDigits(figure: string): boolean {
  return figure.replace(/[-.]/g, '').replace(/^0+/, '').length <= MOST_DIGITS
}

/** A cell holds at most 32,767 characters. @see Excel specifications and limits, "Total number of characters that a cell can contain" */
const MOST_CHARACTERS = 32_767

/** `_x0041_` in a string would be read as the character of that number. @see ECMA-376-1, section 22.9.2.19 "ST_Xstring" */
function wordsCell(words: string): CellObject {
  const value = plainLines(words)
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .slice(0, MOST_CHARACTERS)
    // The cut may have parted the two halves of a character.
    .replace(/[\ud800-\udbff]$/, '')
  return { value, type: String, wrap: value.includes('\n') }
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
