export interface HttpResponse {
  readonly status: number
  /** Names in lower case; the first of a repeated one. */
  readonly headers: ReadonlyMap<string, string>
  /** UTF-8. */
  readonly body: string
}
