export type StoreProblem = 'locked' | 'damaged' | 'newer' | 'foreign' | 'unwritable'

/** The store of reports cannot be used. Its message is a sentence for people; nothing was changed. */
export class StoreError extends Error {
  readonly code: StoreProblem

  constructor(code: StoreProblem, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'StoreError'
    this.code = code
  }
}

/** What SQLite said, in words. @see SQLite, "Result and Error Codes" */
export function storeError(path: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const { errcode = 0, message } = error as { errcode?: number; message: string }
  switch (errcode & 0xff) {
    case BUSY:
    case LOCKED:
      return new StoreError(
        'locked',
        `expected to use the report store ${path}, but another process holds it; wait until that has ended, then try again`,
        error,
      )
    case CORRUPT:
    case NOT_A_DATABASE:
      return damaged(path, message, error)
    default:
      return new StoreError(
        'unwritable',
        `expected to use the report store ${path}, but ${message}; look at the disk, or name another folder in SCALPDESK_HOME`,
        error,
      )
  }
}

export function damaged(path: string, why: string, cause?: unknown): StoreError {
  return new StoreError(
    'damaged',
    `expected the report store ${path} to be as it was written, but ${why}; move it away: what the broker still tells is read anew, imports can be done again, and notes and tags are in no other place`,
    cause,
  )
}

const BUSY = 5
const LOCKED = 6
const CORRUPT = 11
const NOT_A_DATABASE = 26
