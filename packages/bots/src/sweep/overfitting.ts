import type { ParameterValue } from '../strategy/parameter-check.ts'
import type { Point } from './grid.ts'
import type { Try } from './sweep.ts'

/** A reason not to believe the best of a sweep. */
export interface SweepWarning {
  readonly code:
    | 'many-tries'
    | 'few-trades'
    | 'worse-after'
    | 'rank-says-nothing'
    | 'edge'
    | 'few-deals-carry'
    | 'no-split'
    | 'loses'
  readonly words: string
}

/** @param ranked the best first */
export function warningsOf(
  ranked: readonly Try[],
  points: readonly Point[],
  combinations: number,
): readonly SweepWarning[] {
  const [best] = ranked
  if (!best) return []
  const warnings: SweepWarning[] = []
  const warn = (code: SweepWarning['code'], words: string): void => void warnings.push({ code, words })
  const { known, after } = best
  if (points.length > 1)
    warn(
      'many-tries',
      `the best of ${points.length} tries${points.length < combinations ? ` (drawn from ${combinations} combinations)` : ''} looks good by luck alone: of that many worthless tries the best lies about ${bestByLuck(points.length).toFixed(1)} standard deviations above their mean`,
    )
  if (!after)
    warn(
      'no-split',
      'all of the time was used to choose: nothing is left to judge the choice by; keep some with --out-of-sample',
    )
  if (known.trades < ENOUGH_TRADES)
    warn('few-trades', `${known.trades} deals are too few to tell skill from luck; ${ENOUGH_TRADES} are a beginning`)
  if (known.trades > 0 && known.netCents <= 0) warn('loses', 'even the best loses money after its costs')
  if (known.netCents > 0 && known.bestDealsCents > known.netCents)
    warn('few-deals-carry', 'without its best twentieth of the deals it would have lost: a few lucky moves carry it')
  if (after) {
    const nets = ranked.flatMap(each => (each.after ? [each.after.netCents] : []))
    if (ranked.length >= 5 && after.netCents < median(nets))
      warn('worse-after', 'on the ticks that the choice did not know, the best is worse than half of all tries')
    else if (known.netCents > 0 && after.netCents <= 0)
      warn(
        'worse-after',
        'it earned on the ticks that it was chosen by, and lost on those that the choice did not know',
      )
    const agreement = rankAgreement(ranked)
    if (agreement !== null && agreement < LEAST_AGREEMENT)
      warn(
        'rank-says-nothing',
        `the order of the tries before and after the split hardly agrees (rank correlation ${agreement.toFixed(2)}): the best is hardly better than any`,
      )
  }
  for (const name of edges(best, points))
    warn('edge', `${name} is the best at the edge of what was tried: the best may lie outside, or the fit may run away`)
  return warnings
}

/** The expected largest of so many draws from a normal distribution, in standard deviations (Bailey and López de Prado, "The Deflated Sharpe Ratio", 2014). */
export function bestByLuck(tries: number): number {
  if (tries < 2) return 0
  return (1 - EULER) * normalQuantile(1 - 1 / tries) + EULER * normalQuantile(1 - 1 / (tries * Math.E))
}

/** Spearman's rank correlation of what the choice knew and what came after; null for less than five tries. */
export function rankAgreement(ranked: readonly Try[]): number | null {
  const pairs = ranked.flatMap(({ score, after }) => (after ? [[score, after.netCents] as const] : []))
  if (pairs.length < 5) return null
  const [scores, nets] = [ranksOf(pairs.map(([score]) => score)), ranksOf(pairs.map(([, net]) => net))]
  const mean = (pairs.length - 1) / 2
  let [both, one, other] = [0, 0, 0]
  for (const [at, rank] of scores.entries()) {
    const [x, y] = [rank - mean, nets[at]! - mean]
    both += x * y
    one += x * x
    other += y * y
  }
  return one === 0 || other === 0 ? 0 : both / Math.sqrt(one * other)
}

/** Equal values share the mean of their ranks. */
function ranksOf(values: readonly number[]): readonly number[] {
  const order = values.map((value, at) => ({ value, at })).sort((one, other) => one.value - other.value)
  const ranks = new Array<number>(values.length).fill(0)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && order[to]!.value === order[from]!.value) to++
    for (let at = from; at < to; at++) ranks[order[at]!.at] = (from + to - 1) / 2
    from = to
  }
  return ranks
}

/** Figures of which at least three values were tried, and the best lies at one end of them. */
function edges(best: Try, points: readonly Point[]): readonly string[] {
  return Object.keys(points[0] ?? {}).filter(name => {
    const tried = [...new Set(points.map(point => point[name]))].filter(isFigure)
    const value = best.parameters[name]
    return tried.length >= 3 && (value === Math.min(...tried) || value === Math.max(...tried))
  })
}

const isFigure = (value: ParameterValue | undefined): value is number => typeof value === 'number'

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Peter J. Acklam's approximation (2003), relative error below 1.2e-9; for p above a half. */
function normalQuantile(p: number): number {
  if (p > 0.97575) {
    const q = Math.sqrt(-2 * Math.log(1 - p))
    return -polynomial(TAIL_OVER, q) / (polynomial(TAIL_UNDER, q) * q + 1)
  }
  const q = p - 0.5
  const r = q * q
  return (polynomial(BODY_OVER, r) * q) / (polynomial(BODY_UNDER, r) * r + 1)
}

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, each) => sum * x + each, 0)

const BODY_OVER = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
]
const BODY_UNDER = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572]
const TAIL_OVER = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
]
const TAIL_UNDER = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416]
const EULER = 0.5772156649015329
const ENOUGH_TRADES = 100
const LEAST_AGREEMENT = 0.2
