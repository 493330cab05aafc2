/** Keys that were not taken, and why; the words are the screen's. `count`: the keys that it speaks of. */
export type KeyNotice =
  /** Marked as pasted. */
  | { readonly id: 'pasted'; readonly values: { readonly bytes: number } }
  /** The end of a paste whose beginning was given up. */
  | { readonly id: 'paste-tail'; readonly values: { readonly count: number } }
  /** So many keys in one read that it must have been pasted. */
  | { readonly id: 'burst'; readonly values: { readonly count: number } }
  /** Entries among so many keys in one read that nobody can have looked at each; the other keys were taken. */
  | { readonly id: 'burst-entries'; readonly values: { readonly chord: string; readonly count: number } }
  /** Entries beyond the first in one read. */
  | { readonly id: 'second-entry'; readonly values: { readonly chord: string; readonly count: number } }
  /** The same key so soon that it counts as held. */
  | {
      readonly id: 'held'
      readonly values: { readonly chord: string; readonly seconds: number; readonly count: number }
    }
  /** What is pressed again as fast as a keyboard repeats, or is held where the terminal tells: taken once. */
  | { readonly id: 'repeat'; readonly values: { readonly chord: string; readonly count: number } }
  /** Keys of trading while a question waits for its answer. */
  | { readonly id: 'unanswered'; readonly values: { readonly chord: string; readonly count: number } }
  /** Entries that came with the focus: who clicks or switches to a window has not read its price yet. */
  | { readonly id: 'focus'; readonly values: { readonly chord: string; readonly count: number } }
