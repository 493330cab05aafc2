import './no-fetch.ts'
import { flushCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { PaintLock } from './paint-lock.ts'
import { PaintedMark } from './painted-mark.ts'
import type { PainterData, PainterMessage } from './painter-message.ts'
import { Painting } from './painting.ts'
import { openTerminal, TerminalOutput } from './terminal-output.ts'
import type { ScreenView } from './view.ts'
import { withChanges } from './view-changes.ts'

/** The painting thread: keeps the newest view, paints it, and notices when the desk falls silent. */

/** How often silence and a terminal that is full are looked at (our choice: well below what a person notices as a delay). */
const LOOK_EVERY_MS = 250
/** How soon a full terminal is tried again: one frame of a screen. */
const RETRY_AFTER_MS = 16

/** By then the first picture stands, what draws has been compiled, and nobody waits (our choice). */
const SETTLED_AFTER_MS = 1_000

const STANDARD_OUTPUT = 1
const BELL = '\x07'

if (parentPort === null)
  throw new Error('expected to run as a worker thread, but this is a main thread; use startScreen()')
const desk = parentPort
const data: PainterData = workerData
const lock = new PaintLock(data.lock)
const mark = new PaintedMark(data.painted)
const output = new TerminalOutput(openTerminal(STANDARD_OUTPUT), lock)
const painting = new Painting(data)
let view: ScreenView | null = null
let unreported: number | null = null
let isRetrying = false

desk.on('message', (message: PainterMessage) => {
  if (message.kind === 'view') {
    lock.countTaken()
    view = withChanges(view, message.changed)
    painting.take(view, performance.now())
    unreported = message.sequence
  } else if (message.kind === 'resize') {
    painting.resize(message.columns, message.rows)
  } else if (message.kind === 'seed') {
    painting.seed(message.epic, message.timeFrame, message.candles)
  } else if (message.kind === 'ring') {
    if (!lock.isStopped && !output.isBusy) output.write(BELL)
  }
  paint()
})

setInterval(paint, LOOK_EVERY_MS)
setTimeout(loadInk, SETTLED_AFTER_MS)

function paint(): void {
  if (lock.isStopped) return
  output.flush()
  if (!output.isBusy) output.write(painting.frame(performance.now()))
  if (output.isBusy) retryLater()
  else report()
}

function retryLater(): void {
  if (isRetrying) return
  isRetrying = true
  setTimeout(() => {
    isRetrying = false
    paint()
  }, RETRY_AFTER_MS)
}

function report(): void {
  if (unreported === null) return
  mark.note(unreported, performance.timeOrigin + performance.now())
  unreported = null
}

async function loadInk(): Promise<void> {
  try {
    const { InkLayout } = await import('./layout/ink-layout.tsx')
    painting.overlayBy(looks => new InkLayout(looks))
  } catch {
    // Rows go on drawing all of it.
  }
  // The thread is ended without being asked, and would keep nothing.
  flushCompileCache()
}
