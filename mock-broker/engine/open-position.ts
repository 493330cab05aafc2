import type { Decimal } from 'decimal.js'
import type { Book } from './book.ts'
import { bookCharges } from './charges.ts'
import { isCurrency } from './currency.ts'
import { dealNow } from './deal-price.ts'
import { compareSizes, sizeLeft, totalSize } from './deal-size.ts'
import type { EngineEvent, Fill } from './engine-event.ts'
import { refuseEntry } from './entry-rules.ts'
import { refuseFunds, refuseGuaranteedSize } from './funds-rule.ts'
import type { Ledger } from './ledger.ts'
import { type PlacedLegs, placeLegs } from './leg-rules.ts'
import type { OpenOrder } from './order.ts'
import type { Position } from './position.ts'
import type { Reason } from './reason.ts'
import { type Reduction, reduceOldestFirst, totalProfit } from './reduce-position.ts'
import { accepted, accountChange, rejected, type TradingFloor } from './trading-floor.ts'

/** Deals an open: all checks first, then every effect, so that a refused order changes nothing. */
export function openPosition(floor: TradingFloor, order: OpenOrder): readonly EngineEvent[] {
  const book = floor.books.get(order.epic)
  const account = floor.ledgers.get(order.account)
  if (!account) return [rejected(floor, order, 'ACCOUNT_NOT_ENABLED_TO_TRADING')]
  if (!book) return [rejected(floor, order, 'INSTRUMENT_NOT_FOUND')]
  const refusal = refuseEntry(order, book, account)
  if (refusal) return [rejected(floor, order, refusal)]
  const dealt = dealNow(order, book, floor.conditions)
  if ('reason' in dealt) return [rejected(floor, order, dealt.reason)]
  const legs = placeLegs(order, dealt.levelUnits, book.market)
  if ('reason' in legs) return [rejected(floor, order, legs.reason)]
  const plan = planDeal(order, dealt.size, book, account)
  const reason = refusePlan(floor, order, dealt.levelUnits, plan, book, account)
  if (reason) return [rejected(floor, order, reason)]

  const { reductions } = reduceOldestFirst(floor, plan.netted, dealt.size, dealt.levelUnits, order)
  const kept = order.losesStop ? { ...legs, stopUnits: null, trailing: null } : legs
  const opened = plan.fresh.isZero() ? null : openFresh(floor, order, plan.fresh, dealt.levelUnits, kept, account)
  floor.repeats.dealt({ ...order, size: dealt.size }, order.atMs)
  return [
    ...reductions.flatMap(({ events }) => events),
    ...(opened?.events ?? []),
    confirmOf(order, dealt.size, dealt.levelUnits, legs, reductions, opened?.position ?? null),
    accountChange(order.atMs, account),
  ]
}

export interface DealPlan {
  /** What the deal first reduces, oldest first. */
  readonly netted: readonly Position[]
  /** What is left to open. */
  readonly fresh: Decimal
}

/** Working orders deal by the same plan when they are filled. */
export function planDeal(
  { mode, direction }: Pick<OpenOrder, 'mode' | 'direction'>,
  size: Decimal,
  book: Book,
  account: Ledger,
): DealPlan {
  const isNetted = (open: Position): boolean => open.epic === book.market.epic && open.direction !== direction
  const netted = mode === 'net' ? account.positions().filter(isNetted) : []
  return { netted, fresh: sizeLeft(size, totalSize(netted)) }
}

function refusePlan(
  floor: TradingFloor,
  order: OpenOrder,
  levelUnits: number,
  plan: DealPlan,
  { market }: Book,
  account: Ledger,
): Reason | null {
  const { fresh } = plan
  // What only closes is dealt even when nothing is available any more.
  if (fresh.isZero()) return null
  const guaranteed = order.stop?.kind === 'guaranteed' ? refuseGuaranteedSize({ size: fresh }, market, account) : null
  if (guaranteed) return guaranteed
  const repeated = totalSize([...floor.repeats.counting(order, order.atMs), { size: fresh }])
  if (compareSizes(repeated, market.maxRepeatSize) > 0) return 'FINANCE_REPEAT_DEALING'
  return refuseFunds(plan, levelUnits, order.currency, market, account)
}

/** Puts a new position into the account. */
export function openFresh(
  floor: TradingFloor,
  order: Pick<OpenOrder, 'atMs' | 'reference' | 'account' | 'epic' | 'currency' | 'direction'>,
  size: Decimal,
  levelUnits: number,
  legs: PlacedLegs,
  account: Ledger,
  workingOrder: Fill['workingOrder'] = null,
): { readonly position: Position; readonly events: readonly EngineEvent[] } {
  const { market } = floor.books.get(order.epic)!
  const { reference, epic, direction, atMs } = order
  const dealId = floor.identifiers.dealId()
  const currency = isCurrency(order.currency) ? order.currency : market.currencies[0]
  const { stopUnits, limitUnits, isStopGuaranteed, trailing } = legs
  const position: Position = {
    dealId,
    reference,
    account: order.account,
    epic,
    currency,
    direction,
    size,
    levelUnits,
    stopUnits,
    limitUnits,
    isStopGuaranteed: isStopGuaranteed && stopUnits !== null,
    trailing,
    openedAtMs: atMs,
  }
  account.put(position)
  return {
    position,
    events: [
      {
        kind: 'fill',
        atMs,
        dealId,
        reference,
        account: order.account,
        epic,
        direction,
        size,
        levelUnits,
        cause: workingOrder ? 'working-order' : 'open',
        position,
        closed: null,
        workingOrder,
      },
      ...bookCharges(account, market, position, size, levelUnits, dealId, atMs),
      { kind: 'position', change: 'OPEN', atMs, position },
    ],
  }
}

/**
 * With nothing left to open, the confirm names the first position that was netted, as IG's confirm of a close names the
 * opening deal. IG's own net-off confirm is not public: unconfirmed.
 */
function confirmOf(
  order: OpenOrder,
  size: Decimal,
  levelUnits: number,
  legs: PlacedLegs,
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
      dealStatus: 'ACCEPTED',
      status: opened ? 'OPEN' : isPartial ? 'PARTIALLY_CLOSED' : 'CLOSED',
      levelUnits,
      size,
      stopUnits: opened && legs.stopUnits,
      limitUnits: opened && legs.limitUnits,
      stopPoints: order.stop?.by === 'distance' ? order.stop.points : null,
      limitPoints: order.limit?.by === 'distance' ? order.limit.points : null,
      isStopGuaranteed: opened !== null && legs.isStopGuaranteed,
      isTrailing: opened !== null && legs.trailing !== null,
      // A list that is no longer than it has to be: confirms are kept for a minute.
      affected: opened ? closed.concat({ dealId, status: 'OPENED' }) : closed,
      profit: totalProfit(reductions),
      profitCurrency: reductions.length > 0 ? order.currency : null,
    },
  )
}
