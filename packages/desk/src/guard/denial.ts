import type { Message } from '../words/message.ts'
import { sentence } from '../words/sentence.ts'

/** Why nothing was sent: a code for programs, and what the trader is told. */
export interface Denial {
  readonly code: DenialCode
  /** The English sentence: for journals, scripts and tests. */
  readonly words: string
  readonly message: Message
}

export type DenialCode =
  | 'not-armed'
  | 'market-not-allowed'
  | 'day-unknown'
  | 'day-locked'
  | 'day-loss'
  | 'day-loss-unknown'
  | 'cool-down'
  | 'hours'
  | 'duplicate'
  | 'book-unknown'
  | 'flattening'
  | 'in-flight'
  | 'outcome-unknown'
  | 'stream-down'
  | 'no-price'
  | 'stale-price'
  | 'delayed-price'
  | 'crossed-price'
  | 'market-closed'
  | 'spread'
  | 'preset'
  | 'dealing-rules'
  | 'order-size'
  | 'market-size'
  | 'positions'
  | 'pace'
  | 'margin'
  | 'margin-unknown'
  | 'not-held'
  | 'not-a-part'
  // Not the guard's own: the key could not become an order.
  | 'reference-used'
  | 'nothing-held'
  | 'both-ways'
  | 'no-such-preset'

export const deny = (code: DenialCode, message: Message): Denial => ({
  code,
  words: sentence(message, 'en'),
  message,
})
