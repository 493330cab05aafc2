import type { DrillResult } from './training.ts'

/** What a number of drills come to. */
export interface Score {
  readonly drills: number
  readonly hits: number
  readonly missed: number
  readonly otherKeys: number
  /** Buying and selling drills that were answered with either side: what the rate of wrong sides is of. */
  readonly sides: number
  readonly wrongSides: number
  /** Of the hits, in milliseconds; null without any. */
  readonly p50Ms: number | null
  readonly p95Ms: number | null
}

export function scoreOf(results: readonly DrillResult[]): Score {
  const counted = (verdict: DrillResult['verdict']) => results.filter(result => result.verdict === verdict).length
  const hits = results.filter(({ verdict }) => verdict === 'hit')
  const times = hits.flatMap(({ reactionMs }) => reactionMs ?? []).sort((one, other) => one - other)
  const wrongSides = counted('wrong-side')
  return {
    drills: results.length,
    hits: hits.length,
    missed: counted('missed'),
    otherKeys: counted('other-key'),
    sides: wrongSides + hits.filter(({ asked }) => asked === 'buy' || asked === 'sell').length,
    wrongSides,
    p50Ms: nearestRank(times, 0.5),
    p95Ms: nearestRank(times, 0.95),
  }
}

/** The smallest value that at least this part of all does not exceed. */
function nearestRank(sorted: readonly number[], part: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? null
}

/**
 * Between which rates the true one lies, with 95 % confidence: Wilson score interval (E. B. Wilson, 1927, "Probable inference,
 * the law of succession, and statistical inference").
 */
export function rateInterval(count: number, of: number): { readonly low: number; readonly high: number } {
  if (of === 0) return { low: 0, high: 1 }
  const z = 1.96
  const rate = count / of
  const middle = rate + z ** 2 / (2 * of)
  const half = z * Math.sqrt((rate * (1 - rate)) / of + z ** 2 / (4 * of ** 2))
  const scale = 1 + z ** 2 / of
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) }
}
