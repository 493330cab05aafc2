import { Decimal } from '@scalpdesk/sdk'
import type { LockLoss } from './day-lock.ts'
import type { DayMemory } from './day-memory.ts'

export type DayResult =
  | { readonly kind: 'known'; readonly money: Decimal }
  /** A deal ended and nobody knows how, or what is open cannot be worked out. */
  | { readonly kind: 'unknown'; readonly knownPart: Decimal; readonly unknown: 'open-result' | 'deal-result' }

/**
 * Realised, charges and open together, in the account's currency. While the result of a deal is not known, the account's equity
 * stands in where it is worse: it also knows of that deal, but a transfer of money changes it too.
 * @param isSomethingOpen by the desk's book: with nothing open there is nothing to work out
 */
export function dayResult(memory: DayMemory, isSomethingOpen: boolean): DayResult {
  const { realised, charged, openProfit, results, equity, openingEquity } = memory
  const money = realised.plus(charged).plus(openProfit ?? 0)
  const isOpenUnknown = isSomethingOpen && openProfit === null
  if (results.every(({ profit }) => profit !== null))
    return isOpenUnknown ? { kind: 'unknown', knownPart: money, unknown: 'open-result' } : { kind: 'known', money }
  const change = equity && openingEquity && equity.minus(openingEquity)
  if (change) return { kind: 'known', money: Decimal.min(money, change) }
  return { kind: 'unknown', knownPart: money, unknown: 'deal-result' }
}

/** The loss by which the day is over for entries; null while it is not. */
export function lockingLoss(memory: DayMemory): LockLoss | null {
  const { maxDayLoss } = memory.limits.inForce
  if (memory.lock || maxDayLoss === null) return null
  const result = dayResult(memory, false)
  const money = result.kind === 'known' ? result.money : result.knownPart
  return money.lte(maxDayLoss.neg()) ? { lost: money.neg(), most: maxDayLoss } : null
}

/** Cheap enough for every tick: whether telling this open result would lock the day. */
export function wouldLock(memory: DayMemory, openProfit: Decimal): boolean {
  const { maxDayLoss } = memory.limits.inForce
  return (
    !memory.lock && maxDayLoss !== null && memory.realised.plus(memory.charged).plus(openProfit).lte(maxDayLoss.neg())
  )
}

/** At least two decimals, and every one that the money has. */
export const cents = (money: Decimal): string => money.toFixed(Math.max(2, money.decimalPlaces()))
