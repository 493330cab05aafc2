import { EXIT, ExitError } from '../exit-status.ts'
import { excerpt } from './flag-values.ts'

/** A word or flag that means nothing to a command. */
export function misplaced(word: string, command = 'mock'): ExitError {
  const advice = `leave it out, or see scalpdesk ${command} --help`
  return new ExitError(EXIT.usage, `${command} takes no ${excerpt(word)}; ${advice}`)
}
