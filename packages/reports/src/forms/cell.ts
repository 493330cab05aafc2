/**
 * What a table holds at one place, before any form has printed it. A figure is already text, from `figures.ts`, so that no form can round it in
 * another way; null is what is not known.
 */
export type Cell =
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'figure'; readonly figure: string }
  | { readonly kind: 'moment'; readonly atMs: number }
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'yes-no'; readonly isSo: boolean }

export interface Column {
  /** Stable: programs read it. */
  readonly key: string
  readonly title: string
  /** For the table of columns in the docs. */
  readonly meaning: string
  readonly kind: Cell['kind']
  /** Above zero is good and below is bad: shown with a sign. */
  readonly isResult: boolean
}

export interface Table {
  /** Stable: the name of its file and of its sheet. */
  readonly name: string
  readonly title: string
  readonly columns: readonly Column[]
  /** A cell for each column. */
  readonly rows: readonly (readonly (Cell | null)[])[]
}

/** A column and how to fill it from a row of the report. */
export interface ColumnOf<Row> extends Column {
  cell(row: Row): Cell | null
}

export function tableOf<Row>(
  name: string,
  title: string,
  columns: readonly ColumnOf<Row>[],
  rows: readonly Row[],
): Table {
  return { name, title, columns, rows: rows.map(row => columns.map(column => column.cell(row))) }
}

export function words<Row>(
  key: string,
  title: string,
  meaning: string,
  read: (row: Row) => string | null,
): ColumnOf<Row> {
  return { key, title, meaning, kind: 'words', isResult: false, cell: row => wordsCell(read(row)) }
}

export function figure<Row>(
  key: string,
  title: string,
  meaning: string,
  read: (row: Row) => string | null,
): ColumnOf<Row> {
  return { key, title, meaning, kind: 'figure', isResult: false, cell: row => figureCell(read(row)) }
}

/** A figure that is good above zero and bad below. */
export function result<Row>(
  key: string,
  title: string,
  meaning: string,
  read: (row: Row) => string | null,
): ColumnOf<Row> {
  return { ...figure(key, title, meaning, read), isResult: true }
}

export function moment<Row>(
  key: string,
  title: string,
  meaning: string,
  read: (row: Row) => number | null,
): ColumnOf<Row> {
  const cell = (row: Row): Cell | null => {
    const atMs = read(row)
    return atMs === null ? null : { kind: 'moment', atMs }
  }
  return { key, title, meaning, kind: 'moment', isResult: false, cell }
}

export function day<Row>(key: string, title: string, meaning: string, read: (row: Row) => string): ColumnOf<Row> {
  return { key, title, meaning, kind: 'day', isResult: false, cell: row => ({ kind: 'day', day: read(row) }) }
}

export function yesNo<Row>(key: string, title: string, meaning: string, read: (row: Row) => boolean): ColumnOf<Row> {
  return { key, title, meaning, kind: 'yes-no', isResult: false, cell: row => ({ kind: 'yes-no', isSo: read(row) }) }
}

function wordsCell(read: string | null): Cell | null {
  return read === null ? null : { kind: 'words', words: read }
}

function figureCell(read: string | null): Cell | null {
  return read === null ? null : { kind: 'figure', figure: read }
}
