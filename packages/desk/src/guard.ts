import type { CloseOrder, DealReference, Decimal, Direction, OpenOrder } from '@scalpdesk/sdk'
import type { DeskState, Holding } from './desk-state.ts'
import { freshness } from './freshness.ts'
import { isPending, isUnknown } from './order.ts'
import { opposite, presetProblems } from './preset.ts'

declare const approved: unique symbol
/** An order that the guard let pass. Only this file can make one, and the broker port takes nothing else. */
export type Approved<Order> = Order & { readonly [approved]: true }

/** Why nothing was sent: a code for programs, a sentence for the trader. */
export interface Denial {
  readonly code: DenialCode
  readonly words: string
}

export type DenialCode =
  | 'book-unknown'
  | 'flattening'
  | 'in-flight'
  | 'outcome-unknown'
  | 'no-price'
  | 'stale-price'
  | 'crossed-price'
  | 'market-closed'
  | 'preset'

export type Verdict =
  | { readonly kind: 'approved'; readonly order: Approved<OpenOrder>; readonly seenLevel: Decimal }
  | { readonly kind: 'denied'; readonly denial: Denial }

/** Asked for every entry, whatever path it came by. Exits are never asked: closing is always allowed. */
export function judgeEntry(state: DeskState, direction: Direction, reference: DealReference, nowMs: number): Verdict {
  for (const check of ENTRY_CHECKS) {
    const denial = check(state, nowMs)
    if (denial) return { kind: 'denied', denial }
  }
  const { preset } = state
  const quote = state.quotes.get(preset.market.epic)
  const seenLevel = direction === 'BUY' ? quote?.offer : quote?.bid
  if (!seenLevel) return { kind: 'denied', denial: { code: 'no-price', words: 'there is no price to deal at' } }
  const order: OpenOrder = {
    reference,
    market: preset.market,
    direction,
    size: preset.size,
    ...(preset.stopPoints && { stop: { distancePoints: preset.stopPoints } }),
    ...(preset.limitPoints && { limit: { distancePoints: preset.limitPoints } }),
  }
  return { kind: 'approved', order: approve(order), seenLevel }
}

/** A close names the deal it ends and takes its whole size, so it can never open anything. */
export function approveClose(holding: Holding): Approved<CloseOrder> {
  return approve({ dealId: holding.dealId, direction: opposite(holding.direction), size: holding.size })
}

function approve<Order>(order: Order): Approved<Order> {
  return order as Approved<Order>
}

type Check = (state: DeskState, nowMs: number) => Denial | null

const ENTRY_CHECKS: readonly Check[] = [
  bookIsKnown,
  nothingIsBeingFlattened,
  nothingIsInFlight,
  nothingIsUnknown,
  priceIsLive,
  presetIsAllowed,
]

function bookIsKnown(state: DeskState): Denial | null {
  if (state.book.agreedAt !== null) return null
  return { code: 'book-unknown', words: 'the broker has not said yet what is open' }
}

function nothingIsBeingFlattened(state: DeskState): Denial | null {
  if (state.flatten.kind === 'idle') return null
  return { code: 'flattening', words: 'everything is being closed; wait for FLAT' }
}

function nothingIsInFlight(state: DeskState): Denial | null {
  const flying = [...state.orders.values()].some(order => isPending(order) && !isUnknown(order))
  return flying ? { code: 'in-flight', words: 'the order before this one has no answer yet' } : null
}

function nothingIsUnknown(state: DeskState): Denial | null {
  const { epic } = state.preset.market
  const unknown = [...state.orders.values()].find(order => isUnknown(order) && order.purpose.epic === epic)
  if (!unknown) return null
  const words =
    unknown.stage.kind === 'checking'
      ? 'the outcome of an earlier order is being checked'
      : 'an earlier order could not be settled; look at the broker’s platform, then start again'
  return { code: 'outcome-unknown', words }
}

function priceIsLive(state: DeskState, nowMs: number): Denial | null {
  const seen = freshness(state, state.quotes.get(state.preset.market.epic), nowMs)
  switch (seen) {
    case 'live':
      return null
    case 'stale':
      return { code: 'stale-price', words: 'the price is too old to deal on' }
    case 'crossed':
      return { code: 'crossed-price', words: 'the price is crossed: its offer is below its bid' }
    case 'closed':
      return { code: 'market-closed', words: 'the market is not open for dealing' }
    default:
      return { code: 'no-price', words: 'there is no price to deal at' }
  }
}

function presetIsAllowed(state: DeskState): Denial | null {
  const [problem] = presetProblems(state.preset)
  return problem ? { code: 'preset', words: problem } : null
}
