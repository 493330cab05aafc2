import { reportTables } from '../forms/tables/report-tables.ts'
import type { Report } from '../report.ts'

/** The columns of every file of the CSV form, as docs/csv.md lists them. */
export function columnDocs(report: Report): string {
  const tables = reportTables(report).map(({ name, columns }) => {
    const rows = columns.map(({ key, kind, meaning }) => `| \`${key}\` | ${kind} | ${meaning.replaceAll('|', '\\|')} |`)
    return [`## ${name}.csv`, '', '| Column | Holds | Meaning |', '| --- | --- | --- |', ...rows].join('\n')
  })
  return tables.join('\n\n')
}
