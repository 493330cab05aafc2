/** Why nothing was sent: a code for programs, words with the figures for the trader. */
export interface Denial {
  readonly code: DenialCode
  readonly words: string
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

export const deny = (code: DenialCode, words: string): Denial => ({ code, words })
