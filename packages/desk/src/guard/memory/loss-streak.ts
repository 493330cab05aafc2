import type { DealId, Decimal } from '@scalpdesk/sdk'
import type { DayMemory } from './day-memory.ts'

/**
 * Losing deals in a row, of those that are closed altogether; a deal that won ends it, one of exactly nothing, or of a
 * result that nobody knows, does not.
 */
export function lossStreak({ results, streakFrom }: Pick<DayMemory, 'results' | 'streakFrom'>): number {
  const sums = new Map<DealId, Decimal>()
  let losses = 0
  results.forEach(({ dealId, profit, isWhole }, at) => {
    if (profit) sums.set(dealId, sums.get(dealId)?.plus(profit) ?? profit)
    const sum = sums.get(dealId)
    if (!isWhole || at < streakFrom || !sum) return
    if (sum.lt(0)) losses++
    else if (sum.gt(0)) losses = 0
  })
  return losses
}

/** Begins a cool-down when the last result completed a streak; what is lost after it counts anew. */
export function coolDownAfter(memory: DayMemory): DayMemory {
  const { maxLossStreak, coolDownMs } = memory.limits.inForce
  const nowMs = memory.clock?.timeMs
  if (maxLossStreak === null || nowMs === undefined) return memory
  const losses = lossStreak(memory)
  if (losses < maxLossStreak) return memory
  const untilMs = Math.max(nowMs + coolDownMs, memory.coolDown?.untilMs ?? 0)
  return { ...memory, coolDown: { untilMs, losses }, streakFrom: memory.results.length }
}
