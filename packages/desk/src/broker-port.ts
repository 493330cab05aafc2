import type { CloseOrder, Confirm, DealReference, OpenOrder, SendWatch, Submission } from '@scalpdesk/sdk'
import type { BrokerBook } from './desk-event.ts'
import type { Approved } from './guard.ts'

/** The broker as the desk needs it. Orders are taken only when the guard approved them, by type. */
export interface BrokerPort {
  /** Sends once. The bytes are on their way when the call returns, if the connection is warm. Never rejects for a broker's answer. */
  open(order: Approved<OpenOrder>, watch: SendWatch): Promise<Submission>
  close(order: Approved<CloseOrder>, watch: SendWatch): Promise<Submission>
  /** null: not there, yet or any more. */
  findConfirm(reference: DealReference): Promise<Confirm | null>
  /**
   * Every position and every working order of the account. Ask for the working orders first, and for the positions once
   * they are there: an order that fills in between is then seen twice; the other way round, or at once, not at all.
   * Positions without working orders (null) are still worth having; without positions, reject.
   */
  readBook(): Promise<BrokerBook>
}
