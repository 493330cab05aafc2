import type { Market } from '../market.ts'
import type { Tick } from '../tick.ts'
import type { Rescale } from './casting.ts'
import type { TapeInput } from './tape-entry.ts'

/**
 * Maps quotes of one instrument onto the grid and the usual level of another market: the first mid becomes the usual level, later
 * ones keep their relation to the first (a rise of 0.3 % stays one), spreads keep their relation to what is usual on either
 * market. Whole numbers throughout: rounded once, to the nearest unit, halves up. A crossed quote stays crossed, a locked one
 * locked, and an open spread is at least one unit.
 */
export function rescaler(market: Market, { usualSpreadUnits }: Rescale): (tick: Tick) => Tick {
  const { startUnits = 0, spreadUnits: usualHere = 1 } = market.synthetic ?? {}
  const levelTwice = 2 * startUnits
  /** Bid + offer of the first quote: twice the mid, which may lie between two units. */
  let firstTwice = 0

  function spreadOf(units: number, midTwice: number): number {
    if (units === 0) return 0
    const [times, by] = usualSpreadUnits === null ? [levelTwice, firstTwice || midTwice] : [usualHere, usualSpreadUnits]
    const scaled = roundedShare(Math.abs(units), times, by)
    return Math.sign(units) * Math.max(1, scaled)
  }

  return tick => {
    const midTwice = tick.bidUnits + tick.offerUnits
    if (firstTwice === 0) firstTwice = midTwice
    const spread = spreadOf(tick.offerUnits - tick.bidUnits, midTwice)
    const movedTwice = levelTwice + roundedShare(midTwice - firstTwice, levelTwice, firstTwice)
    const bidUnits = Math.max(1, Math.floor((movedTwice - spread) / 2))
    return { ...tick, epic: market.epic, bidUnits, offerUnits: Math.max(1, bidUnits + spread) }
  }
}

/** Maps what several tapes play, one after the other: those of the same prices keep their relation to the first quote of all. */
export function tapesRescaler(
  market: Market | undefined,
): (inputs: readonly TapeInput[], rescale: Rescale | null) => readonly TapeInput[] {
  const known = new Map<string, (tick: Tick) => Tick>()
  return (inputs, rescale) => {
    if (!rescale || !market) return inputs
    const key = `${rescale.decimals} ${rescale.usualSpreadUnits}`
    const map = known.get(key) ?? rescaler(market, rescale)
    known.set(key, map)
    return inputs.map(input => (input.kind === 'tick' ? map(input) : input))
  }
}

/** `value * times / by`, rounded to the nearest whole number, halves up. */
function roundedShare(value: number, times: number, by: number): number {
  const product = value * times
  if (Number.isSafeInteger(product) && Math.abs(product) < LARGEST_HALF) {
    // Exact: the remainder of whole numbers is, and what is left divides evenly.
    const twice = 2 * product + by
    const over = twice % (2 * by)
    return (twice - over) / (2 * by) - (over < 0 ? 1 : 0)
  }
  const twice = 2n * BigInt(value) * BigInt(times) + BigInt(by)
  const divisor = 2n * BigInt(by)
  const over = twice % divisor
  return Number((twice - over) / divisor) - (over < 0n ? 1 : 0)
}

/** Below it twice a product and a divisor of ours can be added safely. */
const LARGEST_HALF = 2 ** 51
