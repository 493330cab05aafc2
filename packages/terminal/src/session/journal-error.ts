/** Why a record could not be written, or a journal not be opened. */
export type JournalErrorCode =
  | 'closed'
  | 'deleted'
  | 'changed-by-others'
  | 'disk-full'
  | 'read-only'
  | 'not-flushed'
  | 'unwritable'

/** As long as it lasts, entries are refused; exits go on. */
export class JournalError extends Error {
  readonly code: JournalErrorCode

  constructor(code: JournalErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'JournalError'
    this.code = code
  }
}

/** What the system said to a write, in words that name a way out. */
export function writeFailure(path: string, cause: unknown): JournalError {
  const expected = `expected to write the journal ${path}`
  switch (systemCode(cause)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new JournalError('disk-full', `${expected}, but there is no room left; free some`, cause)
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new JournalError('read-only', `${expected}, but it is read-only; make it writable`, cause)
    default: {
      const words = cause instanceof Error ? cause.message : String(cause)
      return new JournalError('unwritable', `${expected}, but ${words}; look at the disk`, cause)
    }
  }
}

export function systemCode(cause: unknown): string | null {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null
}
