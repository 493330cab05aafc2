import type { Decimal, Direction } from '@scalpdesk/sdk'
import { Exact } from './exact.ts'

/**
 * How far the price went for and against a position while it was held. Within one size the result follows the price, so the
 * two furthest prices say it all: a tick costs two comparisons, and nothing is made unless it goes further than before.
 */
export interface Excursion {
  /** Of the closing side, in the decimals of the deal, since the size changed last; Infinity and -Infinity: none yet. */
  readonly lowUnits: number
  readonly highUnits: number
  /** Before the size changed last: the same two, and the worst and best money that the deal stood at. */
  readonly before: {
    readonly lowUnits: number
    readonly highUnits: number
    readonly money: MoneyRange | 'unknown' | null
  }
}

export interface MoneyRange {
  readonly worst: Decimal
  readonly best: Decimal
}

export const NO_EXCURSION: Excursion = {
  lowUnits: Number.POSITIVE_INFINITY,
  highUnits: Number.NEGATIVE_INFINITY,
  before: { lowUnits: Number.POSITIVE_INFINITY, highUnits: Number.NEGATIVE_INFINITY, money: null },
}

export function stretched(excursion: Excursion, units: number): Excursion {
  const { lowUnits, highUnits, before } = excursion
  if (units >= lowUnits && units <= highUnits) return excursion
  return { lowUnits: Math.min(lowUnits, units), highUnits: Math.max(highUnits, units), before }
}

/** In finer units. */
export function widenedBy(factor: number, { lowUnits, highUnits, before }: Excursion): Excursion {
  return {
    lowUnits: lowUnits * factor,
    highUnits: highUnits * factor,
    before: { ...before, lowUnits: before.lowUnits * factor, highUnits: before.highUnits * factor },
  }
}

/** What a deal stands at when its market is at a price of its closing side; null when its level or a result is not known. */
export type ValueAt = (units: number) => Decimal | null

/** The size changes: what was seen so far is kept as money. */
export function folded(excursion: Excursion, valueAt: ValueAt): Excursion {
  const { lowUnits, highUnits, before } = excursion
  return {
    ...NO_EXCURSION,
    before: {
      lowUnits: Math.min(before.lowUnits, lowUnits),
      highUnits: Math.max(before.highUnits, highUnits),
      money: moneyRange(excursion, valueAt),
    },
  }
}

/** Null while no price was seen; `unknown` when some of it cannot be worked out. */
export function moneyRange(
  { lowUnits, highUnits, before }: Excursion,
  valueAt: ValueAt,
): MoneyRange | 'unknown' | null {
  if (before.money === 'unknown' || lowUnits > highUnits) return before.money
  const [low, high] = [valueAt(lowUnits), valueAt(highUnits)]
  if (!low || !high) return 'unknown'
  const seen = before.money ? [before.money.worst, before.money.best, low, high] : [low, high]
  return { worst: Exact.min(...seen), best: Exact.max(...seen) }
}

/** The worst and the best price of the closing side, whatever the size was; null while none was seen. */
export function priceRange(
  { lowUnits, highUnits, before }: Excursion,
  direction: Direction,
): { readonly worstUnits: number; readonly bestUnits: number } | null {
  const low = Math.min(before.lowUnits, lowUnits)
  const high = Math.max(before.highUnits, highUnits)
  if (low > high) return null
  return direction === 'BUY' ? { worstUnits: low, bestUnits: high } : { worstUnits: high, bestUnits: low }
}
