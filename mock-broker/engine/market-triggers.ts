import type { LiveBook } from './book.ts'
import type { EngineEvent } from './engine-event.ts'
import { refuseFunds } from './funds-rule.ts'
import type { Ledger } from './ledger.ts'
import { openFresh, planDeal } from './open-position.ts'
import { filledLegs } from './order-rules.ts'
import { exitAt, trailedStop } from './position.ts'
import { reduceOldestFirst, reducePosition } from './reduce-position.ts'
import type { Tick } from './tick.ts'
import { accountChange, type TradingFloor } from './trading-floor.ts'
import { triggeredAt, type WorkingOrder } from './working-order.ts'

/** What a quote sets off on its market: legs first, then waiting orders, then trailing stops follow. */
export function trigger(floor: TradingFloor, book: LiveBook, tick: Tick): readonly EngineEvent[] | null {
  let events: EngineEvent[] | null = null
  // Every change replaces the lists, so these walks see positions and orders as they were when the quote came.
  for (const position of book.positions) {
    const exit = exitAt(position, tick.bidUnits, tick.offerUnits)
    if (exit) {
      const occasion = { atMs: tick.atMs, cause: exit.cause, reference: null }
      events ??= []
      events.push(...reducePosition(floor, position, position.size, exit.levelUnits, occasion).events)
      continue
    }
    const stopUnits = trailedStop(position, tick.bidUnits, tick.offerUnits)
    if (stopUnits === null) continue
    const moved = { ...position, stopUnits }
    floor.ledgers.get(position.account)!.put(moved)
    events ??= []
    events.push({ kind: 'position', change: 'UPDATED', atMs: tick.atMs, position: moved })
  }
  for (const order of book.orders) {
    const levelUnits = triggeredAt(order, tick.bidUnits, tick.offerUnits)
    if (levelUnits === null) continue
    events ??= []
    events.push(...fillOrder(floor, book, order, levelUnits, tick.atMs))
  }
  if (!events) return null
  for (const account of touchedBy(events, floor)) events.push(accountChange(tick.atMs, account))
  return events
}

/** Orders whose date has come are taken off, before a quote can fill them. */
export function expireOrders(floor: TradingFloor, book: LiveBook, atMs: number): readonly EngineEvent[] | null {
  let events: EngineEvent[] | null = null
  for (const order of book.orders) {
    if (order.goodTillMs === null || order.goodTillMs > atMs) continue
    floor.ledgers.get(order.account)!.removeOrder(order)
    events ??= []
    events.push({ kind: 'working-order', change: 'DELETED', cause: 'expired', reference: null, atMs, order })
  }
  return events
}

/** The position gets a deal id of its own (whether IG keeps the order's is unconfirmed). Without funds the order is dropped. */
function fillOrder(
  floor: TradingFloor,
  book: LiveBook,
  order: WorkingOrder,
  levelUnits: number,
  atMs: number,
): readonly EngineEvent[] {
  const account = floor.ledgers.get(order.account)!
  const { netted, fresh } = planDeal(order, order.size, book, account)
  account.removeOrder(order)
  if (!fresh.isZero() && refuseFunds(fresh, levelUnits, order.currency, book.market, account)) {
    return [{ kind: 'working-order', change: 'DELETED', cause: 'refused', reference: null, atMs, order }]
  }
  const occasion = { atMs, reference: order.reference }
  const { reductions } = reduceOldestFirst(floor, netted, order.size, levelUnits, occasion)
  const legs = {
    ...filledLegs(order, levelUnits, book.market),
    isStopGuaranteed: order.isStopGuaranteed,
    trailing: null,
  }
  const opened = fresh.isZero() ? null : openFresh(floor, { ...order, atMs }, fresh, levelUnits, legs, account, order)
  return [
    { kind: 'working-order', change: 'DELETED', cause: 'filled', reference: null, atMs, order },
    ...reductions.flatMap(({ events }) => events),
    ...(opened?.events ?? []),
  ]
}

function touchedBy(events: readonly EngineEvent[], floor: TradingFloor): ReadonlySet<Ledger> {
  const touched = new Set<Ledger>()
  for (const event of events) if (event.kind === 'fill') touched.add(floor.ledgers.get(event.account)!)
  return touched
}
