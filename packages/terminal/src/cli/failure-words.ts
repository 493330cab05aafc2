import { CommanderError } from 'commander'
import { EXIT } from '../exit-status.ts'
import { type Failure, failureFrom } from './told-failure.ts'

/** What a command that failed ends with, and says on stderr. */
export function failureOf(error: unknown): Failure {
  return error instanceof CommanderError ? { status: EXIT.usage, message: usageSentence(error) } : failureFrom(error)
}

/**
 * The words of commander, which begin with `error: ` and may run over two lines; it has none for help on nothing it knows. What
 * follows the `=` of an option that it does not know is left out: it may be a mistyped `--password=`.
 */
function usageSentence({ code, message }: CommanderError): string {
  const words = message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^(unknown option '[^'=]*)=.*'(?=$| \(Did you mean)/, "$1=…'")
  return `${code === 'commander.help' ? 'no command of that name to help with' : words}; see scalpdesk --help`
}
