export interface HttpResponse {
  readonly status: number
  /** Names in lower case; the first of a repeated one. */
  readonly headers: ReadonlyMap<string, string>
  /** UTF-8; empty where bytes were wanted and the answer is good. */
  readonly body: string
  /** Where bytes were wanted. */
  readonly bytes?: Uint8Array
}
