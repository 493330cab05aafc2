import { type CellGrid, putBlank, putText } from './cell-grid.ts'
import { glyphsOf, textWidth } from './glyphs.ts'
import { type Looks, type Span, span, styleOf } from './looks.ts'

/** One line of the screen: pieces from left to right. */
export type Line = readonly Span[]

export type Align = 'left' | 'centre' | 'right'

/** Where a line goes, in cells. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Columns that a line takes. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, piece) => sum + textWidth(piece.text), 0)
}

/** Words that may be cut, with `…` to say so; a figure among them is left out whole, since half a price is a wrong price. */
export function clipped(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  if (width <= 0) return ''
  let kept = ''
  let column = 0
  for (const glyph of glyphsOf(text)) {
    if (column + glyph.width > width - 1) return `${withoutHalfFigure(kept, glyph.text)}…`
    kept += glyph.text
    column += glyph.width
  }
  return `${kept}…`
}

/** What stands before the cut, without the figure that it goes through. */
function withoutHalfFigure(kept: string, next: string): string {
  return /[\d.,]/.test(next) ? kept.replace(/[-+]?[\d.,]+$/, '').trimEnd() : kept
}

/**
 * A figure is shown whole or not at all: half a price is a wrong price. Gives up its unit first (the words after the figure), which the
 * column's title repeats.
 */
export function wholeFigure(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  const [figure = ''] = text.split(' ', 1)
  if (textWidth(figure) <= width) return figure
  return width > 0 ? '…' : ''
}

/** The line cut to a width; what is left of it ends with `…`. */
export function clippedLine(line: Line, width: number): Line {
  if (lineWidth(line) <= width) return line
  const kept: Span[] = []
  let left = width
  for (const piece of line) {
    const wide = textWidth(piece.text)
    if (wide < left) {
      kept.push(piece)
      left -= wide
    } else {
      // One column more than there is room for, so that a piece that would just fit makes room for the mark.
      kept.push(span(clipped(wide === left ? `${piece.text} ` : piece.text, left), piece.look))
      break
    }
  }
  return kept
}

/** The first of some lines, the most telling first, that fits a width; the last one cut where none does. */
export function fittingLine(width: number, ...lines: readonly [Line, ...Line[]]): Line {
  return lines.find(line => lineWidth(line) <= width) ?? clippedLine(lines.at(-1) ?? [], width)
}

/** The line with spaces up to a width, or cut to it. */
export function paddedLine(line: Line, width: number, align: Align = 'left'): Line {
  const fitted = clippedLine(line, width)
  const spare = width - lineWidth(fitted)
  if (spare <= 0) return fitted
  const before = align === 'left' ? 0 : align === 'right' ? spare : Math.floor(spare / 2)
  return [span(' '.repeat(before)), ...fitted, span(' '.repeat(spare - before))].filter(({ text }) => text !== '')
}

/** Draws a line into its place and blanks the rest of the place. */
export function putLine(grid: CellGrid, box: Box, row: number, line: Line, align: Align, looks: Looks | boolean): void {
  const y = box.y + row
  const end = Math.min(box.x + box.width, grid.columns)
  if (y >= grid.rows || row >= box.height || box.x >= end) return
  const fitted = clippedLine(line, end - box.x)
  const spare = align === 'left' ? 0 : end - box.x - lineWidth(fitted)
  const start = box.x + (align === 'centre' ? Math.floor(spare / 2) : spare)
  putBlank(grid, box.x, y, start)
  let x = start
  for (const piece of fitted) x = putText(grid, x, y, end, piece.text, styleOf(piece.look, looks))
  putBlank(grid, x, y, end)
}
