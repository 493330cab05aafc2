import type { DealId } from '@scalpdesk/sdk'
import type { Message } from '../../words/message.ts'
import { sentence } from '../../words/sentence.ts'

/** Something that the trader must know of for as long as it lasts. */
export interface Alarm {
  /** The same as long as it is the same alarm: its kind, and the deal it is about. */
  readonly id: string
  readonly kind: AlarmKind
  readonly dealId: DealId | null
  readonly sinceMs: number
  /** Its English sentence. */
  readonly words: string
  readonly message: Message
}

export type AlarmKind =
  | 'no-stop'
  | 'stop-not-known'
  | 'not-ours'
  | 'stop-removed'
  | 'stop-moved-away'
  | 'resting-while-locked'
  | 'margin-low'
  | 'clock-skew'
  | 'silent-feed'

/** What a watchdog sees now. The driver looks again when something changes, and at `dueMs`. */
export interface Sight {
  readonly alarms: readonly Omit<Alarm, 'sinceMs'>[]
  /** When time alone may change it; null: it does not. */
  readonly dueMs: number | null
}

export const NOTHING_SEEN: Sight = { alarms: [], dueMs: null }

export const alarm = (kind: AlarmKind, dealId: DealId | null, message: Message): Omit<Alarm, 'sinceMs'> => ({
  id: dealId === null ? kind : `${kind}:${dealId}`,
  kind,
  dealId,
  words: sentence(message, 'en'),
  message,
})

export const earliest = (times: readonly (number | null)[]): number | null => {
  const due = times.filter(ms => ms !== null)
  return due.length > 0 ? Math.min(...due) : null
}
