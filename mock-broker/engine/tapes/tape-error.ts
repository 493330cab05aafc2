/** A tape file that cannot be played as asked. The message names the file, what was expected, what came, and what to do. */
export class TapeError extends Error {
  override readonly name = 'TapeError'
  readonly code: TapeErrorCode
  readonly file: string

  constructor(code: TapeErrorCode, file: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.file = file
  }
}

export type TapeErrorCode =
  | 'unreadable'
  | 'empty'
  | 'unknown-format'
  | 'unknown-symbol'
  | 'no-date'
  | 'bad-line'
  | 'bad-from'
  | 'from-beyond-end'
  /** What was asked for cannot be: the epic is none of the broker's, or the files do not go together. */
  | 'unknown-market'
  | 'wrong-market'
  | 'bad-replay'
