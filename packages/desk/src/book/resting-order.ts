import type { DealId, Decimal, Direction, Epic, PlaceOrder, WorkingOrder } from '@scalpdesk/sdk'
import type { Origin } from './holding.ts'

/** A working order as the desk knows it: from the broker's list, or from its confirm until that shows it. */
export interface RestingOrder {
  readonly dealId: DealId
  readonly epic: Epic
  readonly marketName: string
  /** `null` is what the broker did not say; so with the rest. */
  readonly direction: Direction | null
  readonly size: Decimal | null
  readonly level: Decimal | null
  readonly orderKind: PlaceOrder['kind'] | null
  readonly stopDistancePoints: Decimal | null
  readonly limitDistancePoints: Decimal | null
  readonly origin: Origin
  /** When a confirm or the stream told that it is new (monotonic); null: a list showed it, from whenever it is. */
  readonly toldAtMs: number | null
}

export function restingOf(
  order: WorkingOrder,
  { origin, toldAtMs }: Pick<RestingOrder, 'origin' | 'toldAtMs'>,
): RestingOrder {
  const { dealId, epic, marketName, direction, size, level, kind } = order
  const { stopDistancePoints, limitDistancePoints } = order
  const orderKind = typeof kind === 'string' ? kind : null
  const legs = { stopDistancePoints, limitDistancePoints }
  return { dealId, epic, marketName, direction, size, level, orderKind, ...legs, origin, toldAtMs }
}
