/** A word or a sentence of the trader's own about a trade or a day. */
export interface Remark {
  readonly about: RemarkSubject
  readonly what: 'tag' | 'note'
  readonly words: string
}

/** A position by its deal id (or what stands for it: see `Trade.id`), or a day of the account's calendar such as `2026-01-05`. */
export interface RemarkSubject {
  readonly kind: 'trade' | 'day'
  readonly name: string
}

/** One that is kept and was not taken back. */
export interface KeptRemark extends Remark {
  /** Its own in the store. */
  readonly number: number
  readonly atMs: number
}
