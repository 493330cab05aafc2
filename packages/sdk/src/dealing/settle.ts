import type { Activity } from '../activity.ts'
import type { Confirm } from '../confirm.ts'
import type { DealRequest } from '../deal-request.ts'
import { TransportError } from '../errors.ts'
import type { AccountId, DealReference } from '../ids.ts'
import type { Clock, Random } from '../ports.ts'
import type { Position } from '../position.ts'
import type { ReadOptions } from '../rest/rest.ts'
import type { Settlement } from '../settlement.ts'
import type { Sent } from '../submission.ts'
import { unreachable } from '../unreachable.ts'
import type { WorkingOrder } from '../working-order.ts'
import type { ConfirmInbox } from './confirm-inbox.ts'
import { Inquiry } from './inquiry.ts'
import type { SentRegister } from './sent-register.ts'

/** What is asked about an order; none of it sends one. */
export interface SettlePorts {
  readonly clock: Clock
  readonly random: Random
  readonly confirms: { find(reference: DealReference, options?: ReadOptions): Promise<Confirm | null> }
  readonly positions: { list(options?: ReadOptions): Promise<readonly Position[]> }
  readonly orders: { list(options?: ReadOptions): Promise<readonly WorkingOrder[]> }
  /**
   * Detailed activity of IG's, from a wall time on. A row without a stamp, or with one that may be of another zone, is better
   * given than left out: rows are known by their reference first.
   */
  activitySince(fromMs: number, options?: ReadOptions): Promise<readonly Activity[]>
  readonly inbox: Pick<ConfirmInbox, 'find' | 'when'>
  /** Whether the stream would tell a confirm now: asking for it can then wait a moment. */
  isHearingConfirms(): boolean
  readonly register: SentRegister
  /** The account whose lists are read now. */
  accountId(): AccountId
}

export interface SettleOptions {
  /** Ends the asking: what is not known by then is `unknown`. */
  readonly signal?: AbortSignal
  /** For each read; the connection's `requestTimeoutMs` unless told. */
  readonly timeoutMs?: number
}

/**
 * Finds out what became of an order, from the confirm that comes first, streamed or polled, else from positions, working orders
 * and activity. It sends nothing but reads, in the lane of the request, and never rejects.
 *
 * It ends `unknown` when nobody told within 75 seconds of the sending; not finding something is no
 * proof that it is not there. It ends so at once, and looks at nothing, while another account than the request's is acted on.
 */
export type Settle = (sent: Sent | DealRequest, options?: SettleOptions) => Promise<Settlement>

/** {@link Settle} over the reads of a connection. */
export function settleOver(ports: SettlePorts): Settle {
  return async (sent, options = {}) => {
    if (!('request' in sent)) return new Inquiry(ports, sent, lostReply()).run(options)
    const { request } = sent
    switch (sent.kind) {
      case 'unsent':
        return { kind: 'unsent', request, cause: sent.cause }
      case 'rejected':
        return { kind: 'rejected', request, reason: sent.code, stage: 'request', confirm: null }
      case 'acknowledged':
        return new Inquiry(ports, request, lostReply()).run(options)
      case 'unknown':
        return new Inquiry(ports, request, sent.cause).run(options)
      default:
        return unreachable(sent)
    }
  }
}

function lostReply(): Error {
  const text =
    'expected IG to tell what became of the order, but it did not; look at the account on its own platform before sending another'
  return new TransportError('outcome-unknown', text)
}
