import { printable } from '../printable.ts'
import { plainText, textWidth } from '../screen/glyphs.ts'

/** How a column stands: words to the left, figures to the right. */
export interface Column {
  readonly title: string
  readonly side?: 'left' | 'right'
}

/** Aligned lines with a title each, for a terminal of any width: nothing is cut, and nothing of a broker's text is obeyed. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] {
  const cells = [columns.map(({ title }) => title), ...rows].map(row => row.map(shown))
  const widths = columns.map((_column, at) => Math.max(...cells.map(row => textWidth(row[at] ?? ''))))
  return cells.map(row =>
    columns
      .map(({ side = 'left' }, at) => {
        const text = row[at] ?? ''
        const space = ' '.repeat((widths[at] ?? 0) - textWidth(text))
        return side === 'right' ? `${space}${text}` : `${text}${space}`
      })
      .join('  ')
      .trimEnd(),
  )
}

/** Lines of a name and what it is. */
export function sheet(rows: readonly (readonly [name: string, text: string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows.map(([name, text]) => `${name.padEnd(width)}${shown(text)}`)
}

/** What a terminal obeys is shown, and what terminals measure differently is replaced: columns stay columns. */
const shown = (text: string): string => plainText(printable(text))
