import type { Report } from '../report.ts'
import type { Column, Table } from './cell.ts'
import { plainWords } from './plain-words.ts'
import { readableText } from './readable-text.ts'
import { reportTables } from './tables/report-tables.ts'
import { type WallClock, wallClock, zoneText } from './wall-clock.ts'

/**
 * The report as GitHub Flavored Markdown: a heading and a table for each of its parts, the most important first. Words of others are escaped,
 * so that they neither end a cell nor become a link, an image or HTML.
 * @see GitHub Flavored Markdown Spec, section 4.10 "Tables (extension)"; CommonMark, section 2.4 "Backslash escapes"
 */
export function markdownText(report: Report): string {
  const { account, span } = report
  const clock = wallClock(account.zone)
  const days = span.from === span.to ? span.from : `${span.from} to ${span.to}`
  const name = account.name === null ? '' : `, ${escaped(account.name)}`
  const heading = [
    `# Trading report ${days}`,
    `Account ${escaped(account.id)}${name} (${account.environment}), ${escaped(account.currency)}. Days and times in ${escaped(zoneText(account.zone))}.`,
  ]
  const parts = reportTables(report)
    .filter(table => table.rows.length > 0)
    .map(table => `## ${table.title}\n\n${tableText(table, clock)}`)
  return `${[...heading, ...parts].join('\n\n')}\n`
}

/** One table, its columns as wide as they come. */
function tableText(table: Table, clock: WallClock): string {
  const columns = table.columns.map((column, at) => ({ column, at })).filter(({ at }) => isFilled(table, at))
  const header = line(columns.map(({ column }) => column.title))
  const rule = line(columns.map(({ column }) => ruleOf(column)))
  const rows = table.rows.map(row =>
    line(columns.map(({ column, at }) => escaped(readableText(row[at] ?? null, column, clock)))),
  )
  return [header, rule, ...rows].join('\n')
}

/** A column in which no row has anything is left out: these tables are for reading. */
function isFilled(table: Table, at: number): boolean {
  return table.rows.some(row => row[at] !== null)
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function ruleOf(column: Column): string {
  return column.kind === 'figure' ? '---:' : '---'
}

/** Every sign of Markdown that could begin something, and `<` and `&` as what HTML calls them. */
function escaped(words: string): string {
  return plainWords(words)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#!|~]/g, '\\$&')
    .replaceAll('://', '&#58;//')
    .replace(/www\./gi, match => match.replace('.', '&#46;'))
    .replaceAll('@', '&#64;')
}
