import type { EngineEvent } from '@scalpdesk/mock-broker/engine'
import { plain } from '../engine-broker/index.ts'
import type { BotDeal } from '../strategy/bot-deal.ts'
import type { TradeIntent } from '../strategy/bot-intent.ts'

/** What a run asked for, and what became of it. */
export class TradeCounts {
  wanted = 0
  /** Requests that went out. */
  orders = 0
  opened = 0
  bookedCents = 0
  readonly denied = new Map<string, number>()
  readonly rejected = new Map<string, number>()

  deny(code: string): void {
    this.denied.set(code, (this.denied.get(code) ?? 0) + 1)
  }

  /** Counts it; and gives what the strategy is to hear of it. */
  dealOf(event: EngineEvent, wanted: TradeIntent | null): BotDeal | null {
    switch (event.kind) {
      case 'fill': {
        const { epic, levelUnits, atMs, closed, direction } = event
        const size = plain(event.size)
        if (!closed) {
          this.opened++
          return { kind: 'opened', dealId: event.position.dealId, epic, direction, size, levelUnits, atMs }
        }
        const profitCents = cents(closed.booked)
        this.bookedCents += profitCents
        return {
          kind: 'closed',
          dealId: closed.dealId,
          epic,
          direction: event.position.direction,
          size,
          levelUnits,
          atMs,
          cause: CAUSES[event.cause],
          isWhole: closed.isWhole,
          profitCents,
        }
      }
      case 'charge':
        this.bookedCents += cents(event.booked)
        return null
      case 'position': {
        if (event.change !== 'UPDATED') return null
        const { dealId, epic } = event.position
        return { kind: 'changed', dealId, epic, atMs: event.atMs }
      }
      case 'working-order': {
        const { dealId, epic } = event.order
        const { atMs, cause } = event
        if (event.change === 'OPEN') return { kind: 'order-placed', dealId, epic, atMs }
        if (event.change === 'UPDATED') return null
        return { kind: 'order-gone', dealId, epic, atMs, cause: GONE[cause] }
      }
      case 'confirm': {
        const { outcome, atMs } = event
        if (outcome.dealStatus !== 'REJECTED') return null
        this.rejected.set(outcome.reason, (this.rejected.get(outcome.reason) ?? 0) + 1)
        return wanted && { kind: 'rejected', intent: wanted, reason: outcome.reason, atMs }
      }
      default:
        return null
    }
  }
}

const cents = (money: { times(factor: number): { toNumber(): number } }): number => money.times(100).toNumber()

const CAUSES = {
  open: 'order',
  close: 'order',
  'working-order': 'order',
  margin: 'broker',
  settlement: 'broker',
  stop: 'stop',
  limit: 'limit',
} as const

const GONE = {
  client: 'cancelled',
  filled: 'filled',
  expired: 'expired',
  refused: 'refused',
  settled: 'expired',
} as const
