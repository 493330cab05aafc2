/** How much more is held with each day, in the unit of what was measured: the likeliest figure, and between which it lies with 90 % confidence. */
export interface MemoryTrend {
  readonly perDay: number
  readonly atLeast: number
  readonly atMost: number
}

/** `unclear`: the noise from day to day is too great for so few days. */
export type MemoryVerdict = 'flat' | 'grows' | 'unclear'

/** Until then caches fill, and what is drawn and compiled for the first time stays (our choice, as measured). */
export const WARM_DAYS = 7
/** With fewer days, the warm ones among them, nothing can be said. */
export const LEAST_DAYS = 2 * WARM_DAYS
/** 95 % of a normal distribution lie below. */
const QUANTILE = 1.645

/** @returns null where there are too few days to say anything */
export function warmTrend(held: readonly number[]): MemoryTrend | null {
  return held.length < LEAST_DAYS ? null : trendOf(held.slice(WARM_DAYS))
}

/** @param mostPerDay what still counts as flat */
export function memoryVerdict({ atLeast, atMost }: MemoryTrend, mostPerDay: number): MemoryVerdict {
  if (atLeast > mostPerDay) return 'grows'
  return atMost <= mostPerDay ? 'flat' : 'unclear'
}

/**
 * The median of all slopes between two days, which a day out of line does not move, and its confidence by Kendall's test (R. O. Gilbert,
 * "Statistical Methods for Environmental Pollution Monitoring", 1987, section 16.5: Sen's estimator of slope).
 */
export function trendOf(held: readonly number[]): MemoryTrend {
  const slopes = held
    .flatMap((before, day) => held.slice(day + 1).map((after, index) => (after - before) / (index + 1)))
    .toSorted((one, other) => one - other)
  const days = held.length
  const spread = QUANTILE * Math.sqrt((days * (days - 1) * (2 * days + 5)) / 18)
  const ranked = (rank: number): number => slopes[Math.min(slopes.length, Math.max(1, rank)) - 1] ?? 0
  return {
    perDay: (ranked(Math.ceil(slopes.length / 2)) + ranked(Math.floor(slopes.length / 2) + 1)) / 2,
    atLeast: ranked(Math.floor((slopes.length - spread) / 2)),
    atMost: ranked(Math.ceil((slopes.length + spread) / 2) + 1),
  }
}
