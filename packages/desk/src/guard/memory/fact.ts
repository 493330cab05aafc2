import type { AccountZone, DealId, Decimal, Epic } from '@scalpdesk/sdk'
import type { ChargeCause } from '../../day/fact.ts'
import type { GuardLimits } from '../limits.ts'
import type { DayLock } from './day-lock.ts'

/**
 * What the day must remember. The journal holds them in the order in which they happened; replaying it gives the same
 * memory. `atMs` is monotonic within one run of the program; `brokerMs` the broker's own time as it was told last, in
 * milliseconds since 1970, or `null`: never by the machine's clock.
 */
export type GuardFact = Stamp & FactBody

export interface Stamp {
  readonly atMs: number
  readonly brokerMs: number | null
}

export type FactBody =
  /** A run of the program began: its monotonic time has nothing to do with the one before. */
  | { readonly kind: 'started'; readonly wallMs: number; readonly zone: AccountZone }
  /** Time went on. Not journalled: the next fact brings the time along. */
  | { readonly kind: 'time' }
  /** What the config says, at the start and after each edit. */
  | { readonly kind: 'limits'; readonly limits: GuardLimits }
  /** The guard let it pass and its record is written. */
  | { readonly kind: 'entry-sent'; readonly press: string; readonly pressedAtMs: number }
  | { readonly kind: 'duplicate-refused'; readonly press: string; readonly pressedAtMs: number }
  | DealClosed
  | ChargeBooked
  /**
   * Of all that is held, by the desk's own book at this moment, in the account's currency: the broker's own figure may
   * still hold a deal that was closed, which would count twice. `null`: it cannot be worked out. Journalled seldom.
   */
  | { readonly kind: 'open-profit'; readonly money: Decimal | null }
  /** The broker's figure, in the account's currency. Journalled seldom. */
  | { readonly kind: 'equity'; readonly money: Decimal }
  /** The day is over for entries. Told by {@link lockFact}, or by the trader who wants no more of it. */
  | ({ readonly kind: 'locked' } & DayLock)

export interface DealClosed {
  readonly kind: 'deal-closed'
  /** Names this result: told twice it counts once, and a later one replaces an earlier one without a profit. */
  readonly id: string
  readonly dealId: DealId
  /** In the account's currency; `null`: not known, or no rate is. */
  readonly profit: Decimal | null
  /** Nothing of the deal is left. */
  readonly isWhole: boolean
}

/** A fee, or the cost of a night, by the broker's own books. */
export interface ChargeBooked {
  readonly kind: 'charge-booked'
  /** Names it: told twice it counts once. */
  readonly id: string
  /** null: of no deal that we know. */
  readonly dealId: DealId | null
  readonly epic: Epic | null
  readonly cause: ChargeCause
  /** In the account's currency; below zero: it was paid. */
  readonly amount: Decimal
}

export type LockReason = 'day-loss' | 'trader'

/** The others come too often, and the facts that are written say what matters of them. */
export const isJournalled = ({ kind }: GuardFact): boolean =>
  kind !== 'time' && kind !== 'open-profit' && kind !== 'equity'
