import { CredentialError, type CredentialErrorCode } from '../credentials/credential-store.ts'
import { EXIT, ExitError } from '../exit-status.ts'

/** A failure as the command ends with it. What is no failure that was expected is thrown on: it is a fault of the program's own. */
export function exitOf(error: unknown): ExitError {
  if (error instanceof ExitError) return error
  if (error instanceof CredentialError) return new ExitError(statusOf(error.code), error.message)
  throw error
}

function statusOf(code: CredentialErrorCode): number {
  switch (code) {
    case 'no-passphrase':
    case 'wrong-passphrase':
      return EXIT.refused
    default:
      return EXIT.failed
  }
}
