import type { CsvRecord } from './csv-records.ts'
import { csvRecords } from './csv-records.ts'
import { ImportError, quotedExcerpt } from './import-error.ts'

/**
 * The columns of IG's download of transactions, in the same English words whatever the account's language is. IG does not publish them: they
 * are those of downloads that people showed, in English and French.
 * @see https://github.com/hugodemenez/deltalytix/pull/394 and its sample `ig-transaction-history-sample.csv`
 */
const COLUMNS = {
  date: 'TextDate',
  summary: 'Summary',
  market: 'MarketName',
  period: 'Period',
  printed: 'ProfitAndLoss',
  type: 'Transaction type',
  reference: 'Reference',
  openLevel: 'Open level',
  closeLevel: 'Close level',
  size: 'Size',
  symbol: 'Currency',
  amount: 'PL Amount',
  cash: 'Cash transaction',
  closedAt: 'DateUtc',
  openedAt: 'OpenDateUtc',
  currency: 'CurrencyIsoCode',
} as const

export type CsvColumn = keyof typeof COLUMNS

/** What can be done without. `currency` came later than the others, and the money stands in two columns. */
const SPARE: readonly CsvColumn[] = ['date', 'summary', 'period', 'printed', 'symbol', 'openedAt', 'currency']

export interface CsvLine {
  readonly line: number
  /** Empty where the file has no such column. */
  readonly of: (column: CsvColumn) => string
}

export const columnName = (column: CsvColumn): string => COLUMNS[column]

/** The lines of a download, by the names of their columns, in whatever order those stand. @throws {ImportError} */
export function csvLines(text: string): readonly CsvLine[] {
  const first = text.slice(0, text.search(/[\r\n]|$/))
  const mark = ([',', ';', '\t'] as const).reduce((best, other) =>
    first.split(other).length > first.split(best).length ? other : best,
  )
  const [header, ...records] = csvRecords(text, mark)
  if (!header)
    throw new ImportError(null, 'expected transactions that IG lets download, but the file is empty; download it anew')
  const places = placesOf(header)
  return records.map(record => {
    if (record.fields.length !== header.fields.length)
      throw new ImportError(
        record.line,
        `expected ${header.fields.length} fields as in the first line, but got ${record.fields.length}; download the file anew`,
      )
    return { line: record.line, of: column => record.fields[places.get(column) ?? -1]?.trim() ?? '' }
  })
}

function placesOf({ fields }: CsvRecord): ReadonlyMap<CsvColumn, number> {
  const names = fields.map(simple)
  if (names.includes('activityhistoryid') || names.includes('textepic'))
    throw new ImportError(
      1,
      "expected IG's download of transactions, but this is its download of activity; choose Transactions there",
    )
  const places = new Map<CsvColumn, number>()
  for (const [column, name] of Object.entries(COLUMNS) as [CsvColumn, string][]) {
    const found = names.flatMap((each, at) => (each === simple(name) ? [at] : []))
    if (found.length > 1)
      throw new ImportError(1, `expected one column ${name}, but there are ${found.length}; leave one`)
    if (found[0] !== undefined) places.set(column, found[0])
    else if (!SPARE.includes(column))
      throw new ImportError(
        1,
        `expected a column ${name}, but the first line has ${quotedExcerpt(fields.join(', '))}; import the file as IG gives it, with its first line`,
      )
  }
  return places
}

const simple = (name: string): string => name.replaceAll(/[\s_]/g, '').toLowerCase()
