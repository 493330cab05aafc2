import type { Decimal } from '@scalpdesk/sdk'
import { type Message, message } from '../../words/message.ts'
import { sentence } from '../../words/sentence.ts'
import { cents } from './day-result.ts'
import type { LockReason } from './fact.ts'

/** The day is over for entries. */
export interface DayLock {
  readonly reason: LockReason
  /** Why, as one English sentence. */
  readonly words: string
  /** null: it was not by a loss, or an older journal tells of it in words only. */
  readonly loss: LockLoss | null
}

/** In the account's currency. */
export interface LockLoss {
  readonly lost: Decimal
  readonly most: Decimal
}

/** Of a day that the trader wants no more of. */
export const LOCKED_BY_TRADER: DayLock = {
  reason: 'trader',
  words: sentence(message('locked-by-trader'), 'en'),
  loss: null,
}

export function lockByLoss(loss: LockLoss): DayLock {
  return { reason: 'day-loss', words: sentence(lossMessage(loss), 'en'), loss }
}

/** Why, in any language; in the words of its record where nothing else is known. */
export function lockMessage({ words, loss }: DayLock): Message {
  if (loss) return lossMessage(loss)
  return words === LOCKED_BY_TRADER.words ? message('locked-by-trader') : message('told', { text: words })
}

function lossMessage({ lost, most }: LockLoss): Message {
  return message('day-lost', { lost: cents(lost), most: cents(most), unit: null })
}
