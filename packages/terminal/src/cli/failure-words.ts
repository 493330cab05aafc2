import { CommanderError } from 'commander'
import { EXIT, ExitError } from '../exit-status.ts'

/** What a command that failed ends with, and says on stderr. */
export function failureOf(error: unknown): { readonly status: number; readonly message: string } {
  if (error instanceof CommanderError) return { status: EXIT.usage, message: usageSentence(error) }
  const status = error instanceof ExitError ? error.status : EXIT.failed
  return { status, message: error instanceof Error ? error.message : String(error) }
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
