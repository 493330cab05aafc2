import { isatty } from 'node:tty'
import { systemClock } from '@scalpdesk/sdk'

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
  const { stdin, stdout } = process
  let said = ''
  const { promise: answered, resolve } = Promise.withResolvers<void>()
  function onData(chunk: Buffer): void {
    said += chunk.toString('latin1')
    if (DEVICE_ATTRIBUTES.test(said)) resolve()
  }
  const restore = (): void => void stdin.setRawMode(false)
  process.once('exit', restore)
  stdin.setRawMode(true)
  stdin.on('data', onData)
  stdin.resume()
  stdout.write('\x1b[?u\x1b[c')
  const limit = systemClock.at(systemClock.monotonicMs() + ANSWER_WITHIN_MS, resolve)
  await answered
  limit.cancel()
  stdin.off('data', onData)
  process.off('exit', restore)
  restore()
  stdin.pause()
  if (KITTY_FLAGS.test(said)) return { kind: 'kitty' }
  return DEVICE_ATTRIBUTES.test(said) ? { kind: 'legacy' } : { kind: 'unknown', why: 'the terminal gave no answer' }
}

const KITTY_FLAGS = /\x1b\[\?\d+u/
const DEVICE_ATTRIBUTES = /\x1b\[\?[\d;]+c/
/** Our choice: also over a slow line. */
const ANSWER_WITHIN_MS = 500
