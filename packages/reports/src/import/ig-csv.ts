import { type AccountZone, type Decimal, dayAt, type Transaction, type TransactionType } from '@scalpdesk/sdk'
import type { BrokerTransaction } from '../day-facts.ts'
import { transactionRows } from '../row-ids.ts'
import { type CsvColumn, type CsvLine, columnName, csvLines } from './csv-columns.ts'
import { csvFigures } from './csv-figures.ts'
import { ImportError, quotedExcerpt } from './import-error.ts'

/**
 * The rows of IG's own CSV download of transactions, as the API would tell them. All of them or none: what is not clear beyond doubt is refused.
 * @param account whose they are to be
 * @throws {ImportError}
 */
export function igCsv(
  bytes: Uint8Array,
  account: { readonly currency: string; readonly zone: AccountZone },
): readonly BrokerTransaction[] {
  const lines = csvLines(textOf(bytes))
  if (lines.length === 0)
    throw new ImportError(null, 'expected transactions, but the file has none; choose a longer time there')
  const figures = csvFigures(lines)
  return transactionRows(
    lines.map(line => {
      const amount = figures.money(line)
      const result = {
        openLevel: figures.level(line, 'openLevel'),
        closeLevel: figures.level(line, 'closeLevel'),
        size: figures.level(line, 'size'),
      }
      return rowOf(line, account, amount, result)
    }),
  )
}

type Levels = Pick<Transaction, 'openLevel' | 'closeLevel' | 'size'>

function rowOf(line: CsvLine, account: Parameters<typeof igCsv>[1], amount: Decimal, levels: Levels): Transaction {
  const closedAtMs = instantOf(line, 'closedAt')
  if (closedAtMs === null) throw refused(line, 'closedAt', 'a time such as 2026-08-04T11:47:24')
  const reference = line.of('reference')
  if (reference === '') throw refused(line, 'reference', 'a reference')
  const currency = line.of('currency')
  if (currency !== '' && currency !== account.currency)
    throw new ImportError(
      line.line,
      `expected ${account.currency}, the account's currency, but ${columnName('currency')} is ${quotedExcerpt(currency)}; name the account that it is of with --account`,
    )
  const symbol = currency === '' ? line.of('symbol') : ''
  const isCash = flagOf(line)
  const isResult = Boolean(levels.openLevel && levels.closeLevel && levels.size && !levels.size.isZero())
  const { summary, market } = { summary: said(line.of('summary')), market: said(line.of('market')) }
  return {
    closedAtMs,
    openedAtMs: instantOf(line, 'openedAt'),
    date: dayOf(line, closedAtMs, account.zone),
    // A row that is no deal is named by its kind: in the API's rows the name holds it.
    instrumentName: isResult ? market : [summary, market].filter(text => text !== null).join(': ') || null,
    period: line.of('period') || null,
    profitAndLoss: { amount, symbol },
    type: typeOf(line.of('type'), isResult, isCash, amount),
    reference,
    ...levels,
    currencySymbol: symbol,
    isCash,
  }
}

/** The words are in the account's language; money in and out are IG's `DEPO` and `WITH`, charges among them. */
function typeOf(word: string, isResult: boolean, isCash: boolean, amount: Decimal): TransactionType {
  if (isResult) return 'deal'
  const known = ({ DIVIDEND: 'dividend', CHART: 'chart', EXCHANGE: 'exchange' } as const)[word.toUpperCase()]
  if (known && !isCash) return known
  return amount.isNegative() ? 'withdrawal' : 'deposit'
}

/** Without a zone it is UTC: the column says so. */
function instantOf(line: CsvLine, column: CsvColumn): number | null {
  const text = line.of(column)
  if (text === '' || text === '-') return null
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d{1,6})?Z?$/.exec(text) ?? []
  const ms = Date.parse(`${day}T${time}Z`)
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day)
    throw refused(line, column, 'a time such as 2026-08-04T11:47:24')
  return ms
}

/** Of the account's calendar. The day that is printed, in one of several orders, has to be that one or one beside it. */
function dayOf(line: CsvLine, closedAtMs: number, zone: AccountZone): string {
  const day = dayAt(closedAtMs, zone)
  const printed = line.of('date')
  if (printed === '') return day
  const isNear = printedDays(printed).some(ms => Math.abs(ms - Date.parse(day)) <= DAY_MS)
  if (isNear) return day
  throw refused(line, 'date', `a day that goes with ${columnName('closedAt')}, ${day}`)
}

function printedDays(text: string): readonly number[] {
  const [, one = '', two = '', three = ''] = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})$/.exec(text) ?? []
  const year = (digits: string): number => (digits.length === 2 ? 2_000 + Number(digits) : Number(digits))
  return [
    Date.UTC(year(three), Number(two) - 1, Number(one)),
    Date.UTC(year(three), Number(one) - 1, Number(two)),
    Date.UTC(year(one), Number(two) - 1, Number(three)),
  ]
}

const DAY_MS = 86_400_000

function flagOf(line: CsvLine): boolean {
  const word = line.of('cash').toLowerCase()
  if (word === 'true' || word === 'false') return word === 'true'
  throw refused(line, 'cash', 'true or false')
}

const said = (text: string): string | null => (text === '' || text === '-' ? null : text)

function refused(line: CsvLine, column: CsvColumn, expected: string): ImportError {
  return new ImportError(
    line.line,
    `expected ${expected} in ${columnName(column)}, but got ${quotedExcerpt(line.of(column))}; import the file as IG gives it, not saved by a spreadsheet`,
  )
}

function textOf(bytes: Uint8Array): string {
  try {
    // Takes the mark at the beginning off.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ImportError(
      null,
      'expected text in UTF-8, but the file is something else; import it as IG gives it, not saved by a spreadsheet',
    )
  }
}
