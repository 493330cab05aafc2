import type { Random } from './random.ts'

/** How a real market differs from its screen. Everything is off unless asked for, and decided by a seed. */
export interface DealingConditions {
  /** Whether the price has gone when the order arrives (`LEVEL_TOLERANCE_ERROR`). */
  isRequoted(): boolean
  /** Points by which a market order deals worse than shown. */
  slippagePoints(): number
}

export interface ConditionsOptions {
  /** From 0 to 1. */
  readonly requoteChance?: number | undefined
  /** From 0 to 1. */
  readonly slippageChance?: number | undefined
  /** Most whole points that a slipped order loses. */
  readonly mostSlippagePoints?: number | undefined
}

/** Draws nothing while a model is off, so that switching one on does not move the other. */
export function dealingConditions(random: Random, options: ConditionsOptions = {}): DealingConditions {
  const { requoteChance = 0, slippageChance = 0, mostSlippagePoints = 1 } = options
  const happens = (chance: number): boolean => chance > 0 && random.next() < chance
  return {
    isRequoted: () => happens(requoteChance),
    slippagePoints: () => (happens(slippageChance) ? 1 + Math.floor(random.next() * mostSlippagePoints) : 0),
  }
}
