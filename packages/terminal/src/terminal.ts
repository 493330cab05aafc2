import { writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { isMultiplexed } from './keys/keyboard.ts'
import { printable } from './printable.ts'

/**
 * The terminal's modes: entered once, always left again, whatever ends the program. Imports next to nothing, because the
 * first picture waits for it. Sources: XTerm Control Sequences (1049, 25, 7, 1004, 2004, 2026); kitty keyboard protocol (> u, < u, ? u).
 */
export interface Terminal {
  readonly columns: number
  readonly rows: number
  /** tmux or screen stand between. */
  readonly isMultiplexed: boolean
  /**
   * Alternate screen, no cursor, no wrapping, pastes marked, focus, bare modifiers and key releases reported where they can be.
   * @param picture what to show at once.
   */
  enter(picture?: string): void
  /** The same keys, and nothing else: what is written stands as lines where the shell's own do, for screen readers. */
  enterLines(): void
  readonly isEntered: boolean
  /** Sets the modes again after a shell took the terminal over (SIGCONT). */
  reenter(): void
  /** Back to what it was, whoever calls and why. Synchronous, safe to call at any time and twice. */
  leave(): void
  /** What leaving has to do first, and what it has to say afterwards (on stderr, one line), on every way out. */
  beforeLeaving(farewell: Farewell): void
  write(text: string): void
  onInput(listener: (chunk: Uint8Array) => void): void
  onResize(listener: (columns: number, rows: number) => void): void
}

interface Farewell {
  /** Nothing may be painted over what the terminal was before. */
  stopPainting(): void
  /** What the trader must know when the screen is gone; null for nothing. */
  lastWords(): string | null
}

/** Pastes are marked, and focus is told. */
const HEAR = '\x1b[?1004h\x1b[?2004h'
const ENTER = `\x1b[?1049h\x1b[?25l\x1b[?7l${HEAR}\x1b[H\x1b[2J`
/**
 * 1 disambiguate + 2 event types + 4 shifted signs + 8 all keys as escape codes + 16 what they type; then ask which took hold, and
 * what every terminal answers.
 */
const ASK_FOR_KEYS = '\x1b[>31u\x1b[?u\x1b[c'
/** The keyboard's modes belong to the alternate screen: popped before it is left. */
const LEAVE_LINES = '\x1b[<u\x1b[?2004l\x1b[?1004l'
const LEAVE = `\x1b[?2026l\x1b[m${LEAVE_LINES}\x1b[?7h\x1b[?25h\x1b[?1049l`

/** @returns null when input or output is not a terminal. */
export function openTerminal(): Terminal | null {
  // Asked of the descriptors: making the streams takes longer than the first picture may.
  if (!isatty(0) || !isatty(1)) return null
  const { stdout } = process
  let entered: Entered | null = null
  let farewell: Farewell | null = null
  const terminal: Terminal = {
    get columns() {
      return stdout.columns
    },
    get rows() {
      return stdout.rows
    },
    isMultiplexed: isMultiplexed(process.env),
    get isEntered() {
      return entered !== null
    },
    enter(picture = '') {
      begin(SCREEN, picture)
    },
    enterLines() {
      begin(LINES, '')
    },
    reenter() {
      if (!entered) return
      // The shell that had the terminal may have changed its modes behind our back: set them from the beginning.
      try {
        process.stdin.setRawMode(false)
        process.stdin.setRawMode(true)
        terminal.write(`\x1b[<u${entered.begin}${ASK_FOR_KEYS}`)
      } catch {
        // Continued because the window was closed: the hang-up signal ends the program.
      }
    },
    leave() {
      if (!entered) return
      const { end } = entered
      entered = null
      try {
        farewell?.stopPainting()
      } catch {
        // Leaving comes first.
      }
      try {
        terminal.write(end)
        process.stdin.setRawMode(false)
      } catch {
        // The terminal is gone (closed window): there is nothing left to restore.
      }
      process.stdin.pause()
      const words = farewell?.lastWords() ?? null
      if (words !== null) process.stderr.write(`scalpdesk: ${printable(words)}\n`)
    },
    beforeLeaving(given) {
      farewell = given
    },
    write(text) {
      // Straight to the descriptor: painting and leaving must not wait in a stream's queue.
      let rest = Buffer.from(text)
      while (rest.length > 0) {
        try {
          rest = rest.subarray(writeSync(1, rest))
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
        }
      }
    },
    onInput(listener) {
      // A window that is closed takes all three away; the hang-up signal says so, and each stream need not say it too.
      for (const stream of [process.stdin, stdout, process.stderr]) stream.on('error', () => {})
      process.stdin.on('data', (chunk: Buffer) => listener(chunk))
      process.stdin.resume()
    },
    onResize(listener) {
      stdout.on('resize', () => listener(stdout.columns, stdout.rows))
    },
  }
  function begin(as: Entered, picture: string): void {
    if (entered) return
    entered = as
    terminal.write(as.begin + picture)
    // Before the question: its answer must not be echoed.
    process.stdin.setRawMode(true)
    terminal.write(ASK_FOR_KEYS)
    // Left and entered again: leaving had stopped it.
    if (process.stdin.listenerCount('data') > 0) process.stdin.resume()
  }
  return terminal
}

interface Entered {
  readonly begin: string
  readonly end: string
}

const SCREEN: Entered = { begin: ENTER, end: LEAVE }
const LINES: Entered = { begin: HEAR, end: LEAVE_LINES }
