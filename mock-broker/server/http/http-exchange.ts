/** One HTTP request that has come whole, and the way back to whoever sent it. */
export interface HttpExchange {
  readonly head: HttpHead
  readonly body: RawBody
  /**
   * Answers; does nothing when that was done before or nobody is there any more.
   * @param headers with the length of the content; those of the connection and the date are added.
   */
  reply(status: number, headers: ReplyHeaders, content: string | Buffer): void
  /** Cuts the connection without an answer. */
  cut(): void
}

/** The same object when the same client sends the same head again, where that was noticed. */
export interface HttpHead {
  readonly method: string
  /** Path and query as they were sent. */
  readonly url: string
  /** By lower-case name. */
  readonly fields: { get(name: string): string | undefined }
}

export type RawBody = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'too long' }

/** In the order in which they are sent; values of visible ASCII. */
export type ReplyHeaders = readonly (readonly [name: string, value: string])[]

/** What a longer body says is not looked at. Our choice. */
export const LONGEST_BODY_BYTES = 64 * 1024
