import { Decimal } from '@scalpdesk/sdk'
import { type Message, message } from '../words/message.ts'
import { ratePerBase } from './account-money.ts'
import { type Price, plain, rulePoints } from './distance-rule.ts'
import type { MarketTerms } from './market-terms.ts'
import type { PresetStop, Risk } from './preset.ts'
import { type Problem, problem } from './problem.ts'
import { Wide } from './wide-decimal.ts'

export interface AccountMoney {
  /** ISO code. */
  readonly currency: string
  /** `null`: not told yet. */
  readonly equity: Decimal | null
}

export type RiskProblem = Problem<RiskCode>

export type RiskCode =
  | 'risk-not-positive'
  | 'risk-needs-stop'
  | 'no-equity'
  | 'no-rate'
  | 'no-size-step'
  | 'no-premium'
  | 'no-point-value'
  | 'risk-too-small'

export type RiskedSize =
  | { readonly kind: 'size'; readonly size: Decimal }
  | { readonly kind: 'refused'; readonly problem: RiskProblem }

/**
 * The largest size that loses no more than the risk when its stop is filled at its distance (with a guaranteed one: what
 * the guarantee costs on top), rounded down to the market's step. A gap beyond a stop that is not guaranteed loses more.
 * Where the step is not known, sizes are multiples of the smallest one (our choice).
 */
export function sizeFromRisk(
  risk: Risk,
  stop: PresetStop | null,
  terms: MarketTerms,
  account: AccountMoney,
  price: Price | null,
): RiskedSize {
  const { name } = terms
  const points = stop && pointsAtRisk(stop, terms, price)
  if (points === null) return refuse('risk-needs-stop', message('risk-needs-stop', { market: name }))
  if (points === 'unknown') return refuse('no-premium', message('no-premium', { market: name }))
  const money = moneyAtRisk(risk, account)
  if ('code' in money) return { kind: 'refused', problem: money }
  const rate = ratePerBase(terms, account.currency)
  if (!rate) return refuse('no-rate', message('no-rate', { market: name, from: terms.currency, to: account.currency }))
  const step = terms.sizeStep?.gt(0) ? terms.sizeStep : terms.minSize
  if (!step.gt(0)) return refuse('no-size-step', message('no-size-step', { market: name }))
  const { contractSize, pointsPerUnit } = terms
  // Both sides times pointsPerUnit and the rate, so that nothing is divided before the end.
  const lossPerStep = new Wide(points).times(contractSize).times(step)
  if (!lossPerStep.gt(0) || !(pointsPerUnit > 0))
    return refuse('no-point-value', message('no-point-value', { market: name }))
  const steps = new Wide(money).times(rate).times(pointsPerUnit).div(lossPerStep).floor()
  const size = plain(steps.times(step))
  if (size.gt(0) && size.gte(terms.minSize)) return { kind: 'size', size }
  const least = smallestRisk(terms, step, points, rate)
  const told = { market: name, least: cents(least), risk: cents(money), unit: account.currency }
  return refuse('risk-too-small', message('risk-too-small', told))
}

/** With what the guarantee costs when it is called. Source: IG Labs, REST API reference, "Markets", `limitedRiskPremium`. */
function pointsAtRisk(stop: PresetStop, terms: MarketTerms, price: Price | null): Decimal | 'unknown' {
  if (stop.kind !== 'guaranteed') return stop.distancePoints
  if (!terms.guaranteePremium) return 'unknown'
  const premium = rulePoints(terms.guaranteePremium, terms, price, 'least')
  return typeof premium === 'string' ? 'unknown' : plain(new Wide(stop.distancePoints).plus(premium))
}

function moneyAtRisk(risk: Risk, { equity, currency }: AccountMoney): Decimal | RiskProblem {
  const figure = risk.kind === 'money' ? risk.amount : risk.percent
  const unit = risk.kind === 'money' ? currency : null
  if (!figure.isFinite() || !figure.gt(0) || (risk.kind === 'equity' && figure.gt(100))) {
    return problem('risk-not-positive', message('risk-out-of-range', { risk: String(figure), unit }))
  }
  if (risk.kind === 'money') return figure
  if (!equity?.isFinite()) return problem('no-equity', message('no-equity'))
  if (!equity.gt(0)) return problem('no-equity', message('equity-not-positive', { equity: equity.toFixed() }))
  return new Wide(equity).times(figure).div(100)
}

/** Rounded up: that much is enough. */
function smallestRisk(
  { minSize, contractSize, pointsPerUnit }: MarketTerms,
  step: Decimal,
  points: Decimal,
  rate: Decimal,
) {
  const steps = Decimal.max(1, new Wide(minSize).div(step).toDecimalPlaces(0, Wide.ROUND_CEIL))
  const loss = new Wide(points).times(contractSize).times(steps.times(step))
  return loss.div(new Wide(rate).times(pointsPerUnit)).toDecimalPlaces(2, Wide.ROUND_CEIL)
}

const cents = (money: Decimal): string => money.toDecimalPlaces(2, Decimal.ROUND_DOWN).toFixed(2)

const refuse = (code: RiskCode, told: Message): RiskedSize => ({ kind: 'refused', problem: problem(code, told) })
