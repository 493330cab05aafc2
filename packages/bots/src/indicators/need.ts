/** How many ticks or candles an indicator needs. */
export interface Need {
  /** Until it is ready. */
  readonly ready: number
  /** Until where it began counts for less than a hundredth of it. */
  readonly settled: number
  /** It begins with the day, UTC. */
  readonly isOfDay?: boolean
}

/** Of a window, which knows nothing older. */
export const windowOf = (length: number): Need => ({ ready: length, settled: length })

/** Each value counts 2 / (length + 1): of the first one e^-5 is left after so many. */
export const exponentialOf = (length: number): Need => ({ ready: length, settled: Math.ceil(2.5 * length) })

/** Each value counts 1 / length: e^-5. */
export const wilderOf = (length: number): Need => ({ ready: length, settled: 5 * length })

export const both = (some: Need, other: Need): Need => ({
  ready: Math.max(some.ready, other.ready),
  settled: Math.max(some.settled, other.settled),
  isOfDay: some.isOfDay === true || other.isOfDay === true,
})

export const after = (before: Need, then: Need): Need => ({
  ready: before.ready + then.ready - 1,
  settled: before.settled + then.settled - 1,
})
