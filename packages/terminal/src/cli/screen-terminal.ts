import { EXIT, ExitError } from '../exit-status.ts'
import { type Screen, startScreen } from '../screen/screen.ts'
import { SMALLEST_SCREEN } from '../screen/view.ts'
import type { Picture } from '../session/picture.ts'
import type { Terminal } from '../terminal.ts'
import { fitsScreen } from './start-up-terminal.ts'

/** Opens painting threads; the first one at once, so that it loads while the broker is asked. */
export function screenOpener(terminal: Terminal, useColour: boolean): () => Screen {
  const open = (): Screen =>
    startScreen({
      workerUrl: new URL('./painter.js', import.meta.url),
      columns: terminal.columns,
      rows: terminal.rows,
      useColour,
    })
  let first: Screen | null = open()
  return () => {
    const screen = first ?? open()
    first = null
    return screen
  }
}

export function checkSize(terminal: Terminal): void {
  if (fitsScreen(terminal)) return
  const { columns, rows } = SMALLEST_SCREEN
  throw new ExitError(
    EXIT.usage,
    `expected a terminal of at least ${columns}x${rows}, but this one is ${terminal.columns}x${terminal.rows}; enlarge it or choose a smaller font`,
  )
}

/**
 * Follows the terminal's size. A stopped program shows prices that are not true: a stop request is ignored, and after a
 * forced stop everything is drawn again.
 */
export function keepInForeground(terminal: Terminal, picture: Pick<Picture, 'resize' | 'notice'>): void {
  picture.resize(terminal.columns, terminal.rows)
  terminal.onResize(picture.resize)
  process.on('SIGTSTP', () => picture.notice('the trading screen is not put in the background; q quits'))
  process.on('SIGCONT', () => {
    terminal.reenter()
    picture.resize(terminal.columns, terminal.rows)
  })
}
