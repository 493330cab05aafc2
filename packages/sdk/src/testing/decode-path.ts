import { DecodeError } from '../errors.ts'

/** Where a document was found to be wrong. @throws when it was not. */
export function pathOfError(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof DecodeError) return error.path
    throw error
  }
  throw new Error('expected a DecodeError')
}
