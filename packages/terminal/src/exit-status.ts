/** Exit statuses of the command line; scripts depend on them. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Not signed in, or refused. */
  refused: 3,
  /** By the broker. */
  rejected: 4,
  /** By a guard of ours: nothing was sent. */
  denied: 5,
  /** An order's outcome is not known. */
  unknown: 6,
  interrupted: 130,
} as const

/** Ends the program with one sentence on stderr and a status; never with a stack trace. */
export class ExitError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'ExitError'
    this.status = status
  }
}
