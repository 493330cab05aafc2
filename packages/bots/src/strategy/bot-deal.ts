import type { Decimal } from '@scalpdesk/sdk'
import type { TradeIntent } from './bot-intent.ts'

/** What became of something: of an order of the strategy, or of what it holds. */
export type BotDeal =
  | {
      readonly kind: 'opened'
      readonly dealId: string
      readonly epic: string
      readonly direction: 'BUY' | 'SELL'
      readonly size: Decimal
      readonly levelUnits: number
      readonly atMs: number
    }
  | {
      readonly kind: 'closed'
      readonly dealId: string
      readonly epic: string
      /** Of the position. */
      readonly direction: 'BUY' | 'SELL'
      readonly size: Decimal
      readonly levelUnits: number
      readonly atMs: number
      readonly cause: 'order' | 'stop' | 'limit' | 'broker'
      /** Nothing of it is left. */
      readonly isWhole: boolean
      readonly profitCents: number
    }
  /** Its legs changed, also when its stop trailed. */
  | { readonly kind: 'changed'; readonly dealId: string; readonly epic: string; readonly atMs: number }
  /** A working order was taken, or is gone: filled, cancelled, expired, refused. */
  | { readonly kind: 'order-placed'; readonly dealId: string; readonly epic: string; readonly atMs: number }
  | {
      readonly kind: 'order-gone'
      readonly dealId: string
      readonly epic: string
      readonly atMs: number
      readonly cause: 'filled' | 'cancelled' | 'expired' | 'refused'
    }
  /** Our guard said no: nothing was sent. `code` is one of the desk's checks, such as `spread` or `day-loss`. */
  | {
      readonly kind: 'denied'
      readonly intent: TradeIntent
      readonly code: string
      readonly text: string
      readonly atMs: number
    }
  /** The broker refused it, in its own word. */
  | { readonly kind: 'rejected'; readonly intent: TradeIntent; readonly reason: string; readonly atMs: number }
