import type { Decimal } from 'decimal.js'
import { centsToDecimal } from './cents.ts'
import { bookCharges, bookPremium, bookProtection } from './charges.ts'
import { sizeLeft, smallerSize } from './deal-size.ts'
import type { AffectedDeal, EngineEvent, Fill } from './engine-event.ts'
import { compact } from './exact-decimal.ts'
import { opposite, type Position } from './position.ts'
import type { TradingFloor } from './trading-floor.ts'
import { profitInCents, profitOf } from './valuation.ts'

export interface Reduction {
  readonly events: readonly EngineEvent[]
  readonly affected: AffectedDeal
  /** In the position's currency. */
  readonly profit: Decimal
}

/** When and why a position is reduced; without a reference it is the broker's doing. */
interface Occasion {
  readonly atMs: number
  readonly cause: Fill['cause']
  readonly reference: string | null
}

/** Closes `size` of a position at a level, books the result, and keeps the rest open under its deal id with its legs. */
export function reducePosition(
  floor: TradingFloor,
  position: Position,
  size: Decimal,
  levelUnits: number,
  { atMs, cause, reference }: Occasion,
): Reduction {
  const { market } = floor.books.get(position.epic)!
  const account = floor.ledgers.get(position.account)!
  const profit = compact(profitOf(position, market, levelUnits, size))
  const booked = profitInCents(position, market, levelUnits, size, account.terms.currency)
  const rest = sizeLeft(position.size, size)
  const isWhole = rest.isZero()
  const left: Position = isWhole ? position : { ...position, size: rest }
  if (isWhole) account.remove(position)
  else account.put(left)
  account.bookCash(booked)
  const dealId = floor.identifiers.dealId()
  return {
    profit,
    affected: { dealId: position.dealId, status: isWhole ? 'FULLY_CLOSED' : 'PARTIALLY_CLOSED' },
    events: [
      {
        kind: 'fill',
        atMs,
        dealId,
        reference,
        account: position.account,
        epic: position.epic,
        direction: opposite(position.direction),
        size,
        levelUnits,
        cause,
        position,
        closed: { dealId: position.dealId, isWhole, profit, booked: compact(centsToDecimal(booked)) },
        workingOrder: null,
      },
      ...bookCharges(account, market, position, size, levelUnits, dealId, atMs),
      ...(cause === 'stop' && position.isStopGuaranteed ? bookPremium(account, market, position, dealId, atMs) : []),
      ...bookProtection(account, position, dealId, atMs),
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
  { atMs, reference }: { readonly atMs: number; readonly reference: string },
): { readonly reductions: readonly Reduction[]; readonly left: Decimal } {
  const reductions: Reduction[] = []
  let left = size
  for (const position of positions) {
    if (left.isZero()) break
    const part = smallerSize(left, position.size)
    reductions.push(reducePosition(floor, position, part, levelUnits, { atMs, cause: 'close', reference }))
    left = sizeLeft(left, part)
  }
  return { reductions, left }
}

export function totalProfit(reductions: readonly Reduction[]): Decimal | null {
  let total: Decimal | null = null
  for (const { profit } of reductions) total = total ? total.plus(profit) : profit
  return total
}
