import type { Look, Paint } from './paint.ts'
import { fitted, padded, textWidth } from './text-width.ts'

export interface TextColumn {
  readonly title: string
  readonly isFigure: boolean
  /** Words may be cut to this; figures never are. */
  readonly least: number
  /** Columns leave from the highest when the terminal is too narrow; 0 stays. */
  readonly rank: number
}

export interface TextCell {
  readonly text: string
  readonly look: Look | null
}

/** Rows under their titles, within a width: first the columns of the highest ranks go, then words are cut. A figure is whole or not there. */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly TextCell[])[],
  width: number,
  paint: Paint,
): readonly string[] {
  const natural = columns.map((column, at) =>
    Math.max(textWidth(column.title), ...rows.map(row => textWidth(row[at]?.text ?? ''))),
  )
  const shown = keptColumns(columns, natural, width)
  const widths = sharedWidths(columns, natural, shown, width)
  const lineOf = (cells: readonly TextCell[]): string =>
    shown
      .map((at, place) => {
        const cell = cells[at]!
        const text = padded(fitted(cell.text, widths[place]!), widths[place]!, columns[at]!.isFigure)
        if (cell.look === null) return text
        const inked = text.trimEnd()
        return inked === '' ? text : `${paint(cell.look, inked)}${text.slice(inked.length)}`
      })
      .join(GAP)
      .trimEnd()
  const titles = columns.map(({ title }): TextCell => ({ text: title, look: 'quiet' }))
  return [lineOf(titles), ...rows.map(lineOf)]
}

const GAP = '  '

function leastWidth(column: TextColumn, natural: number): number {
  return column.isFigure ? natural : Math.min(natural, column.least)
}

function keptColumns(columns: readonly TextColumn[], natural: readonly number[], width: number): readonly number[] {
  let kept = columns.map((_, at) => at)
  const needed = (): number =>
    kept.reduce((sum, at) => sum + leastWidth(columns[at]!, natural[at]!), GAP.length * (kept.length - 1))
  while (needed() > width) {
    const highest = Math.max(...kept.map(at => columns[at]!.rank))
    if (highest === 0) break
    kept = kept.filter(at => columns[at]!.rank !== highest)
  }
  return kept
}

/** What is left beyond the least goes to the words, from left to right. */
function sharedWidths(
  columns: readonly TextColumn[],
  natural: readonly number[],
  shown: readonly number[],
  width: number,
): readonly number[] {
  const widths = shown.map(at => leastWidth(columns[at]!, natural[at]!))
  let free = width - widths.reduce((sum, one) => sum + one, GAP.length * (shown.length - 1))
  for (const [place, at] of shown.entries()) {
    const more = Math.max(0, Math.min(free, natural[at]! - widths[place]!))
    widths[place]! += more
    free -= more
  }
  return widths
}
