import { constants, openSync, writeFileSync, writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { textFromScaled } from '../scaled-text.ts'
import { startScreen } from '../screen.ts'
import type { ScreenView } from '../view.ts'
import { OPEN_VIEW } from './sample-view.ts'

/**
 * A desk for tests of the painting thread: draws as fast as it is told to and obeys single keys.
 * Arguments: the bundled painter, how many milliseconds lie between two views, a file for what cannot be said on the terminal.
 */
const [painterFile = '', everyMs = '16', noteFile = ''] = process.argv.slice(2)
writeSync(1, '\x1b[?1049h\x1b[?25l')
const screen = startScreen({
  workerUrl: pathToFileURL(painterFile),
  columns: process.stdout.columns,
  rows: process.stdout.rows,
  useColour: true,
})

let tick = 0
let views = setInterval(show, Number(everyMs))
screen.onFailure(error => finish(`FAILED ${error.message}`))
process.stdout.on('resize', () => screen.resize(process.stdout.columns, process.stdout.rows))
process.stdin.setRawMode(true)
process.stdin.on('data', keys => {
  switch (keys.toString()) {
    case 'f':
      clearInterval(views)
      break
    case 'g':
      views = setInterval(show, Number(everyMs))
      break
    case 'p':
      screen.onPainted((sequence, atMs) => {
        const isPlausible = sequence > 0 && Math.abs(Date.now() - atMs) < 60_000
        finish(`PAINTED ${isPlausible}`)
      })
      break
    case 'w':
      fillTerminal()
      writeFileSync(noteFile, 'full')
      break
    case 's':
      writeFileSync(noteFile, `stopped ${screen.stopNow()}`)
      process.exit(0)
      break
    default:
      finish('')
  }
})

function show(): void {
  tick += 1
  screen.show(viewAt(tick))
}

function viewAt(at: number): ScreenView {
  const bid = 108512 + (at % 40)
  return {
    ...OPEN_VIEW,
    quote: {
      ...OPEN_VIEW.quote,
      bid: textFromScaled(bid, 5),
    },
    feeds: [
      { epic: OPEN_VIEW.market.epic, first: bid, low: bid, high: bid + 9, last: bid + 4, decimals: 5, ticks: [] },
    ],
  }
}

/** Writes what no terminal shows until the terminal takes no more. */
function fillTerminal(): void {
  const fd = openSync('/proc/self/fd/1', constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  try {
    for (;;) writeSync(fd, '\0'.repeat(1024))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
  }
}

function finish(words: string): void {
  const isQuiet = screen.stopNow()
  // Whatever the painter wrote after this mark, it wrote after it was stopped.
  writeSync(1, `\x1b[2J\x1b[HSTOPPED ${isQuiet} ${words}`)
  clearInterval(views)
  setTimeout(() => process.exit(0), 150)
}
