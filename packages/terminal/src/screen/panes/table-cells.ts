import { textWidth } from '../glyphs.ts'
import { clipped, wholeFigure } from '../line.ts'
import { type Look, type Span, span } from '../looks.ts'

/** A figure at the right of its column, behind a gap, so that figures stand under each other; whole or not at all. */
export function figureCell(text: string, width: number, look: Look = 'plain'): Span {
  const figure = wholeFigure(text, width - 1)
  return span(' '.repeat(Math.max(0, width - textWidth(figure))) + figure, look)
}

/** Words at the left of their column, behind a gap. */
export function wordCell(text: string, width: number, look: Look = 'plain'): Span {
  const words = clipped(text, width - 1)
  return span(` ${words}${' '.repeat(Math.max(0, width - 1 - textWidth(words)))}`, look)
}

/** Words at the right of their column, over figures. */
export function titleCell(text: string, width: number, look: Look = 'label'): Span {
  const words = clipped(text, width - 1)
  return span(' '.repeat(Math.max(0, width - textWidth(words))) + words, look)
}
