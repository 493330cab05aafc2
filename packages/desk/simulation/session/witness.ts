import type { DealId, DealReference, TradeEvent } from '@scalpdesk/sdk'
import type { DeskState } from '../../src/desk-state.ts'
import type { OrderEffect } from '../../src/effect.ts'
import type { Intent } from '../../src/intents/intent.ts'
import type { OrderId, OrderPurpose, TrackedOrder } from '../../src/orders/order.ts'

/** An order that left the desk, in whichever life of the program. */
export interface SentOrder {
  readonly id: OrderId
  readonly kind: OrderPurpose['kind']
  readonly purpose: OrderPurpose
  readonly press: DealReference
  readonly sentAtMs: number
  /** Its record is durable, so a restart must know of it. */
  readonly isAnnounced: boolean
  stage: TrackedOrder['stage']['kind']
  isAccepted: boolean
}

export interface SeenPress {
  readonly reference: DealReference
  readonly intent: Intent
  readonly life: number
}

/** What is counted, and printed at the end of many runs. */
export interface Counts {
  presses: number
  entries: number
  exits: number
  amendments: number
  denied: number
  filled: number
  rejected: number
  unresolved: number
  faults: number
  crashes: number
  elsewhere: number
  events: number
  flats: number
}

export const noCounts = (): Counts => ({
  presses: 0,
  entries: 0,
  exits: 0,
  amendments: 0,
  denied: 0,
  filled: 0,
  rejected: 0,
  unresolved: 0,
  faults: 0,
  crashes: 0,
  elsewhere: 0,
  events: 0,
  flats: 0,
})

/** What was seen of a session from outside of the desk, over all the lives of its program. */
export class Witness {
  readonly presses = new Map<DealReference, SeenPress>()
  readonly sent = new Map<OrderId, SentOrder>()
  /** Of those that were sent, the ones that have no end yet. */
  readonly open = new Map<OrderId, SentOrder>()
  /** References of opens and placed orders, in the order in which they left. */
  readonly references = new Set<string>()
  /** Requests by press and deal. */
  readonly requests = new Map<string, number>()
  /** Deals of which the stream has told this life of the program that they are there. */
  told = new Set<DealId>()
  /** When the last reading that the desk agreed with was asked for, by the simulation's clock. */
  agreedReadingAskedAtMs = Number.NEGATIVE_INFINITY
  /** When the desk asked last for what was booked, by the simulation's clock. */
  askedBookedAtMs = Number.NEGATIVE_INFINITY
  /** Entries are refused until the broker's clock has been there. */
  lockedUntilMs = Number.NEGATIVE_INFINITY
  /** The latest that it was there. */
  brokerMs = Number.NEGATIVE_INFINITY
  /** A day ended before the desk had heard of everything in it: that counts on the day on which it hears. */
  isHeardNextDay = false
  /** Days whose lock is in the journal. */
  readonly writtenLocks = new Set<string>()
  /** Something could not be written down: the journal does not tell all. */
  lostRecords = false
  readonly counts = noCounts()

  /** @returns the press that the order came of: its id begins with it */
  pressOf(id: OrderId): SeenPress | null {
    const [reference = ''] = id.split('.')
    return this.presses.get(reference as DealReference) ?? null
  }

  note(effect: OrderEffect, state: DeskState, sentAtMs: number, isAnnounced: boolean): void {
    const { id, kind } = effect
    const purpose = state.orders.get(id)?.purpose
    const press = this.pressOf(id)
    if (!purpose || !press) return
    const order: SentOrder = {
      id,
      kind,
      purpose,
      press: press.reference,
      sentAtMs,
      isAnnounced,
      stage: 'sending',
      isAccepted: false,
    }
    this.sent.set(id, order)
    this.open.set(id, order)
    if (kind === 'open' || kind === 'place') this.counts.entries += 1
    else if (kind === 'amend') this.counts.amendments += 1
    else this.counts.exits += 1
  }

  /** What was ours, and was not taken by the trader as it is. */
  isOurs(reference: string): boolean {
    return this.references.has(reference) && !this.sent.get(reference)?.isAccepted
  }

  /** What the stream tells to be there. */
  hear(trade: TradeEvent): void {
    if (trade.kind !== 'position' && trade.kind !== 'working-order') return
    if (trade.update.status !== 'deleted') this.told.add(trade.update.dealId)
  }

  /** A new life: it has heard nothing yet. */
  startProgram(): void {
    this.told = new Set()
    this.agreedReadingAskedAtMs = Number.NEGATIVE_INFINITY
  }
}

export function addCounts(some: Counts, more: Counts): Counts {
  const sum = { ...some }
  for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += more[name]
  return sum
}
