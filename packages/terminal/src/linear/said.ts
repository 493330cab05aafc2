import type { ToldView } from '../screen/view.ts'

/** A line to say. */
export interface Said {
  readonly text: string
  /** Whether what the desk has just told is the same; null: always said. */
  readonly isTold: ((told: ToldView) => boolean) | null
}

export function said(text: string): Said {
  return { text, isTold: null }
}
