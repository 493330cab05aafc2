import type { Book } from './book.ts'
import { isCurrency } from './currency.ts'
import type { EngineEvent, WorkingOrderChange } from './engine-event.ts'
import { refuseEntry, refuseLegKinds } from './entry-rules.ts'
import { comesNearer } from './leg-rules.ts'
import { isMoveAwayOnly, refuseByState } from './market-state.ts'
import type { AmendWorkingOrder, CancelOrder, PlaceOrder } from './order.ts'
import { orderLegs, refuseTrigger } from './order-rules.ts'
import type { Reason } from './reason.ts'
import { decimalToUnits } from './scaled-number.ts'
import { accepted, rejected, type TradingFloor } from './trading-floor.ts'
import type { WorkingOrder } from './working-order.ts'

/** Takes an order that waits for its level. A refused one changes nothing, as everywhere. */
export function placeWorkingOrder(floor: TradingFloor, order: PlaceOrder): readonly EngineEvent[] {
  const account = floor.ledgers.get(order.account)
  const book = floor.books.get(order.epic)
  if (!account) return [rejected(floor, order, 'ACCOUNT_NOT_ENABLED_TO_TRADING')]
  if (!book) return [rejected(floor, order, 'INSTRUMENT_NOT_FOUND')]
  const reason = refuseEntry(order, book, account) ?? refuseDate(order)
  if (reason) return [rejected(floor, order, reason)]
  const terms = readTerms(order, order.direction, book)
  if ('reason' in terms) return [rejected(floor, order, terms.reason)]

  const { reference, epic, direction, type, size, goodTillMs, mode } = order
  const placed: WorkingOrder = {
    dealId: floor.identifiers.dealId(),
    reference,
    account: order.account,
    epic,
    currency: isCurrency(order.currency) ? order.currency : book.market.currencies[0],
    direction,
    type,
    size,
    goodTillMs,
    mode,
    createdAtMs: order.atMs,
    ...terms,
  }
  account.putOrder(placed)
  return told(order, placed, 'OPEN')
}

/** Replaces level, type, date and legs: what is left out is removed (IG Labs, REST API reference, "Working Orders"). */
export function amendWorkingOrder(floor: TradingFloor, order: AmendWorkingOrder): readonly EngineEvent[] {
  const account = floor.ledgers.get(order.account)
  const old = account?.order(order.dealId)
  const book = old && floor.books.get(old.epic)
  if (!account || !book) return [rejected(floor, order, 'ORDER_NOT_FOUND')]
  const reason = refuseByState(book.state, 'amend') ?? refuseLegKinds(order, book.market, account) ?? refuseDate(order)
  if (reason) return [rejected(floor, order, reason)]
  const terms = readTerms(order, old.direction, book, old)
  if ('reason' in terms) return [rejected(floor, order, terms.reason)]
  const amended: WorkingOrder = { ...old, type: order.type, goodTillMs: order.goodTillMs, ...terms }
  account.putOrder(amended)
  return told(order, amended, 'UPDATED')
}

/** A waiting order can be taken back whatever its market does, but for those that take no edits. */
export function cancelWorkingOrder(floor: TradingFloor, order: CancelOrder): readonly EngineEvent[] {
  const account = floor.ledgers.get(order.account)
  const old = account?.order(order.dealId)
  const book = old && floor.books.get(old.epic)
  if (!account || !book) return [rejected(floor, order, 'ORDER_NOT_FOUND')]
  const reason = refuseByState(book.state, 'amend')
  if (reason) return [rejected(floor, order, reason)]
  account.removeOrder(old)
  return told(order, old, 'DELETED')
}

type Terms = Pick<WorkingOrder, 'levelUnits' | 'stopPoints' | 'limitPoints' | 'isStopGuaranteed'>

function readTerms(
  order: PlaceOrder | AmendWorkingOrder,
  direction: 'BUY' | 'SELL',
  { market, quote, state }: Book,
  old?: WorkingOrder,
): Terms | { readonly reason: Reason } {
  const levelUnits = decimalToUnits(order.level, market.decimals)
  if (levelUnits === null) return { reason: 'ATTACHED_ORDER_LEVEL_ERROR' }
  if (!quote) return { reason: 'MARKET_OFFLINE' }
  const isMoved = levelUnits !== old?.levelUnits || order.type !== old.type
  const fromUnits = direction === 'BUY' ? quote.offerUnits : quote.bidUnits
  if (old && isMoveAwayOnly(state) && comesNearer(old.levelUnits, levelUnits, fromUnits)) {
    return { reason: 'MOVE_AWAY_ONLY_TRIGGER_LEVEL' }
  }
  const wrongLevel = isMoved ? refuseTrigger({ direction, type: order.type, levelUnits }, quote, market) : null
  if (wrongLevel) return { reason: wrongLevel }
  const legs = orderLegs({ ...order, direction }, levelUnits, market)
  return 'reason' in legs ? legs : { levelUnits, ...legs }
}

function refuseDate({ goodTillMs, atMs }: PlaceOrder | AmendWorkingOrder): Reason | null {
  return goodTillMs !== null && goodTillMs <= atMs ? 'GOOD_TILL_DATE_IN_THE_PAST' : null
}

const statuses = {
  OPEN: { status: 'OPEN', affected: 'OPENED' },
  UPDATED: { status: 'AMENDED', affected: 'AMENDED' },
  DELETED: { status: 'DELETED', affected: 'DELETED' },
} as const

function told(
  request: PlaceOrder | AmendWorkingOrder | CancelOrder,
  order: WorkingOrder,
  change: WorkingOrderChange['change'],
): readonly EngineEvent[] {
  const { status, affected } = statuses[change]
  return [
    {
      kind: 'working-order',
      change,
      cause: 'client',
      refusal: null,
      reference: request.reference,
      atMs: request.atMs,
      order,
    },
    accepted(request, order, {
      dealStatus: 'ACCEPTED',
      status,
      levelUnits: order.levelUnits,
      size: order.size,
      stopUnits: null,
      limitUnits: null,
      stopPoints: order.stopPoints,
      limitPoints: order.limitPoints,
      isStopGuaranteed: order.isStopGuaranteed,
      isTrailing: false,
      affected: [{ dealId: order.dealId, status: affected }],
      profit: null,
      profitCurrency: null,
    }),
  ]
}
