import type { Decimal } from 'decimal.js'
import type { LiveBook } from './book.ts'
import { refuseDealing, refuseLevel } from './dealing-rules.ts'
import type { EngineEvent } from './engine-event.ts'
import { Exact } from './exact-decimal.ts'
import type { CloseOrder } from './order.ts'
import type { Position } from './position.ts'
import type { Reason } from './reason.ts'
import { reduceOldestFirst, totalProfit } from './reduce-position.ts'
import { accepted, rejected, type TradingFloor } from './trading-floor.ts'
import { closingUnits } from './valuation.ts'

/** Closes one position, or what is opposite on a market, whole or in part. A refused close changes nothing. */
export function closePosition(floor: TradingFloor, order: CloseOrder): readonly EngineEvent[] {
  const found = findTargets(floor, order)
  if (found.kind === 'refused') return [rejected(floor, order, found.reason)]
  const { book, positions } = found
  const closed = refuseDealing(book.state)
  if (closed) return [rejected(floor, order, closed)]
  if (!book.quote) return [rejected(floor, order, 'MARKET_OFFLINE')]

  const oldest = positions[0]!
  const levelUnits = closingUnits(oldest.direction, book.quote)
  const wrongLevel = refuseLevel(order.price, order.direction, levelUnits, book.market)
  if (wrongLevel) return [rejected(floor, order, wrongLevel)]

  const { reductions } = reduceOldestFirst(floor, positions, order.size, levelUnits, order.atMs)
  const affected = reductions.map(reduction => reduction.affected)
  const isPartial = affected.some(({ status }) => status === 'PARTIALLY_CLOSED')
  return [
    ...reductions.flatMap(({ events }) => events),
    // IG's confirm of a close names the opening deal, not the closing one.
    accepted(
      order,
      { dealId: oldest.dealId, epic: oldest.epic, direction: order.direction },
      {
        status: isPartial ? 'PARTIALLY_CLOSED' : 'CLOSED',
        levelUnits,
        size: order.size,
        stopUnits: null,
        limitUnits: null,
        stopPoints: null,
        limitPoints: null,
        isStopGuaranteed: false,
        affected,
        profit: totalProfit(reductions),
      },
    ),
    { kind: 'account', atMs: order.atMs, account: floor.money.account() },
  ]
}

type Targets =
  | { readonly kind: 'found'; readonly book: LiveBook; readonly positions: readonly Position[] }
  | { readonly kind: 'refused'; readonly reason: Reason }

function findTargets(floor: TradingFloor, order: CloseOrder): Targets {
  if (order.size.lte(0)) return { kind: 'refused', reason: 'MINIMUM_ORDER_SIZE_ERROR' }
  const { target } = order
  const named = target.by === 'deal' ? floor.money.position(target.dealId) : undefined
  const epic = target.by === 'market' ? target.epic : named?.epic
  const book = epic === undefined ? undefined : floor.books.get(epic)
  if (!book) return { kind: 'refused', reason: target.by === 'market' ? 'INSTRUMENT_NOT_FOUND' : 'POSITION_NOT_FOUND' }
  // Which of IG's reasons answers a close in the position's own direction is unconfirmed.
  if (named && named.direction === order.direction) return { kind: 'refused', reason: 'WRONG_SIDE_OF_MARKET' }
  const positions = named ? [named] : book.positions.filter(open => open.direction !== order.direction)
  if (positions.length === 0) return { kind: 'refused', reason: 'POSITION_NOT_FOUND' }
  const open = positions.reduce<Decimal>((sum, { size }) => sum.plus(size), new Exact(0))
  if (order.size.gt(open)) return { kind: 'refused', reason: 'POSITION_NOT_AVAILABLE_TO_CLOSE' }
  return { kind: 'found', book, positions }
}
