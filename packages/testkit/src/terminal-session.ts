import { setTimeout as pause } from 'node:timers/promises'
import { spawn } from '@lydell/node-pty'
import { seenTerminal } from './seen-terminal.ts'

export interface TerminalOptions {
  readonly command: string
  readonly args?: readonly string[]
  readonly columns?: number
  readonly rows?: number
  /** The whole environment of the program; `TERM` is set to `xterm-256color` unless given. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Answers the kitty keyboard protocol's query, as a terminal that speaks it does. */
  readonly kitty?: boolean
}

/** A program on a pseudo-terminal, with a person's eyes and hands. */
export interface TerminalSession {
  /** Sends bytes to the program as a keyboard does. */
  type(text: string): void
  /** What a person sees: one line for each row, trailing spaces and empty rows at the end left out. */
  screen(): string
  /** Waits until what a person sees contains a text, matches a pattern or satisfies a predicate. @throws with the last screen when it never does */
  waitForScreen(expected: string | RegExp | ((screen: string) => boolean), timeoutMs?: number): Promise<string>
  resize(columns: number, rows: number): void
  /** Stops reading what the program writes, as a terminal does after Ctrl-S: once the system's buffer is full, writes block or fail. */
  pause(): void
  resume(): void
  kill(signal?: string): void
  /** Settles once the program has ended and all its output was read. */
  readonly exited: Promise<{ readonly code: number; readonly signal: number | null }>
  /** Every byte that the program wrote so far, as text. */
  raw(): string
  readonly isAlternateScreen: boolean
  readonly isCursorVisible: boolean
  /** Kitty keyboard flags in force; 0 when all were popped again. */
  readonly keyboardFlags: number
  readonly processId: number
}

/** Runs a program on a pseudo-terminal whose screen can be read. End it with `kill()`, or let it exit. */
export function openTerminal(options: TerminalOptions): TerminalSession {
  const columns = options.columns ?? 80
  const rows = options.rows ?? 24
  const seen = seenTerminal(columns, rows)
  const program = spawn(options.command, [...(options.args ?? [])], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: options.cwd ?? process.cwd(),
    env: { TERM: 'xterm-256color', ...options.env },
  })
  let raw = ''
  program.onData(data => {
    raw += data
    seen.write(data)
  })
  // The terminal's own answers, such as the one to `CSI c`, go back to the program.
  seen.onAnswer(answer => program.write(answer))
  if (options.kitty === true) seen.answerKitty()
  let isRunning = true
  const exited = new Promise<{ code: number; signal: number | null }>(resolve => {
    program.onExit(async ({ exitCode, signal }) => {
      isRunning = false
      await seen.drawn()
      resolve({ code: exitCode, signal: signal === undefined || signal === 0 ? null : signal })
    })
  })

  return {
    type: text => program.write(text),
    screen: () => seen.screen(),
    async waitForScreen(expected, timeoutMs = 30_000) {
      const start = performance.now()
      for (;;) {
        const hadEnded = !isRunning
        await seen.drawn()
        const screen = seen.screen()
        if (isSeen(screen, expected)) return screen
        const waitedMs = Math.round(performance.now() - start)
        if (hadEnded || waitedMs > timeoutMs) {
          throw new Error(
            `expected the screen to show ${expected}, but after ${waitedMs} ms the program ${hadEnded ? 'has ended' : 'runs'} and it shows:\n${screen}`,
          )
        }
        await pause(Math.min(LOOK_EVERY_MS + waitedMs / 100, LOOK_AT_LEAST_EVERY_MS))
      }
    },
    resize(toColumns, toRows) {
      seen.resize(toColumns, toRows)
      program.resize(toColumns, toRows)
    },
    pause: () => program.pause(),
    resume: () => program.resume(),
    kill(signal) {
      if (isRunning) program.kill(signal)
    },
    exited,
    raw: () => raw,
    get isAlternateScreen() {
      return seen.isAlternateScreen
    },
    get isCursorVisible() {
      return seen.isCursorVisible
    },
    get keyboardFlags() {
      return seen.keyboardFlags
    },
    processId: program.pid,
  }
}

/** How often the screen is looked at while something is awaited: less often for what takes long, since a look takes time from it. */
const LOOK_EVERY_MS = 4
const LOOK_AT_LEAST_EVERY_MS = 20

function isSeen(screen: string, expected: string | RegExp | ((screen: string) => boolean)): boolean {
  if (typeof expected === 'string') return screen.includes(expected)
  if (expected instanceof RegExp) return expected.test(screen)
  return expected(screen)
}
