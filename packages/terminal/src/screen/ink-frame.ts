import { type CellGrid, putBlank, putText } from './cell-grid.ts'
import { PLAIN, styleAfter } from './style.ts'

/**
 * Draws one whole frame of Ink, lines of text with SGR sequences between them, into the grid; cells it does not
 * reach are blanked, what lies outside the grid is left out, and any other control sequence is dropped.
 */
export function drawInkFrame(grid: CellGrid, frame: string): void {
  const lines = frame.split('\n')
  let style = PLAIN
  for (let y = 0; y < grid.rows; y += 1) {
    let x = 0
    const line = lines[y] ?? ''
    for (const part of line.matchAll(piece)) {
      const [whole, parameters, final, text] = part
      if (text !== undefined) x = putText(grid, x, y, grid.columns, text, style)
      else if (final === 'm' && whole.startsWith('\x1b[')) style = styleAfter(style, numbersOf(parameters ?? ''))
    }
    putBlank(grid, x, y, grid.columns)
  }
}

/** A control sequence (ECMA-48, 5.4), or a run of text up to the next escape. */
const piece = /\x1b\[([0-9:;<=>?]*)[ -/]*([@-~])|\x1b[^[]?|([^\x1b]+)/g

function numbersOf(parameters: string): readonly number[] {
  return parameters.split(';').map(Number)
}
