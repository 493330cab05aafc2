import type { LiveBook } from './book.ts'
import { dealNow } from './deal-price.ts'
import { compareSizes, isMultiple, totalSize } from './deal-size.ts'
import type { EngineEvent } from './engine-event.ts'
import { ZERO } from './exact-decimal.ts'
import type { Ledger } from './ledger.ts'
import { refuseByState } from './market-state.ts'
import type { CloseOrder } from './order.ts'
import type { Position } from './position.ts'
import type { Reason } from './reason.ts'
import { reduceOldestFirst, totalProfit } from './reduce-position.ts'
import { accepted, accountChange, rejected, type TradingFloor } from './trading-floor.ts'

/** Closes one position, or what is opposite on a market, whole or in part. A refused close changes nothing. */
export function closePosition(floor: TradingFloor, order: CloseOrder): readonly EngineEvent[] {
  const account = floor.ledgers.get(order.account)
  if (!account || account.terms.dealing === 'suspended') {
    return [rejected(floor, order, 'ACCOUNT_NOT_ENABLED_TO_TRADING')]
  }
  const found = findTargets(floor, order, account)
  if (found.kind === 'refused') return [rejected(floor, order, found.reason)]
  const { book, positions } = found
  const closed = refuseByState(book.state, 'close')
  if (closed) return [rejected(floor, order, closed)]
  const dealt = dealNow(order, book, floor.conditions)
  if ('reason' in dealt) return [rejected(floor, order, dealt.reason)]

  const oldest = positions[0]!
  const { reductions } = reduceOldestFirst(floor, positions, dealt.size, dealt.levelUnits, order)
  const affected = reductions.map(reduction => reduction.affected)
  const isPartial = affected.some(({ status }) => status === 'PARTIALLY_CLOSED')
  return [
    ...reductions.flatMap(({ events }) => events),
    // IG's confirm of a close names the opening deal, not the closing one.
    accepted(
      order,
      { dealId: oldest.dealId, epic: oldest.epic, direction: order.direction },
      {
        dealStatus: 'ACCEPTED',
        status: isPartial ? 'PARTIALLY_CLOSED' : 'CLOSED',
        levelUnits: dealt.levelUnits,
        size: dealt.size,
        stopUnits: null,
        limitUnits: null,
        stopPoints: null,
        limitPoints: null,
        isStopGuaranteed: false,
        isTrailing: false,
        affected,
        profit: totalProfit(reductions),
        profitCurrency: oldest.currency,
      },
    ),
    accountChange(order.atMs, account),
  ]
}

type Targets =
  | { readonly kind: 'found'; readonly book: LiveBook; readonly positions: readonly Position[] }
  | { readonly kind: 'refused'; readonly reason: Reason }

function findTargets(floor: TradingFloor, order: CloseOrder, account: Ledger): Targets {
  if (compareSizes(order.size, ZERO) <= 0) return refused('MINIMUM_ORDER_SIZE_ERROR')
  const { target } = order
  const named = target.by === 'deal' ? account.position(target.dealId) : undefined
  const epic = target.by === 'market' ? target.epic : named?.epic
  const book = epic === undefined ? undefined : floor.books.get(epic)
  if (!book) return refused(target.by === 'market' ? 'INSTRUMENT_NOT_FOUND' : 'POSITION_NOT_FOUND')
  if (target.by === 'market' && target.expiry !== book.market.expiry) return refused('INSTRUMENT_NOT_FOUND')
  // Which of IG's reasons answers a close in the position's own direction is unconfirmed.
  if (named && named.direction === order.direction) return refused('WRONG_SIDE_OF_MARKET')
  const isAgainst = (open: Position): boolean => open.epic === epic && open.direction !== order.direction
  const positions = named ? [named] : account.positions().filter(isAgainst)
  if (positions.length === 0) return refused('POSITION_NOT_FOUND')
  const open = totalSize(positions)
  if (compareSizes(order.size, open) > 0) return refused('POSITION_NOT_AVAILABLE_TO_CLOSE')
  if (!isMultiple(order.size, book.market.sizeStep)) return refused('SIZE_INCREMENT')
  return { kind: 'found', book, positions }
}

function refused(reason: Reason): Targets {
  return { kind: 'refused', reason }
}
