import { seededRandom } from './random.ts'

/** How a real market differs from its screen. Everything is off unless asked for, and decided by a seed. */
export interface DealingConditions {
  /** Whether the price has gone when the order arrives (`LEVEL_TOLERANCE_ERROR`). */
  isRequoted(): boolean
  /** Points by which a market order deals worse than shown. */
  slippagePoints(): number
  /** How much of an order's size is still there when it arrives: above 0, mostly 1. */
  shareLeft(): number
}

export interface ConditionsOptions {
  /** From 0 to 1. */
  readonly requoteChance?: number | undefined
  /** From 0 to 1. */
  readonly slippageChance?: number | undefined
  /** Most whole points that a slipped order loses. */
  readonly mostSlippagePoints?: number | undefined
  /**
   * From 0 to 1: that only a part of the size is there. FILL_OR_KILL is then refused (`ORDER_SIZE_CANNOT_BE_FILLED`),
   * EXECUTE_AND_ELIMINATE deals the part.
   */
  readonly partialFillChance?: number | undefined
}

/** Each model draws from a source of its own, so that switching one on does not move the others. */
export function dealingConditions(options: ConditionsOptions & { readonly seed: number }): DealingConditions {
  const { seed, requoteChance = 0, slippageChance = 0, mostSlippagePoints = 1, partialFillChance = 0 } = options
  const requotes = seededRandom(seed)
  const slips = seededRandom(seed ^ 0x5f3759df)
  const parts = seededRandom(seed ^ 0x2545f491)
  return {
    isRequoted: () => requotes.next() < requoteChance,
    slippagePoints: () => (slips.next() < slippageChance ? 1 + Math.floor(slips.next() * mostSlippagePoints) : 0),
    shareLeft: () => (parts.next() < partialFillChance ? parts.next() : 1),
  }
}
