import type { Market } from '@scalpdesk/sdk'
import { type DetailedMarket, type MarketTerms, marketTerms, type ToldTerms } from './presets/market-terms.ts'
import type { Preset, SizeKey } from './presets/preset.ts'

/** A market that the desk trades, with the orders that were prepared for it. */
export interface Contract {
  readonly market: Market
  readonly terms: MarketTerms
  readonly presets: ReadonlyMap<string, Preset>
  /** What the keys send: a preset, and one of its sizes. */
  readonly chosen: Preset
  readonly sizeKey: SizeKey
}

/**
 * The first preset is chosen.
 * @param market with its details the dealing rules are known better
 * @throws when there is no preset
 */
export function contractFor(
  market: Market | (Market & DetailedMarket),
  presets: readonly Preset[],
  told?: ToldTerms,
): Contract {
  const [chosen] = presets
  if (!chosen) throw new Error(`expected a preset for ${market.name}, but got none; give one`)
  const named = new Map(presets.map(preset => [preset.name, preset]))
  // Frozen once here, because every order holds its market, and one that could change would be copied at each key.
  const fixed = Object.freeze({ ...market })
  return { market: fixed, terms: marketTerms(market, told), presets: named, chosen, sizeKey: chosen.sizeKey }
}
