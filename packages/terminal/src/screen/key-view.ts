/** Entries are sent only while `armed`; exits always. `why` is one line of plain words. */
export type ArmingView =
  | { readonly kind: 'armed' }
  | { readonly kind: 'disarmed'; readonly why: string | null }
  | { readonly kind: 'locked'; readonly why: string }

export interface PresetView {
  readonly name: string
  /** What the keys 1 to 9 choose, where there is one. */
  readonly sizes: readonly { readonly key: number; readonly size: string; readonly isChosen: boolean }[]
  readonly size: string
  /** `15 points`, or null for none. */
  readonly stop: string | null
  readonly stopKind: 'normal' | 'guaranteed' | 'trailing' | null
  readonly limit: string | null
}

export interface KeyHint {
  readonly chord: string
  readonly label: string
  /** Entries are drawn apart from exits. */
  readonly kind: 'entry' | 'exit' | 'other'
}

export interface QuestionView {
  /** For example `A position is open. Quit and leave it? y / n`. */
  readonly text: string
  /** The same in at most 38 columns: what is asked is never cut. */
  readonly short: string
}

export type OverlayView =
  | {
      readonly kind: 'help'
      readonly rows: readonly HelpRow[]
      /** How often the page was turned: begins again behind the last one. */
      readonly page: number
      /** The key that turns it; null for none. */
      readonly turn: string | null
    }
  | {
      readonly kind: 'picker'
      readonly typed: string
      readonly rows: readonly PickerRow[]
      readonly note: string | null
    }
  /** A sentence that has to be typed. */
  | { readonly kind: 'confirm'; readonly ask: string; readonly typed: string }

export interface HelpRow {
  readonly chords: string
  readonly label: string
  readonly kind: 'entry' | 'exit' | 'other'
  /** What it does at the broker. */
  readonly danger: 'sends' | 'changes' | 'none'
  readonly context: string
}

export interface PickerRow {
  readonly name: string
  readonly epic: string
  /** Where it comes from, or what is known: `recent`, a watchlist's name, dealing rules. */
  readonly detail: string
  readonly isSelected: boolean
}
