import { EXIT, ExitError } from '../exit-status.ts'
import { printable } from '../printable.ts'

/** What something that failed ends with, and says on stderr. */
export interface Failure {
  readonly status: number
  readonly message: string
}

export function failureFrom(error: unknown): Failure {
  const status = error instanceof ExitError ? error.status : EXIT.failed
  return { status, message: error instanceof Error ? error.message : String(error) }
}

/** @returns the exit status */
export function tellFailure({ status, message }: Failure): number {
  // Settings may have several problems: a line each.
  for (const line of message.split('\n')) process.stderr.write(`scalpdesk: ${printable(line)}\n`)
  return status
}
