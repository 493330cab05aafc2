import type { Decimal } from 'decimal.js'
import type { BookQuote } from './book.ts'
import { legUnits, refuseLeg, refuseLevel, refuseOpen } from './dealing-rules.ts'
import type { EngineEvent } from './engine-event.ts'
import { Exact } from './exact-decimal.ts'
import type { Market } from './market.ts'
import type { OpenOrder } from './order.ts'
import type { Position } from './position.ts'
import type { Reason } from './reason.ts'
import { type Reduction, reduceOldestFirst, totalProfit } from './reduce-position.ts'
import { accepted, rejected, type TradingFloor } from './trading-floor.ts'
import { marginOf } from './valuation.ts'

/** Deals an open: all checks first, then every effect, so that a refused order changes nothing. */
export function openPosition(floor: TradingFloor, order: OpenOrder): readonly EngineEvent[] {
  const book = floor.books.get(order.epic)
  if (!book) return [rejected(floor, order, 'INSTRUMENT_NOT_FOUND')]
  const refusal = refuseOpen(order, book)
  if (refusal) return [rejected(floor, order, refusal)]
  if (!book.quote) return [rejected(floor, order, 'MARKET_OFFLINE')]

  const { market } = book
  const levelUnits = dealUnits(order, book.quote)
  const wrongLevel = refuseLevel(order.price, order.direction, levelUnits, market)
  if (wrongLevel) return [rejected(floor, order, wrongLevel)]
  const legs = placeLegs(order, levelUnits, market)
  if (legs.kind === 'refused') return [rejected(floor, order, legs.reason)]

  const netted = order.mode === 'net' ? book.positions.filter(open => open.direction !== order.direction) : []
  const fresh = Exact.max(0, order.size.minus(totalSize(netted)))
  // What only closes is dealt even when nothing is available any more.
  if (!fresh.isZero() && marginOf(market, fresh, levelUnits).gt(floor.money.account().available)) {
    return [rejected(floor, order, 'INSUFFICIENT_FUNDS')]
  }

  const { reductions } = reduceOldestFirst(floor, netted, order.size, levelUnits, order.atMs)
  const opened = fresh.isZero() ? null : openFresh(floor, order, fresh, levelUnits, legs)
  return [
    ...reductions.flatMap(({ events }) => events),
    ...(opened?.events ?? []),
    confirmOf(order, levelUnits, reductions, opened?.position ?? null),
    { kind: 'account', atMs: order.atMs, account: floor.money.account() },
  ]
}

/** A buy deals at the offer, a sell at the bid. */
function dealUnits(order: OpenOrder, quote: BookQuote): number {
  return order.direction === 'BUY' ? quote.offerUnits : quote.bidUnits
}

type Legs =
  | { readonly kind: 'placed'; readonly stopUnits: number | null; readonly limitUnits: number | null }
  | { readonly kind: 'refused'; readonly reason: Reason }

function placeLegs(order: OpenOrder, levelUnits: number, market: Market): Legs {
  let stopUnits: number | null = null
  let limitUnits: number | null = null
  if (order.stop) {
    stopUnits = legUnits(order.stop, 'stop', order.direction, levelUnits, market)
    const side = order.stop.isGuaranteed ? 'guaranteed-stop' : 'stop'
    if (stopUnits === null || refuseLeg(side, stopUnits, order.direction, levelUnits, market)) return badLeg
  }
  if (order.limit) {
    limitUnits = legUnits(order.limit, 'limit', order.direction, levelUnits, market)
    if (limitUnits === null || refuseLeg('limit', limitUnits, order.direction, levelUnits, market)) return badLeg
  }
  return { kind: 'placed', stopUnits, limitUnits }
}

const badLeg: Legs = { kind: 'refused', reason: 'ATTACHED_ORDER_LEVEL_ERROR' }

function openFresh(
  floor: TradingFloor,
  order: OpenOrder,
  size: Decimal,
  levelUnits: number,
  legs: { readonly stopUnits: number | null; readonly limitUnits: number | null },
): { readonly position: Position; readonly events: readonly EngineEvent[] } {
  const position: Position = {
    dealId: floor.identifiers.dealId(),
    reference: order.reference,
    epic: order.epic,
    direction: order.direction,
    size,
    levelUnits,
    stopUnits: legs.stopUnits,
    limitUnits: legs.limitUnits,
    isStopGuaranteed: order.stop?.isGuaranteed ?? false,
    openedAtMs: order.atMs,
  }
  floor.money.put(position)
  const { dealId, epic, direction } = position
  return {
    position,
    events: [
      { kind: 'fill', atMs: order.atMs, dealId, epic, direction, size, levelUnits, cause: 'open', closed: null },
      { kind: 'position', change: 'OPEN', atMs: order.atMs, position },
    ],
  }
}

/**
 * With nothing left to open, the confirm names the first position that was netted, as IG's confirm of a close names the
 * opening deal. IG's own net-off confirm is not public: unconfirmed.
 */
function confirmOf(
  order: OpenOrder,
  levelUnits: number,
  reductions: readonly Reduction[],
  opened: Position | null,
): EngineEvent {
  const closed = reductions.map(({ affected }) => affected)
  const isPartial = closed.some(({ status }) => status === 'PARTIALLY_CLOSED')
  const dealId = opened?.dealId ?? closed[0]?.dealId ?? ''
  return accepted(
    order,
    { dealId, epic: order.epic, direction: order.direction },
    {
      status: opened ? 'OPEN' : isPartial ? 'PARTIALLY_CLOSED' : 'CLOSED',
      levelUnits,
      size: order.size,
      stopUnits: opened?.stopUnits ?? null,
      limitUnits: opened?.limitUnits ?? null,
      stopPoints: order.stop?.by === 'distance' ? order.stop.points : null,
      limitPoints: order.limit?.by === 'distance' ? order.limit.points : null,
      isStopGuaranteed: opened?.isStopGuaranteed ?? false,
      affected: opened ? [...closed, { dealId: opened.dealId, status: 'OPENED' }] : closed,
      profit: totalProfit(reductions),
    },
  )
}

function totalSize(positions: readonly Position[]): Decimal {
  return positions.reduce<Decimal>((sum, { size }) => sum.plus(size), new Exact(0))
}
