import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { CurrencyCode } from './currency.ts'

/** An order that waits for its level (IG Labs, REST API reference, "Working Orders"). Never changed, only replaced. */
export interface WorkingOrder {
  readonly dealId: string
  readonly reference: string
  readonly account: string
  readonly epic: string
  readonly currency: CurrencyCode
  readonly direction: DirectionJson
  readonly type: 'LIMIT' | 'STOP'
  readonly size: Decimal
  readonly levelUnits: number
  /** UTC; null for one that stands until it is cancelled. */
  readonly goodTillMs: number | null
  /** Legs of the position that it will open, as distances from its level: so IG gives them back, however they were given. */
  readonly stopPoints: Decimal | null
  readonly limitPoints: Decimal | null
  readonly isStopGuaranteed: boolean
  readonly mode: 'force' | 'net'
  readonly createdAtMs: number
}

/** A LIMIT waits for a better price than its level's, a STOP for a worse one: the price it then deals at, else null. */
export function triggeredAt(order: WorkingOrder, bidUnits: number, offerUnits: number): number | null {
  const dealUnits = order.direction === 'BUY' ? offerUnits : bidUnits
  const waitsBelow = (order.direction === 'BUY') === (order.type === 'LIMIT')
  const isReached = waitsBelow ? dealUnits <= order.levelUnits : dealUnits >= order.levelUnits
  return isReached ? dealUnits : null
}
