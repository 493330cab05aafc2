import type { Decimal, LimitLeg, PlacedStop, StopLeg } from '@scalpdesk/sdk'
import { message } from '../words/message.ts'
import { type DealingProblem, type DealTerms, dealingProblems } from './dealing-problems.ts'
import type { Price } from './distance-rule.ts'
import type { MarketTerms } from './market-terms.ts'
import type { Preset, PresetSize, PresetStop, SizeKey } from './preset.ts'
import { type Problem, problem } from './problem.ts'
import { type AccountMoney, type RiskProblem, sizeFromRisk } from './size-from-risk.ts'

export type PresetProblem = DealingProblem | RiskProblem | Problem<'name' | 'no-size'>

/** What is known of the world when a preset is checked. */
export interface PresetSetting {
  readonly terms: MarketTerms
  /** `null`: there is none now. */
  readonly price: Price | null
  readonly account: AccountMoney
}

/** What a preset comes to now, for one of its keys. */
export interface ChosenDeal {
  readonly size: Decimal
  readonly stop: PresetStop | null
  readonly limitPoints: Decimal | null
}

declare class ArmedSeal {
  private readonly armed: true
}
/** A preset that the rules of its market had nothing against when it was armed. Only {@link armPreset} makes one. */
export type ArmedPreset = Preset & ArmedSeal

export type Arming =
  | { readonly kind: 'armed'; readonly preset: ArmedPreset }
  | { readonly kind: 'refused'; readonly problems: readonly PresetProblem[] }

export function armPreset(preset: Preset, setting: PresetSetting): Arming {
  const problems = presetProblems(preset, setting)
  if (problems.length > 0) return { kind: 'refused', problems }
  return { kind: 'armed', preset: Object.freeze({ ...preset }) as ArmedPreset }
}

/** Everything that speaks against a preset, for all of its keys; each problem is said once. */
export function presetProblems(preset: Preset, setting: PresetSetting): readonly PresetProblem[] {
  const problems: PresetProblem[] = []
  if (preset.name.trim() === '') problems.push(problem('name', message('no-preset-name')))
  if (!preset.sizes[preset.sizeKey]) problems.push(noSize(preset, preset.sizeKey))
  for (const key of SIZE_KEYS) {
    if (!preset.sizes[key]) continue
    const chosen = choose(preset, key, setting)
    problems.push(...(chosen.kind === 'chosen' ? [] : chosen.problems))
  }
  return problems.filter(({ words }, at) => problems.findIndex(other => other.words === words) === at)
}

export type Choice =
  | { readonly kind: 'chosen'; readonly deal: ChosenDeal }
  | { readonly kind: 'refused'; readonly problems: readonly PresetProblem[] }

/**
 * What a key of the preset comes to now. Asked again for every press: prices, equity and the market's rules move
 * during the day.
 */
export function choose(
  preset: Preset,
  key: SizeKey,
  setting: PresetSetting,
  kind: DealTerms['kind'] = 'market-order',
): Choice {
  const wanted = preset.sizes[key]
  if (!wanted) return { kind: 'refused', problems: [noSize(preset, key)] }
  const sized = sizeOf(wanted, preset, setting)
  if (sized.kind === 'refused') return { kind: 'refused', problems: [sized.problem] }
  const { stop, limitPoints } = preset
  const deal = { size: sized.size, stop, limitPoints }
  const problems = dealingProblems(setting.terms, setting.price, { kind, ...deal })
  return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'chosen', deal }
}

/** The legs of an order that opens at once, as the SDK takes them. */
export function openLegs({ stop, limitPoints }: ChosenDeal): { readonly stop?: StopLeg; readonly limit?: LimitLeg } {
  return { ...(stop && { stop: stopLeg(stop) }), ...(limitPoints && { limit: { distancePoints: limitPoints } }) }
}

/** The legs of a working order, which takes no trailing stop: {@link choose} refuses one. */
export function placedLegs(deal: ChosenDeal): { readonly stop?: PlacedStop; readonly limit?: LimitLeg } {
  const { stop, limitPoints } = deal
  return {
    ...(stop && { stop: { distancePoints: stop.distancePoints, isGuaranteed: stop.kind === 'guaranteed' } }),
    ...(limitPoints && { limit: { distancePoints: limitPoints } }),
  }
}

function stopLeg(stop: PresetStop): StopLeg {
  const { distancePoints } = stop
  if (stop.kind === 'trailing') return { distancePoints, stepPoints: stop.stepPoints }
  return stop.kind === 'guaranteed' ? { distancePoints, isGuaranteed: true } : { distancePoints }
}

function sizeOf(wanted: PresetSize, { stop }: Preset, { terms, account, price }: PresetSetting) {
  if (wanted.kind === 'fixed') return { kind: 'size', size: wanted.size } as const
  return sizeFromRisk(wanted.risk, stop, terms, account, price)
}

function noSize({ name }: Preset, key: SizeKey): PresetProblem {
  return problem('no-size', message('no-size-on-key', { preset: name, key }))
}

const SIZE_KEYS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const satisfies readonly SizeKey[]
