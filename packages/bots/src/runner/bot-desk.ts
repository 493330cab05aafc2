import type { DeskState, Intent, PressedBy } from '@scalpdesk/desk'
import type { Quote } from '@scalpdesk/sdk'

/** The one desk of an account, as bots use it: the guard, the journal and the stream behind it are those of every other hand. */
export interface BotDesk {
  readonly state: DeskState
  /** Presses once, and resolves with what became of it. @throws with words when it was not taken: nothing was sent then */
  press(intent: Intent, by: PressedBy): Promise<PressResult>
  onQuote(listener: (quote: Quote) => void): () => void
  /** Told after each event of the desk but a quote. */
  onChange(listener: () => void): () => void
}

/** What became of a press, as the desk tells it. */
export interface PressResult {
  readonly outcome: 'done' | 'rejected' | 'denied' | 'unknown' | 'nothing'
  readonly words: string
  readonly denial: { readonly code: string; readonly words: string } | null
  readonly orders: readonly PressedPart[]
}

/** One request of a press. */
export interface PressedPart {
  /** Our own name of it: the deal reference of an open or a placed order. */
  readonly id: string
  readonly action: 'open' | 'close' | 'amend' | 'place' | 'cancel'
  readonly state: 'done' | 'rejected' | 'denied' | 'unknown'
  readonly dealId: string | null
  readonly reason: string | null
}
