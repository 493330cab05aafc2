import { Decimal } from '@scalpdesk/sdk'
import type { DayMemory } from './day-memory.ts'

export type DayResult =
  | { readonly kind: 'known'; readonly money: Decimal }
  /** A deal ended and nobody knows how, or what is open cannot be worked out. */
  | { readonly kind: 'unknown'; readonly knownPart: Decimal; readonly why: string }

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
    return isOpenUnknown
      ? { kind: 'unknown', knownPart: money, why: 'what is open cannot be worked out' }
      : { kind: 'known', money }
  const change = equity && openingEquity && equity.minus(openingEquity)
  if (change) return { kind: 'known', money: Decimal.min(money, change) }
  return { kind: 'unknown', knownPart: money, why: 'the result of a deal is not known' }
}

/** Why the day is over for entries; null while it is not. */
export function lockedByLoss(memory: DayMemory): string | null {
  const { maxDayLoss } = memory.limits.inForce
  if (memory.lock || maxDayLoss === null) return null
  const result = dayResult(memory, false)
  const money = result.kind === 'known' ? result.money : result.knownPart
  return money.lte(maxDayLoss.neg()) ? lossWords(money, maxDayLoss) : null
}

/** Cheap enough for every tick: whether telling this open result would lock the day. */
export function wouldLock(memory: DayMemory, openProfit: Decimal): boolean {
  const { maxDayLoss } = memory.limits.inForce
  return (
    !memory.lock && maxDayLoss !== null && memory.realised.plus(memory.charged).plus(openProfit).lte(maxDayLoss.neg())
  )
}

/** @param unit a space and the currency, where that is known */
export const lossWords = (money: Decimal, most: Decimal, unit = ''): string =>
  `lost ${cents(money.neg())}${unit} of ${cents(most)}${unit} allowed`

const cents = (money: Decimal): string => money.toFixed(Math.max(2, money.decimalPlaces()))
