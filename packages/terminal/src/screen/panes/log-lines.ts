import type { Line } from '../line.ts'
import { span } from '../looks.ts'
import { wrappedWords } from '../wrapped-words.ts'
import type { Room } from './row.ts'

/** Behind the time of a line, where what has no room in its first row goes on. */
const INDENT = ' '.repeat(9)
/** No sentence needs more on the narrowest terminal, and nothing longer may fill the log (our choice). */
const ROWS_A_LINE = 10

/** The newest lines of the log, the last one at the bottom, each whole: what does not fit a row goes on in the next. */
export function logLines(log: readonly string[], { width, height }: Room): readonly Line[] {
  const rows: string[] = []
  for (let at = log.length - 1; at >= 0 && rows.length < height; at -= 1)
    rows.unshift(...wrappedLine(log[at] ?? '', width))
  return rows.slice(-height).map(text => [span(text, 'label')])
}

function wrappedLine(line: string, width: number): readonly string[] {
  const [time = '', ...rest] = line.split(' ')
  const texts = wrappedWords(rest.join(' '), Math.max(1, width - INDENT.length - 1), ROWS_A_LINE)
  return texts.map((text, row) => ` ${row === 0 ? time.padEnd(INDENT.length) : INDENT}${text}`)
}
