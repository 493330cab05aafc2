import type { DealId, Decimal, Direction, Epic, GoodTill, PlaceOrder, TrailingStop } from '@scalpdesk/sdk'
import type { Scope } from '../book/scope.ts'
import type { Part } from '../guard/part-size.ts'
import type { OrderId } from '../orders/order.ts'
import type { PresetStop, SizeKey } from '../presets/preset.ts'

/** What the trader wants. Keys, the command line, bots and scripts all speak in these. */
export type Intent =
  | EnterIntent
  | { readonly kind: 'close'; readonly dealId: DealId; readonly part: Part }
  /** Cancels the working orders and closes the positions of the scope, until the broker reports none. */
  | { readonly kind: 'flatten'; readonly scope: Scope }
  /** Closes what is held in the market, and then enters once the other way: with the chosen preset unless told. */
  | { readonly kind: 'reverse'; readonly epic: Epic; readonly as?: ReversedAs }
  /** The stop goes to the level at which the position was opened. */
  | { readonly kind: 'breakeven'; readonly target: Target }
  /** By so many points; positive: the level rises. */
  | { readonly kind: 'move-leg'; readonly leg: Leg; readonly byPoints: Decimal; readonly target: Target }
  /** To a level, or so many points from the level at which it was opened: the stop on the side of a loss, the limit of a profit. */
  | { readonly kind: 'set-leg'; readonly leg: Leg; readonly to: LegPlace; readonly target: Target }
  /** The stop goes so many points nearer to the price, never past it. */
  | { readonly kind: 'tighten'; readonly byPoints: Decimal; readonly target: Target }
  | { readonly kind: 'remove-limit'; readonly target: Target }
  /** The stop follows the price; null: it stays where it is. */
  | { readonly kind: 'trail'; readonly trailing: TrailingStop | null; readonly target: Target }
  /** A working order at the bid to buy, at the offer to sell, with the legs of the market's chosen preset. */
  | { readonly kind: 'join'; readonly epic: Epic; readonly direction: Direction; readonly size?: Decimal }
  | PlaceIntent
  | { readonly kind: 'cancel'; readonly orders: Cancelled }
  /** A position from elsewhere counts as ours from now on. */
  | { readonly kind: 'adopt'; readonly dealId: DealId }
  /** The trader looked at the broker's platform: an order that could not be settled holds up nothing any more. */
  | { readonly kind: 'accept-unknown'; readonly id: OrderId }
  | { readonly kind: 'arm' }
  | { readonly kind: 'disarm' }
  /** No entry until the broker's next day. */
  | { readonly kind: 'lock-day' }
  /** With one of its sizes, the preset's own unless told. */
  | { readonly kind: 'choose-preset'; readonly epic: Epic; readonly name: string; readonly sizeKey?: SizeKey }

/** A market order. What is left out is the chosen preset's; of the legs null is none. */
export interface EnterIntent {
  readonly kind: 'enter'
  readonly epic: Epic
  readonly direction: Direction
  readonly size?: Decimal
  readonly stop?: PresetStop | null
  readonly limitPoints?: Decimal | null
}

/** With as much as was held, and with these legs; null is none. */
export interface ReversedAs {
  readonly size: 'held'
  readonly stop: PresetStop | null
  readonly limitPoints: Decimal | null
}

/** A working order as it is said. */
export interface PlaceIntent {
  readonly kind: 'place'
  readonly epic: Epic
  readonly direction: Direction
  readonly orderKind: PlaceOrder['kind']
  readonly level: Decimal
  /** The chosen preset's unless told; so with the legs, of which null is none. */
  readonly size?: Decimal
  readonly stopPoints?: Decimal | null
  readonly limitPoints?: Decimal | null
  /** Until it is cancelled unless told. */
  readonly goodTill?: GoodTill
}

export type { Part }

export type Leg = 'stop' | 'limit'

export type LegPlace = { readonly level: Decimal } | { readonly points: Decimal }

/** One position, or all that are held in a market. */
export type Target = { readonly dealId: DealId } | { readonly epic: Epic }

/** One working order, or all of them in the scope. */
export type Cancelled = { readonly dealId: DealId } | { readonly scope: Scope }
