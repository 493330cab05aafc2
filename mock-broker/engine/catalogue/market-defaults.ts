import { Exact } from '../exact-decimal.ts'
import type { Market, SyntheticShape } from '../market.ts'
import { weekdays } from '../trading-hours.ts'

/** What most markets have in common; contract sizes, rules, margins and speeds are plausible values of our own. */
export const usual = {
  expiry: '-',
  unit: 'CONTRACTS',
  maxStopPercent: new Exact(75),
  guaranteedSpacingPoints: null,
  allowsLegs: true,
  allowsTrailing: true,
  marketOrders: 'AVAILABLE_DEFAULT_ON',
  restriction: null,
  commissionPercent: null,
  hours: weekdays,
  startState: 'TRADEABLE',
  country: null,
} as const satisfies Partial<Market>

/** Sizes in the proportions that this catalogue uses throughout. */
export function sizes(
  least: string,
  step: string,
): Pick<Market, 'minSize' | 'sizeStep' | 'maxSize' | 'touchSize' | 'maxRepeatSize' | 'maxGuaranteedSize'> {
  const minSize = new Exact(least)
  return {
    minSize,
    sizeStep: new Exact(step),
    maxSize: minSize.times(5000),
    touchSize: minSize.times(1000),
    maxRepeatSize: minSize.times(5000),
    maxGuaranteedSize: minSize.times(2000),
  }
}

/** The usual percentage, then more for the parts of a size beyond 1,000 and 10,000 times the least. */
export function bands(percent: string, leastSize: string): Pick<Market, 'marginBands'> {
  const usualPercent = new Exact(percent)
  const step = new Exact(leastSize).times(1000).toNumber()
  return {
    marginBands: [
      { from: 0, percent: usualPercent },
      { from: step, percent: usualPercent },
      { from: step * 2, percent: usualPercent.times('1.5') },
      { from: step * 4, percent: usualPercent.times(3) },
    ],
  }
}

/** Distances in points: of a normal leg, of a guaranteed stop, of one trailing step, and what a guarantee costs. */
export function distances(
  normal: number,
  guaranteed: number,
  step: string,
  premium: string | null,
): Pick<Market, 'minStopPoints' | 'minGuaranteedStopPoints' | 'minStepPoints' | 'guaranteedPremiumPoints'> {
  return {
    minStopPoints: new Exact(normal),
    minGuaranteedStopPoints: new Exact(guaranteed),
    minStepPoints: new Exact(step),
    guaranteedPremiumPoints: premium === null ? null : new Exact(premium),
  }
}

/** In units of the market: first mid, usual spread, usual move; and the usual pause. */
export function moves(
  startUnits: number,
  spreadUnits: number,
  moveUnits: number,
  pauseMs: number,
): { readonly synthetic: SyntheticShape } {
  return { synthetic: { startUnits, spreadUnits, moveUnits, pauseMs } }
}
