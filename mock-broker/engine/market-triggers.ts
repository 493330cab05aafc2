import type { LiveBook } from './book.ts'
import type { EngineEvent } from './engine-event.ts'
import { refuseOpposition } from './entry-rules.ts'
import { refuseFunds, refuseGuaranteedSize } from './funds-rule.ts'
import type { Ledger } from './ledger.ts'
import { refuseByState } from './market-state.ts'
import { openFresh, planDeal } from './open-position.ts'
import { filledLegs } from './order-rules.ts'
import { exitAt, trailedStop } from './position.ts'
import { reduceOldestFirst, reducePosition } from './reduce-position.ts'
import type { TickQuote } from './tick.ts'
import { accountChange, type TradingFloor, withdrawn } from './trading-floor.ts'
import { triggeredAt, type WorkingOrder } from './working-order.ts'

/** What a quote sets off on its market: legs trigger or trail first, then waiting orders deal. */
export function trigger(floor: TradingFloor, book: LiveBook, quote: TickQuote): readonly EngineEvent[] | null {
  const { atMs, bidUnits, offerUnits } = quote
  let events: EngineEvent[] | null = null
  // Every change replaces the lists, so these walks see positions and orders as they were when the quote came.
  for (const position of book.positions) {
    const exit = exitAt(position, bidUnits, offerUnits)
    if (exit) {
      const occasion = { atMs, cause: exit.cause, reference: null }
      events ??= []
      events.push(...reducePosition(floor, position, position.size, exit.levelUnits, occasion).events)
      continue
    }
    const stopUnits = trailedStop(position, bidUnits, offerUnits)
    if (stopUnits === null) continue
    const moved = { ...position, stopUnits }
    floor.ledgers.get(position.account)!.put(moved)
    events ??= []
    events.push({ kind: 'position', change: 'UPDATED', atMs, position: moved })
  }
  // Orders open positions: where only closing is allowed they wait on.
  const orders = refuseByState(book.state, 'open') === null ? book.orders : []
  for (const order of orders) {
    const levelUnits = triggeredAt(order, bidUnits, offerUnits)
    if (levelUnits === null) continue
    events ??= []
    events.push(...fillOrder(floor, book, order, levelUnits, atMs))
  }
  if (!events) return null
  for (const account of touchedBy(events, floor)) events.push(accountChange(atMs, account))
  return events
}

/** Orders whose date has come are taken off, dated by it and in that order, before a quote can fill them. */
export function expireOrders(floor: TradingFloor, book: LiveBook, atMs: number): readonly EngineEvent[] | null {
  let due: { order: WorkingOrder; goodTillMs: number }[] | null = null
  for (const order of book.orders) {
    const { goodTillMs } = order
    if (goodTillMs === null || goodTillMs > atMs) continue
    due ??= []
    due.push({ order, goodTillMs })
  }
  if (!due) return null
  due.sort((one, other) => one.goodTillMs - other.goodTillMs)
  return due.map(({ order, goodTillMs }) => {
    floor.ledgers.get(order.account)!.removeOrder(order)
    return withdrawn(order, 'expired', goodTillMs)
  })
}

/**
 * The position gets a deal id of its own (whether IG keeps the order's is unconfirmed). What is open by now may forbid it, or
 * leave no funds for it: the order is dropped then.
 */
function fillOrder(
  floor: TradingFloor,
  book: LiveBook,
  order: WorkingOrder,
  levelUnits: number,
  atMs: number,
): readonly EngineEvent[] {
  const account = floor.ledgers.get(order.account)!
  const plan = planDeal(order, order.size, book, account)
  const { netted, fresh } = plan
  account.removeOrder(order)
  const refusal =
    refuseOpposition(order, book.market, account) ??
    (fresh.isZero() || !order.isStopGuaranteed ? null : refuseGuaranteedSize({ size: fresh }, book.market, account)) ??
    (fresh.isZero() ? null : refuseFunds(plan, levelUnits, order.currency, book.market, account))
  if (refusal) return [withdrawn(order, 'refused', atMs, refusal)]
  const occasion = { atMs, reference: order.reference }
  const { reductions } = reduceOldestFirst(floor, netted, order.size, levelUnits, occasion)
  const legs = {
    ...filledLegs(order, levelUnits, book.market),
    isStopGuaranteed: order.isStopGuaranteed,
    trailing: null,
  }
  const opened = fresh.isZero() ? null : openFresh(floor, { ...order, atMs }, fresh, levelUnits, legs, account, order)
  return [withdrawn(order, 'filled', atMs), ...reductions.flatMap(({ events }) => events), ...(opened?.events ?? [])]
}

function touchedBy(events: readonly EngineEvent[], floor: TradingFloor): ReadonlySet<Ledger> {
  const touched = new Set<Ledger>()
  for (const event of events) if (event.kind === 'fill') touched.add(floor.ledgers.get(event.account)!)
  return touched
}
