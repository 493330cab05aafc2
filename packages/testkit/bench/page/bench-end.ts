/** What the process of a package's benches left. */
export interface BenchEnd {
  /** null: ended by a signal. */
  readonly status: number | null
  readonly text: string
  readonly complaint: string
}

/** Node.js ends with 1 by an error that nobody caught, too; then it says its version after the trace. */
const UNCAUGHT = /^Node\.js v\d+/m

/** A bench that misses a goal ends with 1: it has come to its end all the same, unless one of its parts has not. */
export function cameToItsEnd({ status, text, complaint }: BenchEnd): boolean {
  if (status !== 0 && status !== 1) return false
  return !UNCAUGHT.test(complaint) && !/did not come to its end$/m.test(text)
}
