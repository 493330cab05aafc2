/** A recording that cannot begin or go on, in one sentence. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError'
  readonly code: 'not-a-tape' | 'other-markets' | 'not-written' | 'changed-by-others'

  constructor(code: RecordingError['code'], message: string) {
    super(message)
    this.code = code
  }
}
