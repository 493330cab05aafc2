import { refuseDealing, refuseLeg } from './dealing-rules.ts'
import type { EngineEvent } from './engine-event.ts'
import type { Market, MarketState } from './market.ts'
import type { AmendOrder } from './order.ts'
import type { Position } from './position.ts'
import type { Reason } from './reason.ts'
import { decimalToUnits } from './scaled-number.ts'
import { accepted, rejected, type TradingFloor } from './trading-floor.ts'
import { closingUnits } from './valuation.ts'

/** Replaces both legs of a position. A refused amend leaves the old legs as they were. */
export function amendPosition(floor: TradingFloor, order: AmendOrder): readonly EngineEvent[] {
  const position = floor.money.position(order.dealId)
  const book = position && floor.books.get(position.epic)
  if (!book) return [rejected(floor, order, 'POSITION_NOT_FOUND')]
  if (book.state !== 'TRADEABLE' && book.state !== 'EDITS_ONLY') {
    return [rejected(floor, order, refuseDealing(book.state) ?? 'MARKET_CLOSED')]
  }
  if (!book.quote) return [rejected(floor, order, 'MARKET_OFFLINE')]

  const { market } = book
  const stopUnits = order.stopLevel && decimalToUnits(order.stopLevel, market.decimals)
  const limitUnits = order.limitLevel && decimalToUnits(order.limitLevel, market.decimals)
  if ((order.stopLevel && stopUnits === null) || (order.limitLevel && limitUnits === null)) {
    return [rejected(floor, order, 'ATTACHED_ORDER_LEVEL_ERROR')]
  }
  const amended: Position = { ...position, stopUnits, limitUnits, isStopGuaranteed: order.isStopGuaranteed }
  const reason = refuseAmend(position, amended, closingUnits(position.direction, book.quote), market, book.state)
  if (reason) return [rejected(floor, order, reason)]

  floor.money.put(amended)
  return [
    { kind: 'position', change: 'UPDATED', atMs: order.atMs, position: amended },
    accepted(order, amended, {
      status: 'AMENDED',
      levelUnits: amended.levelUnits,
      size: amended.size,
      stopUnits,
      limitUnits,
      stopPoints: null,
      limitPoints: null,
      isStopGuaranteed: amended.isStopGuaranteed,
      affected: [{ dealId: amended.dealId, status: 'AMENDED' }],
      profit: null,
    }),
  ]
}

function refuseAmend(
  old: Position,
  amended: Position,
  fromUnits: number,
  market: Market,
  state: MarketState,
): Reason | null {
  const { direction, stopUnits, limitUnits } = amended
  if (old.isStopGuaranteed && !amended.isStopGuaranteed) return 'CANNOT_CHANGE_STOP_TYPE'
  const isStopNew = stopUnits !== old.stopUnits || amended.isStopGuaranteed !== old.isStopGuaranteed
  if (stopUnits !== null && isStopNew) {
    if (state === 'EDITS_ONLY' && comesNearer(old.stopUnits, stopUnits, fromUnits)) return 'MOVE_AWAY_ONLY_STOP'
    const side = amended.isStopGuaranteed ? 'guaranteed-stop' : 'stop'
    const reason = refuseLeg(side, stopUnits, direction, fromUnits, market)
    if (reason) return reason
  }
  if (limitUnits !== null && limitUnits !== old.limitUnits) {
    if (state === 'EDITS_ONLY' && comesNearer(old.limitUnits, limitUnits, fromUnits)) return 'MOVE_AWAY_ONLY_LIMIT'
    return refuseLeg('limit', limitUnits, direction, fromUnits, market)
  }
  return null
}

function comesNearer(oldUnits: number | null, newUnits: number, fromUnits: number): boolean {
  return oldUnits !== null && Math.abs(newUnits - fromUnits) < Math.abs(oldUnits - fromUnits)
}
