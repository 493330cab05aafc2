import type { Decimal, Direction, Epic } from '@scalpdesk/sdk'
import type { BrokerTransaction } from '../day-facts.ts'
import type { Money } from '../money.ts'
import type { TradeDeal, TradeOrigin } from '../trade.ts'

/** One position from its opening to its last close, as far as it was told. `null` is what no source tells. */
export interface Position {
  /** The same each time it is made from the same rows. */
  readonly key: string
  readonly dealId: string | null
  readonly epic: Epic | null
  readonly marketName: string | null
  readonly direction: Direction
  /** That was opened; of one whose opening nobody told, what was closed of it. */
  readonly size: Decimal
  readonly level: Decimal | null
  readonly openedAtMs: number | null
  /** Where nobody told the opening: when it was seen to be there. */
  readonly firstSeenMs: number | null
  readonly currency: string | null
  /** The first that it had. */
  readonly stop: Decimal | null
  readonly limit: Decimal | null
  readonly isGuaranteed: boolean
  readonly reference: string | null
  readonly how: TradeDeal['how']
  readonly by: TradeOrigin
  readonly preset: string | null
  readonly press: Press | null
  readonly closes: readonly Close[]
  /** Of the broker's activity. */
  readonly rows: readonly string[]
}

/** An order of ours, at the moment of its key. */
export interface Press {
  /** Our id of the order. */
  readonly id: string
  readonly atMs: number
  /** When its outcome was heard. */
  readonly filledAtMs: number | null
  /** The price on the side that it deals at; null: the journal does not say. */
  readonly seenLevel: Decimal | null
}

/** A part or all of a position was closed. */
export interface Close {
  readonly key: string
  /** Of the closing deal. */
  readonly dealId: string | null
  readonly reference: string | null
  readonly size: Decimal
  readonly level: Decimal | null
  readonly atMs: number | null
  /** In the account's currency; null: nobody told. */
  readonly booked: Decimal | null
  readonly own: Money | null
  readonly how: TradeDeal['how']
  /** Of the stop or limit that closed it. */
  readonly legLevel: Decimal | null
  readonly press: Press | null
  /** The money's row at the broker. */
  readonly transaction: BrokerTransaction | null
  /** It was only seen that the position is gone. */
  readonly isSeenGone: boolean
}

/** A first time that is known of it, to order by. */
export const beganAtMs = ({ openedAtMs, firstSeenMs, closes }: Position): number | null =>
  openedAtMs ?? firstSeenMs ?? endedAtMs(closes, 'first')

/** When it was closed for the last or the first time. */
export function endedAtMs(closes: readonly Close[], which: 'first' | 'last' = 'last'): number | null {
  const times = closes.flatMap(({ atMs }) => atMs ?? [])
  if (times.length === 0) return null
  return which === 'last' ? Math.max(...times) : Math.min(...times)
}
