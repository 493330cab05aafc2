import { isatty } from 'node:tty'
import { withInput } from '../doctor/raw-input.ts'

/** What the keyboard can do here, as far as the terminal says without the trading screen. */
export type KeyboardAbilities =
  /** Reports bare Ctrl keys and key releases. */
  | { readonly kind: 'kitty' }
  /** Answers, but knows no such protocol. */
  | { readonly kind: 'legacy' }
  /** No terminal, or one that answers nothing. */
  | { readonly kind: 'unknown'; readonly why: string }

/**
 * Asks whether the kitty keyboard protocol is spoken, then what every terminal answers: without the first answer the second
 * says no. Source: kitty keyboard protocol, "Detection of support for this protocol".
 */
export async function askKeyboard(): Promise<KeyboardAbilities> {
  if (!isatty(0) || !isatty(1)) return { kind: 'unknown', why: 'input or output is no terminal' }
  let said = ''
  await withInput(
    ANSWER_WITHIN_MS,
    () => process.stdout.write('\x1b[?u\x1b[c'),
    chunk => {
      said += chunk.toString('latin1')
      return DEVICE_ATTRIBUTES.test(said)
    },
  )
  if (KITTY_FLAGS.test(said)) return { kind: 'kitty' }
  return DEVICE_ATTRIBUTES.test(said) ? { kind: 'legacy' } : { kind: 'unknown', why: 'the terminal gave no answer' }
}

const KITTY_FLAGS = /\x1b\[\?\d+u/
const DEVICE_ATTRIBUTES = /\x1b\[\?[\d;]+c/
/** Our choice: also over a slow line. */
const ANSWER_WITHIN_MS = 500
