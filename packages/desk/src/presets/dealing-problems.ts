import type { Decimal, DistanceRule } from '@scalpdesk/sdk'
import { isFarBelow, type Price, rulePoints } from './distance-rule.ts'
import type { MarketTerms } from './market-terms.ts'
import type { PresetStop } from './preset.ts'

/** What the market's dealing rules have against an order: a code for programs, a sentence for the trader. */
export interface DealingProblem {
  readonly code: DealingCode
  readonly words: string
}

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
    const least = minSize.gt(0) ? `at least ${minSize.toFixed()}` : 'more than 0'
    return [problem('size-too-small', `expected a size of ${least} for ${name}, but got ${text(size)}; raise it`)]
  }
  if (!sizeStep?.gt(0) || size.mod(sizeStep).isZero()) return []
  const step = sizeStep.toFixed()
  const nearest = size.minus(size.mod(sizeStep)).toFixed()
  return [
    problem(
      'size-step',
      `expected a size in steps of ${step} for ${name}, but got ${text(size)}; ${nearest} is the next below`,
    ),
  ]
}

function kindProblems({ name, allowsMarketOrders }: MarketTerms, kind: DealTerms['kind']): readonly DealingProblem[] {
  if (kind !== 'market-order' || allowsMarketOrders) return []
  const words = `expected a market that takes market orders, but ${name} takes none; place a working order instead`
  return [problem('no-market-orders', words)]
}

function legsProblems({ name, areLegsAllowed }: MarketTerms): readonly DealingProblem[] {
  if (areLegsAllowed !== false) return []
  return [problem('no-legs', `expected no stop and no limit, but got one, and ${name} takes none; remove both`)]
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
    problems.push(
      problem(
        'no-guaranteed-stops',
        `expected a normal stop, but got a guaranteed one, and ${name} has none; change it`,
      ),
    )
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
  if (kind === 'working-order')
    return [
      problem('no-trailing-stops', 'expected a stop that stays, but got a trailing one on a working order; change it'),
    ]
  if (areTrailingStopsAllowed === false) {
    const words = `expected a stop that stays, but got a trailing one, which ${name} or the account does not allow; change it`
    return [problem('no-trailing-stops', words)]
  }
  const least = minTrailingStep && rulePoints(minTrailingStep, terms, price, 'least')
  if (least === 'unknown-price') return [noPrice(terms, 'trailing step', minTrailingStep)]
  const isEnough = stepPoints.gt(0) && (least === null || least === 'unknown-unit' || stepPoints.gte(least))
  if (isEnough) return []
  const wanted = least === null || least === 'unknown-unit' ? 'more than 0' : `at least ${least.toFixed()}`
  const words = `expected a trailing step of ${wanted} points for ${name}, but got ${text(stepPoints)}; raise it`
  return [problem('trailing-step', words)]
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
    const wanted = floor?.gt(0) ? `at least ${floor.toFixed()}` : 'more than 0'
    const words = `expected a ${leg} ${wanted} points away for ${name}, but got ${text(points)}; move it away`
    return [problem(`${leg}-too-near`, words)]
  }
  if (isFarBelow(points, maxStopDistance, terms, price)) return []
  const most = rulePoints(maxStopDistance, terms, price, 'most')
  if (most === 'unknown-price') return [noPrice(terms, leg, maxStopDistance)]
  // A largest distance of nothing would forbid every leg: no market means that.
  if (most === 'unknown-unit' || !most.gt(0) || points.lte(most)) return []
  const words = `expected a ${leg} at most ${most.toFixed()} points away for ${name}, but got ${text(points)}; move it nearer`
  return [problem(`${leg}-too-far`, words)]
}

function noPrice({ name }: MarketTerms, what: string, rule: DistanceRule | null): DealingProblem {
  const words = `expected a price of ${name} to check the ${what} against ${rule?.value.toFixed()} %, but there is none; wait for one`
  return problem('no-price', words)
}

const problem = (code: DealingCode, words: string): DealingProblem => ({ code, words })

const text = (value: Decimal): string => (value.isFinite() ? value.toFixed() : String(value))
