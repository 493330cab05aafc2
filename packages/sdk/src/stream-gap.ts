/** Why something is missing from a stream: because of its feed, not because of the market or the account. */
export interface StreamGap {
  /**
   * - `lost`: the session of the stream is gone, or the item starts again; its present state follows.
   * - `interrupted`: values of it were missed; it goes on.
   * - `refused`: IG refuses it; it is asked for again on another account, and when somebody else wants it.
   * - `switched`: another account is acted on; the state of that one follows.
   * - `closed`: the stream is closed for good, by IG; it is tried again when the session of the login is renewed.
   * - `slow-reader`: who reads with `for await` was too slow.
   */
  readonly kind: 'lost' | 'interrupted' | 'refused' | 'switched' | 'closed' | 'slow-reader'
  /** For people; IG's whole text where it sent one. */
  readonly text: string
  /** How many values are missing; `null` when nobody knows. */
  readonly missed: number | null
}
