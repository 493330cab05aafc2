import type { SyntheticShape } from './market.ts'
import type { Random } from './random.ts'

/** One move of a synthetic market: how long after the one before, and the new quote. */
export interface SyntheticMove {
  readonly afterMs: number
  readonly bidUnits: number
  readonly offerUnits: number
}

/**
 * A market without data: an endless walk around its starting level, through calm, lively, burst and quiet spells, with spread
 * changes and now and then a gap. The random numbers alone decide it, so a seed fixes it for ever. All figures are our choice.
 */
export function syntheticTicks(shape: SyntheticShape, random: Random): { next(): SyntheticMove } {
  let midUnits = shape.startUnits
  let elapsedMs = 0
  let mood = moods[0]!
  let ticksLeft = FIRST_SPELL_TICKS

  return {
    next() {
      if (ticksLeft-- <= 0) {
        mood = pick(random)
        ticksLeft = mood.leastTicks + Math.floor(random.next() * mood.moreTicks)
      }
      const bearsLongPauses = elapsedMs >= NEWCOMER_MS
      const longestMs = bearsLongPauses ? LONGEST_PAUSE_MS : NEWCOMER_PAUSE_MS
      const afterMs = Math.min(longestMs, Math.max(1, Math.round(waiting(random) * shape.pauseMs * mood.pause)))
      elapsedMs += afterMs

      const pull = (shape.startUnits - midUnits) / shape.startUnits
      const jump = random.next() < mood.gap ? shape.moveUnits * GAP_MOVES * (random.next() < 0.5 ? -1 : 1) : 0
      const drift = pull * shape.moveUnits * PULL
      midUnits += Math.round(bell(random) * shape.moveUnits * mood.move + drift + jump)

      const widening = 1 + Math.floor(random.next() * random.next() * mood.spread)
      const spreadUnits = Math.max(1, Math.round(shape.spreadUnits * widening * (0.8 + 0.4 * random.next())))
      const bidUnits = midUnits - Math.floor(spreadUnits / 2)
      return { afterMs, bidUnits, offerUnits: bidUnits + spreadUnits }
    },
  }
}

interface Mood {
  readonly weight: number
  /** Factors on the market's usual pause, move and spread. */
  readonly pause: number
  readonly move: number
  readonly spread: number
  /** Chance of a gap in one tick. */
  readonly gap: number
  readonly leastTicks: number
  readonly moreTicks: number
}

const moods: readonly Mood[] = [
  { weight: 5, pause: 1, move: 1, spread: 1.6, gap: 0, leastTicks: 40, moreTicks: 160 },
  { weight: 3, pause: 0.4, move: 1.3, spread: 1.8, gap: 0.001, leastTicks: 60, moreTicks: 200 },
  { weight: 1, pause: 0.06, move: 1.8, spread: 4, gap: 0.01, leastTicks: 80, moreTicks: 300 },
  { weight: 1, pause: 7, move: 0.5, spread: 2.5, gap: 0.002, leastTicks: 3, moreTicks: 10 },
]
const FIRST_SPELL_TICKS = 40
/** For the first minute a newcomer sees life: no pause is longer than two seconds. */
const NEWCOMER_MS = 60_000
const NEWCOMER_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 12_000
const GAP_MOVES = 25
const PULL = 60

function pick(random: Random): Mood {
  let point = random.next() * moods.reduce((sum, { weight }) => sum + weight, 0)
  for (const mood of moods) {
    point -= mood.weight
    if (point < 0) return mood
  }
  return moods[0]!
}

/** Exponential waiting time with mean 1: arrivals without memory. */
function waiting(random: Random): number {
  return -Math.log(1 - random.next())
}

/** Roughly normal, standard deviation 1. */
function bell(random: Random): number {
  return (random.next() + random.next() + random.next() + random.next() - 2) * Math.sqrt(3)
}
