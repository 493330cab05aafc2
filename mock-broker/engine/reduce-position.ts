import type { Decimal } from 'decimal.js'
import type { AffectedDeal, EngineEvent, Fill } from './engine-event.ts'
import { Exact } from './exact-decimal.ts'
import { opposite, type Position } from './position.ts'
import type { TradingFloor } from './trading-floor.ts'
import { profitOf, toAccountCurrency } from './valuation.ts'

export interface Reduction {
  readonly events: readonly EngineEvent[]
  readonly affected: AffectedDeal
  /** In the market's currency. */
  readonly profit: Decimal
}

/** Closes `size` of a position at a level, books the result, and keeps the rest open under its deal id with its legs. */
export function reducePosition(
  floor: TradingFloor,
  position: Position,
  size: Decimal,
  levelUnits: number,
  atMs: number,
  cause: Fill['cause'],
): Reduction {
  const { market } = floor.books.get(position.epic)!
  const profit = profitOf(position, market, levelUnits, size)
  const booked = toAccountCurrency(profit, market)
  const rest = position.size.minus(size)
  const isWhole = rest.isZero()
  const left: Position = isWhole ? position : { ...position, size: rest }
  if (isWhole) floor.money.remove(position)
  else floor.money.put(left)
  floor.money.bookCash(booked)
  return {
    profit,
    affected: { dealId: position.dealId, status: isWhole ? 'FULLY_CLOSED' : 'PARTIALLY_CLOSED' },
    events: [
      {
        kind: 'fill',
        atMs,
        dealId: floor.identifiers.dealId(),
        epic: position.epic,
        direction: opposite(position.direction),
        size,
        levelUnits,
        cause,
        closed: { dealId: position.dealId, profit, booked },
      },
      { kind: 'position', change: isWhole ? 'DELETED' : 'UPDATED', atMs, position: left },
    ],
  }
}

/** Closes up to `size` of several positions, oldest first. @returns what was done, and the size that found no position. */
export function reduceOldestFirst(
  floor: TradingFloor,
  positions: readonly Position[],
  size: Decimal,
  levelUnits: number,
  atMs: number,
): { readonly reductions: readonly Reduction[]; readonly left: Decimal } {
  const reductions: Reduction[] = []
  let left = size
  for (const position of positions) {
    if (left.isZero()) break
    const part = Exact.min(left, position.size)
    reductions.push(reducePosition(floor, position, part, levelUnits, atMs, 'close'))
    left = left.minus(part)
  }
  return { reductions, left }
}

export function totalProfit(reductions: readonly Reduction[]): Decimal | null {
  return reductions.length === 0
    ? null
    : reductions.reduce<Decimal>((sum, { profit }) => sum.plus(profit), new Exact(0))
}
