/** A line to say. */
export interface Said {
  readonly text: string
  /** Whether an outcome that was just said has told the same; null: always said. The desk's sentences are English in every language. */
  readonly isTold: ((outcome: string) => boolean) | null
}

export function said(text: string): Said {
  return { text, isTold: null }
}
