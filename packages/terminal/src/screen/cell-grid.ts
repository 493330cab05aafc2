import { glyphsOf, isSimple } from './glyphs.ts'
import { PLAIN, type Style } from './style.ts'

/** The second column of a wide glyph. */
export const CONTINUATION = ''
/** Nothing is known about what the terminal shows here; differs from every glyph. */
export const UNKNOWN = '\0'

/** A screenful of cells, row by row, with the columns of each row that were touched since they were last written out. */
export interface CellGrid {
  readonly columns: number
  readonly rows: number
  readonly glyphs: string[]
  readonly styles: Uint32Array
  /** First touched column of each row; `columns` when the row is untouched. */
  readonly touchedFrom: Int32Array
  /** Last touched column of each row; -1 when the row is untouched. */
  readonly touchedTo: Int32Array
}

export function cellGrid(columns: number, rows: number, glyph: string = ' '): CellGrid {
  return {
    columns,
    rows,
    glyphs: new Array<string>(columns * rows).fill(glyph),
    styles: new Uint32Array(columns * rows),
    touchedFrom: new Int32Array(rows).fill(columns),
    touchedTo: new Int32Array(rows).fill(-1),
  }
}

/** Writes one cell and keeps wide glyphs whole: the other half of one that is cut becomes a space. */
export function putCell(grid: CellGrid, x: number, y: number, glyph: string, style: Style): void {
  const at = y * grid.columns + x
  const old = grid.glyphs[at]
  if (old === glyph && grid.styles[at] === style) return
  if (old === CONTINUATION && glyph !== CONTINUATION && x > 0) replace(grid, x - 1, y, ' ')
  if (x + 1 < grid.columns && grid.glyphs[at + 1] === CONTINUATION) replace(grid, x + 1, y, ' ')
  grid.glyphs[at] = glyph
  grid.styles[at] = style
  touch(grid, x, y)
}

/**
 * Writes a text from column `x`, at most up to column `end` (exclusive). A wide glyph that would stand across `end` becomes a space.
 * @returns the column after the text
 */
export function putText(grid: CellGrid, x: number, y: number, end: number, text: string, style: Style): number {
  let column = x
  if (isSimple(text)) {
    for (let at = 0; at < text.length && column < end; at += 1, column += 1) putCell(grid, column, y, text[at]!, style)
    return column
  }
  for (const glyph of glyphsOf(text)) {
    if (column >= end) break
    if (glyph.width === 1) {
      putCell(grid, column, y, glyph.text, style)
    } else if (column + 1 < end) {
      putCell(grid, column, y, glyph.text, style)
      putCell(grid, column + 1, y, CONTINUATION, style)
    } else {
      putCell(grid, column, y, ' ', style)
    }
    column += glyph.width
  }
  return Math.min(column, end)
}

/** Blanks columns `x` to `end` (exclusive). */
export function putBlank(grid: CellGrid, x: number, y: number, end: number): void {
  for (let column = x; column < end; column += 1) putCell(grid, column, y, ' ', PLAIN)
}

function replace(grid: CellGrid, x: number, y: number, glyph: string): void {
  grid.glyphs[y * grid.columns + x] = glyph
  touch(grid, x, y)
}

function touch(grid: CellGrid, x: number, y: number): void {
  if (x < grid.touchedFrom[y]!) grid.touchedFrom[y] = x
  if (x > grid.touchedTo[y]!) grid.touchedTo[y] = x
}
