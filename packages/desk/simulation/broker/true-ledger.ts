import type { Book, Confirm, EngineEvent, Fill } from '@scalpdesk/mock-broker/engine'
import type { BookedMoney } from '../../src/broker-port.ts'
import { bookedCharge, bookedResult } from './booked-money.ts'

/** What truly came of everything, whatever is told of it. Times are of the simulation's clock. */
export class TrueLedger {
  /** What became of each request that reached the engine, by its reference. */
  readonly outcomes = new Map<string, Confirm>()
  /** What each reduction brought, by the request that asked for it. */
  readonly closings = new Map<string, readonly NonNullable<Fill['closed']>[]>()
  /** All money that moved, oldest first. */
  readonly booked: BookedMoney[] = []
  /** When the last of it did. */
  bookedAtMs = Number.NEGATIVE_INFINITY
  readonly #since = new Map<string, number>()

  /** Since when a position or a working order is there. */
  sinceMs(dealId: string): number {
    return this.#since.get(dealId) ?? Number.NEGATIVE_INFINITY
  }

  note(event: EngineEvent, bookOf: (name: string) => Book | undefined, atMs: number): void {
    switch (event.kind) {
      case 'confirm':
        this.outcomes.set(event.reference, event)
        return
      case 'position':
        if (event.change === 'OPEN') this.#since.set(event.position.dealId, atMs)
        return
      case 'working-order':
        if (event.change === 'OPEN') this.#since.set(event.order.dealId, atMs)
        return
      case 'fill':
        this.#book(bookedResult(event, bookOf(event.epic)), atMs)
        if (event.closed && event.reference !== null)
          this.closings.set(event.reference, [...(this.closings.get(event.reference) ?? []), event.closed])
        return
      case 'charge':
        return this.#book(bookedCharge(event), atMs)
      case 'account':
        return
    }
  }

  #book(money: BookedMoney | null, atMs: number): void {
    if (!money) return
    this.booked.push(money)
    this.bookedAtMs = atMs
  }
}
