import type { Decimal, Direction, Epic } from '@scalpdesk/sdk'

/** What would have been otherwise. What is left out stays as it was. */
export interface WhatIfChange {
  /** Of every trade, in points from its entry; null: none at all. */
  readonly stopPoints?: Decimal | null
  readonly limitPoints?: Decimal | null
  /** Of every entry; its partial closes in the same proportion. */
  readonly size?: Decimal
  /** Above zero, in the account's currency: a day that stands so much below its beginning is closed out, and nothing is opened on it any more. */
  readonly dayLoss?: Decimal
}

/**
 * A day that did not happen: its trades on its recorded prices by the mock broker's engine. Nothing of it is the broker's. Every form has to
 * show {@link Hypothesis.label} beside its figures.
 */
export interface Hypothesis {
  readonly kind: 'hypothetical'
  readonly label: string
  readonly change: WhatIfChange
  /** The same trades by the same engine, unchanged: what to compare with. Its figures differ from the broker's by slippage and charges. */
  readonly asDealt: HypotheticalRun
  readonly changed: HypotheticalRun
  /** What the change would have brought. */
  readonly difference: Decimal
  /** What could not be dealt again, and why. */
  readonly leftOut: readonly { readonly id: string; readonly words: string }[]
}

export interface HypotheticalRun {
  readonly trades: readonly HypotheticalTrade[]
  /** In the account's currency, to the cent, without charges. */
  readonly net: Decimal
  readonly won: number
  readonly lost: number
  /** Entries that were not made because the day was over. */
  readonly notOpened: number
}

/** One position. */
export interface HypotheticalTrade {
  /** Of the position in the report. */
  readonly id: string
  readonly epic: Epic
  readonly direction: Direction
  readonly size: Decimal
  readonly entryLevel: Decimal
  readonly openedAtMs: number
  readonly closedAtMs: number
  /** Of the last close. */
  readonly exitLevel: Decimal
  readonly result: Decimal
  /** `by-hand`: when it was really closed; `end`: the prices ended. */
  readonly how: 'stop' | 'limit' | 'by-hand' | 'day-loss' | 'end'
}
