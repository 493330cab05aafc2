import { EXIT, ExitError } from '../exit-status.ts'

/** What the mock broker said when it could not start, with the exit status that it means. */
export function mockRefusal(error: unknown): ExitError {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
  const isUsage = typeof code === 'string' && USAGE_CODES.has(code)
  return new ExitError(isUsage ? EXIT.usage : EXIT.failed, error instanceof Error ? error.message : String(error))
}

/** What only another command line mends; everything else is the machine's or a file's. */
const USAGE_CODES: ReadonlySet<string> = new Set([
  'host-not-loopback',
  'bad-option',
  'bad-faults',
  'bad-replay',
  'unknown-market',
  'wrong-market',
])
