import { Decimal } from '@scalpdesk/sdk'
import { type CsvColumn, type CsvLine, columnName } from './csv-columns.ts'
import { type DecimalMark, type FigureText, figureText, isPlain, provenMark, valueWith } from './figure-text.ts'
import { ImportError, quotedExcerpt } from './import-error.ts'

/** The numbers of a file. What `1,234` is, is told by the other numbers of its column, or else of the file. */
export interface CsvFigures {
  /** @throws {ImportError} when it cannot be told, or the two columns do not agree */
  money(line: CsvLine): Decimal
  /** null: there is none. @throws {ImportError} */
  level(line: CsvLine, column: 'openLevel' | 'closeLevel' | 'size'): Decimal | null
}

/** Columns whose numbers are printed alike. */
const GROUPS: readonly (readonly CsvColumn[])[] = [['printed'], ['amount'], ['openLevel', 'closeLevel'], ['size']]

export function csvFigures(lines: readonly CsvLine[]): CsvFigures {
  const ofGroup = GROUPS.map(columns => markOf(lines, columns))
  const told = new Set(ofGroup.filter(mark => mark !== null))
  /** Where a column proves nothing itself and all others agree. */
  const [ofFile = null] = told.size === 1 ? told : []

  function markFor(column: CsvColumn): DecimalMark | null {
    return ofGroup[GROUPS.findIndex(columns => columns.includes(column))] ?? ofFile
  }

  function readingOf(line: CsvLine, column: CsvColumn): Decimal | FigureText | null {
    const text = line.of(column)
    if (text === '' || text === '-') return null
    const figure = figureText(text)
    if (!figure) throw notClear(line, column, 'it is no number')
    if (isPlain(figure)) return valueWith(figure, '.')
    const mark = markFor(column)
    return mark === null ? figure : valueWith(figure, mark)
  }

  return {
    level(line, column) {
      const value = readingOf(line, column)
      if (value === null || Decimal.isDecimal(value)) return value
      throw notClear(line, column, 'no other number tells whether its sign is before decimals or between thousands')
    },
    money(line) {
      const [amount, printed] = [readingOf(line, 'amount'), readingOf(line, 'printed')]
      if (amount === null) throw notClear(line, 'amount', 'it is empty')
      if (printed === null && Decimal.isDecimal(amount)) return amount
      const values = meanings(amount).filter(
        value => printed === null || meanings(printed).some(other => other.eq(value)),
      )
      if (values.length === 1 && values[0]) return values[0]
      if (values.length > 1 || printed === null)
        throw notClear(line, 'amount', 'no other number tells whether its sign is before decimals or between thousands')
      throw notClear(line, 'amount', `${columnName('printed')} is ${quotedExcerpt(line.of('printed'))}`)
    },
  }
}

const meanings = (value: Decimal | FigureText): readonly Decimal[] =>
  Decimal.isDecimal(value) ? [value] : (['.', ','] as const).flatMap(mark => valueWith(value, mark) ?? [])

/** @throws {ImportError} when its numbers prove both */
function markOf(lines: readonly CsvLine[], columns: readonly CsvColumn[]): DecimalMark | null {
  let mark: DecimalMark | null = null
  for (const line of lines)
    for (const column of columns) {
      const figure = figureText(line.of(column))
      const proven = figure && provenMark(figure)
      if (!proven || proven === mark) continue
      if (mark !== null) throw notClear(line, column, 'numbers before it have the other sign before their decimals')
      mark = proven
    }
  return mark
}

function notClear(line: CsvLine, column: CsvColumn, why: string): ImportError {
  return new ImportError(
    line.line,
    `expected a clear number in ${columnName(column)}, but got ${quotedExcerpt(line.of(column))}, and ${why}; import the file as IG gives it, not saved by a spreadsheet`,
  )
}
