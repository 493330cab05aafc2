import type { Desk, Intent } from '@scalpdesk/desk'
import type { Texts } from '../../texts/texts.ts'
import type { PaintedFrame } from '../selection.ts'
import type { SessionWords } from '../session-words.ts'

/** With what keys take hold of the desk. */
export interface Hands {
  readonly desk: Desk
  readonly words: SessionWords
  readonly texts: Texts
  /** What the trader looks at now, and what the last frame on the terminal showed. */
  readonly now: PaintedFrame
  readonly painted: PaintedFrame | null
  /** Says what the desk does not. */
  say(text: string): void
}

/** Tells the desk; where it has nothing to say yet, the press is acknowledged all the same. */
export function want({ desk, words, say }: Hands, intent: Intent, pressedAtMs: number, what: string): void {
  const before = desk.state.outcome
  desk.want(intent, pressedAtMs)
  if (desk.state.outcome === before) say(words.said.asked(what))
}
