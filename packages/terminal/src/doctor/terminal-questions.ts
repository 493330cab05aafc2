import { systemClock } from '@scalpdesk/sdk'
import { createKeyDecoder } from '../keys/key-decoder.ts'
import { withInput } from './raw-input.ts'
import { WIDE_SAMPLE } from './terminal.ts'

/** Asks a terminal where its cursor is after a sample. @returns the column from 1; null for no answer */
export async function askColumn(): Promise<number | null> {
  let said = ''
  await withInput(
    ANSWER_MS,
    () => process.stdout.write(`\r${WIDE_SAMPLE}\x1b[6n`),
    chunk => {
      said += chunk.toString('latin1')
      return POSITION.test(said)
    },
  )
  process.stdout.write('\r\x1b[K')
  const [, column] = POSITION.exec(said) ?? []
  return column === undefined ? null : Number(column)
}

/** XTerm Control Sequences, "Device Status Report": ESC [ row ; column R. */
const POSITION = /\x1b\[\d+;(\d+)R/

/**
 * Asks for the keys that trade where bare keys can, and waits for them, for Enter, or for a while.
 * @returns the names of what was pressed
 */
export async function askForKeys(): Promise<ReadonlySet<string>> {
  const decoder = createKeyDecoder()
  const pressed = new Set<string>()
  // Flags 1, 2 and 8: kitty keyboard protocol, "Progressive enhancement". Others leave it alone.
  const ask = '\x1b[>11uPress Left Ctrl, then Right Ctrl, then b; Enter goes on: '
  await withInput(
    PRESS_MS,
    () => process.stdout.write(ask),
    chunk => {
      for (const input of decoder.decode(chunk, systemClock.monotonicMs())) {
        if (input.kind !== 'key' || input.event === 'release') continue
        if (input.name === 'enter' || input.name === 'ctrl+c') return true
        pressed.add(input.name)
      }
      return pressed.has('b')
    },
    '\x1b[<u',
  )
  process.stdout.write('\r\x1b[K')
  return pressed
}

/** Our choices: also over a slow line; and long enough to read and press. */
const ANSWER_MS = 500
const PRESS_MS = 15_000
