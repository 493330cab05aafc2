import { isatty } from 'node:tty'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'
import { type TypedEvent, typedLines } from './typed-line.ts'

/** Questions to a person on the terminal. They go to stderr, so that stdout holds the command's own words and nothing else. */
export interface Prompt {
  /**
   * @param how `hidden` for secrets: nothing of them is shown, not even how long they are.
   * @throws ExitError when the person gives up
   */
  ask(question: string, how: 'hidden' | 'shown'): Promise<string>
  /** Tells the person something between two questions. */
  say(text: string): void
  /** Leaves the terminal as it was found. Safe to call at any time, and twice. */
  close(): void
}

/**
 * @param onInterrupt what Ctrl-C does while nothing is asked: the terminal itself makes no signal of it meanwhile.
 * @returns null when there is no person at a terminal
 */
export function openPrompt(onInterrupt: (status: number) => void): Prompt | null {
  if (!isatty(0) || !isatty(2)) return null
  const { stdin, stderr } = process
  const lines = typedLines()
  const waiting: TypedEvent[] = []
  let asked: ((event: TypedEvent) => void) | null = null
  let isOpen = false

  function onData(chunk: Buffer): void {
    for (const event of lines.take(chunk)) {
      if (asked) asked(event)
      else if (event.kind === 'interrupted') onInterrupt(EXIT.interrupted)
      // A paste of several lines answers several questions.
      else if (event.kind === 'line' && waiting.length < MOST_WAITING) waiting.push(event)
    }
  }

  function open(): void {
    if (isOpen) return
    isOpen = true
    stdin.setRawMode(true)
    stdin.on('data', onData)
    stdin.on('error', onInterruptedInput)
    stdin.resume()
    // Whatever ends the program, the terminal gets its modes back; a shell that had it meanwhile may have changed them.
    process.on('exit', close)
    process.on('SIGCONT', setRawAgain)
  }

  const onInterruptedInput = (): void => onInterrupt(EXIT.interrupted)

  function setRawAgain(): void {
    stdin.setRawMode(false)
    stdin.setRawMode(true)
  }

  function close(): void {
    if (!isOpen) return
    isOpen = false
    process.off('exit', close)
    process.off('SIGCONT', setRawAgain)
    stdin.off('data', onData)
    stdin.off('error', onInterruptedInput)
    try {
      stdin.setRawMode(false)
    } catch {
      // The window was closed: there is nothing left to restore.
    }
    stdin.pause()
  }

  return {
    ask(question, how) {
      open()
      stderr.write(question)
      let length = question.length
      /** A line longer than the terminal is wide lies on several rows. */
      function again(text: string): void {
        const rows = Math.floor(Math.max(0, length - 1) / (stderr.columns || 80))
        const line = `${question}${printable(text)}`
        stderr.write(`\r${rows > 0 ? `\x1b[${rows}A` : ''}\x1b[J${line}`)
        length = line.length
      }
      return new Promise((resolve, reject) => {
        function take(event: TypedEvent): void {
          switch (event.kind) {
            case 'changed':
              if (how === 'shown') again(event.text)
              return
            case 'unknown-key':
              stderr.write('\x07')
              return
            case 'line':
              asked = null
              if (how === 'shown') again(event.text)
              stderr.write('\r\n')
              resolve(event.text)
              return
            case 'interrupted':
            case 'end':
              asked = null
              stderr.write('\r\n')
              close()
              reject(new ExitError(EXIT.interrupted, 'given up; nothing was stored'))
              return
            default:
              unreachable(event)
          }
        }
        asked = take
        const next = waiting.shift()
        if (next) take(next)
      })
    },
    say: text => void stderr.write(`${printable(text)}\r\n`),
    close,
  }
}

/** Lines that come before their question; our choice, more than there are questions. */
const MOST_WAITING = 8

function unreachable(value: never): never {
  throw new Error(`expected every event to be handled, but met ${JSON.stringify(value)}`)
}
