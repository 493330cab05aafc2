import type { Decimal, DistanceRule } from '@scalpdesk/sdk'
import { message } from '../words/message.ts'
import { isFarBelow, type Price, rulePoints } from './distance-rule.ts'
import type { MarketTerms } from './market-terms.ts'
import type { PresetStop } from './preset.ts'
import { type Problem, problem } from './problem.ts'

/** What the market's dealing rules have against an order. */
export type DealingProblem = Problem<DealingCode>

export type DealingCode =
  | 'size-too-small'
  | 'size-step'
  | 'no-market-orders'
  | 'no-legs'
  | 'stop-too-near'
  | 'stop-too-far'
  | 'limit-too-near'
  | 'limit-too-far'
  | 'no-guaranteed-stops'
  | 'no-trailing-stops'
  | 'trailing-step'
  | 'no-price'

export interface DealTerms {
  readonly kind: 'market-order' | 'limit-order' | 'working-order'
  readonly size: Decimal
  readonly stop: PresetStop | null
  readonly limitPoints: Decimal | null
}

/**
 * Every rule of the market that the order breaks; none when it may be sent. What nobody knows is left to the broker,
 * but a rule in percent needs a price.
 */
export function dealingProblems(terms: MarketTerms, price: Price | null, deal: DealTerms): readonly DealingProblem[] {
  return [
    ...sizeProblems(terms, deal.size),
    ...kindProblems(terms, deal.kind),
    ...(deal.stop || deal.limitPoints ? legsProblems(terms) : []),
    ...(deal.stop ? stopProblems(terms, price, deal.stop, deal.kind) : []),
    ...(deal.limitPoints ? distanceProblems(terms, price, 'limit', deal.limitPoints, terms.minStopDistance) : []),
  ]
}

function sizeProblems({ name, minSize, sizeStep }: MarketTerms, size: Decimal): readonly DealingProblem[] {
  if (!size.isFinite() || !size.gt(0) || size.lt(minSize)) {
    const least = minSize.gt(0) ? minSize.toFixed() : null
    return [problem('size-too-small', message('size-too-small', { market: name, least, size: text(size) }))]
  }
  if (!sizeStep?.gt(0) || size.mod(sizeStep).isZero()) return []
  const step = sizeStep.toFixed()
  const below = size.minus(size.mod(sizeStep)).toFixed()
  return [problem('size-step', message('size-off-step', { market: name, step, size: text(size), below }))]
}

function kindProblems({ name, allowsMarketOrders }: MarketTerms, kind: DealTerms['kind']): readonly DealingProblem[] {
  if (kind !== 'market-order' || allowsMarketOrders) return []
  return [problem('no-market-orders', message('no-market-orders', { market: name }))]
}

function legsProblems({ name, areLegsAllowed }: MarketTerms): readonly DealingProblem[] {
  if (areLegsAllowed !== false) return []
  return [problem('no-legs', message('no-legs', { market: name }))]
}

function stopProblems(
  terms: MarketTerms,
  price: Price | null,
  stop: PresetStop,
  kind: DealTerms['kind'],
): readonly DealingProblem[] {
  const { name, minStopDistance, minGuaranteedStopDistance, areGuaranteedStopsAllowed } = terms
  const problems: DealingProblem[] = []
  if (stop.kind === 'guaranteed' && areGuaranteedStopsAllowed === false)
    problems.push(problem('no-guaranteed-stops', message('no-guaranteed-stops', { market: name })))
  if (stop.kind === 'trailing') problems.push(...trailingProblems(terms, price, stop, kind))
  const least = stop.kind === 'guaranteed' ? minGuaranteedStopDistance : minStopDistance
  problems.push(...distanceProblems(terms, price, 'stop', stop.distancePoints, least))
  return problems
}

function trailingProblems(
  terms: MarketTerms,
  price: Price | null,
  { stepPoints }: Extract<PresetStop, { kind: 'trailing' }>,
  kind: DealTerms['kind'],
): readonly DealingProblem[] {
  const { name, areTrailingStopsAllowed, minTrailingStep } = terms
  // Source: IG Labs, REST API reference, "Working Orders", POST /workingorders/otc has no trailing stop.
  if (kind === 'working-order') return [problem('no-trailing-stops', message('no-trailing-on-orders'))]
  if (areTrailingStopsAllowed === false)
    return [problem('no-trailing-stops', message('no-trailing-stops', { market: name }))]
  const least = minTrailingStep && rulePoints(minTrailingStep, terms, price, 'least')
  if (minTrailingStep && least === 'unknown-price') return [noPrice(terms, 'trailing-step', minTrailingStep)]
  const floor = typeof least === 'string' ? null : least
  if (stepPoints.gt(0) && (floor === null || stepPoints.gte(floor))) return []
  const told = { market: name, least: floor?.toFixed() ?? null, points: text(stepPoints) }
  return [problem('trailing-step', message('trailing-step-small', told))]
}

function distanceProblems(
  terms: MarketTerms,
  price: Price | null,
  leg: 'stop' | 'limit',
  points: Decimal,
  leastRule: DistanceRule,
): readonly DealingProblem[] {
  const { name, maxStopDistance } = terms
  const least = rulePoints(leastRule, terms, price, 'least')
  if (least === 'unknown-price') return [noPrice(terms, leg, leastRule)]
  const floor = least === 'unknown-unit' ? null : least
  if (!points.isFinite() || !points.gt(0) || (floor && points.lt(floor))) {
    const told = { market: name, leg, least: floor?.gt(0) ? floor.toFixed() : null, points: text(points) }
    return [problem(`${leg}-too-near`, message('leg-too-near', told))]
  }
  if (isFarBelow(points, maxStopDistance, terms, price)) return []
  const most = rulePoints(maxStopDistance, terms, price, 'most')
  if (most === 'unknown-price') return [noPrice(terms, leg, maxStopDistance)]
  // A largest distance of nothing would forbid every leg: no market means that.
  if (most === 'unknown-unit' || !most.gt(0) || points.lte(most)) return []
  const told = { market: name, leg, most: most.toFixed(), points: text(points) }
  return [problem(`${leg}-too-far`, message('leg-too-far', told))]
}

function noPrice({ name }: MarketTerms, of: 'stop' | 'limit' | 'trailing-step', rule: DistanceRule): DealingProblem {
  return problem('no-price', message('no-price-for-rule', { market: name, of, percent: rule.value.toFixed() }))
}

const text = (value: Decimal): string => (value.isFinite() ? value.toFixed() : String(value))
