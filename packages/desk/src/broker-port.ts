import type {
  AmendOrder,
  CloseOrder,
  Confirm,
  DealId,
  DealReference,
  Decimal,
  Direction,
  EditWatch,
  OpenOrder,
  PlaceOrder,
  SendWatch,
  Submission,
} from '@scalpdesk/sdk'
import type { ChargeCause } from './day/fact.ts'
import type { BrokerBook } from './desk-event.ts'
import type { Approved, CancelOrder } from './guard/approved.ts'

/**
 * The broker as the desk needs it. Orders are taken only when the guard approved them, by type. Each of the five sends once,
 * has its bytes on their way when the call returns, if the connection is warm, and never rejects for a broker's answer.
 */
export interface BrokerPort {
  open(order: Approved<OpenOrder>, watch: SendWatch): Promise<Submission>
  close(order: Approved<CloseOrder>, watch: SendWatch): Promise<Submission>
  amend(order: Approved<AmendOrder>, watch: EditWatch): Promise<Submission>
  place(order: Approved<PlaceOrder>, watch: SendWatch): Promise<Submission>
  cancel(order: Approved<CancelOrder>, watch: EditWatch): Promise<Submission>
  /** null: not there, yet or any more. */
  findConfirm(reference: DealReference): Promise<Confirm | null>
  /**
   * Every position and every working order of the account. Ask for the working orders first, and for the positions once
   * they are there: an order that fills in between is then seen twice; the other way round, or at once, not at all.
   * Positions without working orders (null) are still worth having; without positions, reject.
   */
  readBook(): Promise<BrokerBook>
  /** What happened on the account from then on (milliseconds since 1970): the last place where a request leaves a trace. */
  findDeals(sinceMs: number): Promise<readonly PastDeal[]>
  /** All money that was booked on the account from then on (milliseconds since 1970). Without it charges are not known. */
  findCharges?(sinceMs: number): Promise<readonly BookedMoney[]>
}

/** Money that the broker put on the account, or took from it, in the account's currency. */
export interface BookedMoney {
  /** Names it: the same in each answer, and that of no other. */
  readonly id: string
  /** Milliseconds since 1970; null: not told. */
  readonly atMs: number | null
  /** Below zero: taken. */
  readonly amount: Decimal
  readonly what: BookedResult | BookedCharge
}

/** Of a position, or a part of one, that was closed. The broker names none of our deals with it. */
export interface BookedResult {
  readonly kind: 'result'
  /** Of the position. */
  readonly direction: Direction
  readonly size: Decimal
  readonly openLevel: Decimal
  readonly closeLevel: Decimal
  /** Milliseconds since 1970; null: not told. */
  readonly openedAtMs: number | null
}

export interface BookedCharge {
  readonly kind: 'charge'
  readonly cause: ChargeCause
  /** The end of the name of the deal that it may be about. */
  readonly dealEnd: string
}

export type { CancelOrder }

/** One line of the account's history. */
export interface PastDeal {
  /** Of the request; null for what the broker did by itself. */
  readonly reference: DealReference | null
  /** The broker's name of what came of it. Of a close: the closing deal's own. */
  readonly dealId: DealId | null
  readonly status: 'accepted' | 'rejected'
  /** The positions and working orders that it opened, changed or ended. */
  readonly affected: readonly DealId[]
  /** The broker's words. */
  readonly description: string | null
}
