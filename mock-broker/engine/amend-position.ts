import type { Book } from './book.ts'
import type { EngineEvent } from './engine-event.ts'
import { refuseGuaranteedSize } from './funds-rule.ts'
import type { Ledger } from './ledger.ts'
import { comesNearer, refuseLeg, refuseStop, trailingOf } from './leg-rules.ts'
import { isMoveAwayOnly, refuseByState } from './market-state.ts'
import type { AmendOrder } from './order.ts'
import type { Position } from './position.ts'
import type { Reason } from './reason.ts'
import { decimalToUnits } from './scaled-number.ts'
import { accepted, rejected, type TradingFloor } from './trading-floor.ts'
import { closingUnits } from './valuation.ts'

/** Replaces both legs of a position. A refused amend leaves the old legs as they were. */
export function amendPosition(floor: TradingFloor, order: AmendOrder): readonly EngineEvent[] {
  const account = floor.ledgers.get(order.account)
  const position = account?.position(order.dealId)
  const book = position && floor.books.get(position.epic)
  if (!account || !book) return [rejected(floor, order, 'POSITION_NOT_FOUND')]
  const closed = refuseByState(book.state, 'amend')
  if (closed) return [rejected(floor, order, closed)]
  if (!book.quote) return [rejected(floor, order, 'MARKET_OFFLINE')]

  const amended = withLegs(position, order, book)
  if ('reason' in amended) return [rejected(floor, order, amended.reason)]
  const fromUnits = closingUnits(position.direction, book.quote)
  const reason = refuseKinds(position, amended, account, book) ?? refuseLevels(position, amended, fromUnits, book)
  if (reason) return [rejected(floor, order, reason)]

  account.put(amended)
  return [
    { kind: 'position', change: 'UPDATED', atMs: order.atMs, position: amended },
    accepted(order, amended, {
      dealStatus: 'ACCEPTED',
      status: 'AMENDED',
      levelUnits: amended.levelUnits,
      size: amended.size,
      stopUnits: amended.stopUnits,
      limitUnits: amended.limitUnits,
      stopPoints: null,
      limitPoints: null,
      isStopGuaranteed: amended.isStopGuaranteed,
      isTrailing: amended.trailing !== null,
      affected: [{ dealId: amended.dealId, status: 'AMENDED' }],
      profit: null,
      profitCurrency: null,
    }),
  ]
}

function withLegs(
  position: Position,
  { stop, limitLevel }: AmendOrder,
  { market }: Book,
): Position | { readonly reason: Reason } {
  const stopUnits = stop && decimalToUnits(stop.level, market.decimals)
  const limitUnits = limitLevel && decimalToUnits(limitLevel, market.decimals)
  if ((stop && stopUnits === null) || (limitLevel && limitUnits === null))
    return { reason: 'ATTACHED_ORDER_LEVEL_ERROR' }
  const trailing = stop?.kind === 'trailing' ? trailingOf(stop.distancePoints, stop.stepPoints, market) : null
  if (stop?.kind === 'trailing' && !trailing) return { reason: 'ATTACHED_ORDER_TRAILING_STOP_ERROR' }
  return { ...position, stopUnits, limitUnits, trailing, isStopGuaranteed: stop?.kind === 'guaranteed' }
}

function refuseKinds(old: Position, amended: Position, account: Ledger, { market }: Book): Reason | null {
  const hasLegs = amended.stopUnits !== null || amended.limitUnits !== null
  if (hasLegs && !market.allowsLegs) return 'STOP_OR_LIMIT_NOT_ALLOWED'
  if (amended.isStopGuaranteed && !market.guaranteedPremiumPoints) return 'STOP_OR_LIMIT_NOT_ALLOWED'
  if (amended.trailing && !(market.allowsTrailing && account.allowsTrailing)) return 'TRAILING_STOP_NOT_ALLOWED'
  const mustKeepStop = account.terms.isLimitedRisk || old.isStopGuaranteed
  if (mustKeepStop && amended.stopUnits === null) return 'CANNOT_REMOVE_STOP'
  if (old.isStopGuaranteed && !amended.isStopGuaranteed) return 'CANNOT_CHANGE_STOP_TYPE'
  return amended.isStopGuaranteed && !old.isStopGuaranteed ? refuseGuaranteedSize(amended, market, account) : null
}

function refuseLevels(old: Position, amended: Position, fromUnits: number, { market, state }: Book): Reason | null {
  const { direction, stopUnits, limitUnits, isStopGuaranteed } = amended
  const isStopNew = stopUnits !== old.stopUnits || isStopGuaranteed !== old.isStopGuaranteed
  if (stopUnits !== null && isStopNew) {
    if (isMoveAwayOnly(state) && comesNearer(old.stopUnits, stopUnits, fromUnits)) return 'MOVE_AWAY_ONLY_STOP'
    const reason = refuseStop(isStopGuaranteed, stopUnits, direction, fromUnits, market)
    if (reason) return reason
  }
  if (limitUnits !== null && limitUnits !== old.limitUnits) {
    if (isMoveAwayOnly(state) && comesNearer(old.limitUnits, limitUnits, fromUnits)) return 'MOVE_AWAY_ONLY_LIMIT'
    return refuseLeg('limit', limitUnits, direction, fromUnits, market)
  }
  return null
}
