import type { Decimal } from '@scalpdesk/sdk'
import { pricedQuote } from './book/quotes.ts'
import type { Contract } from './contract.ts'
import type { DeskState } from './desk-state.ts'
import { type Choice, type ChosenDeal, choose, type PresetProblem, type PresetSetting } from './presets/arming.ts'
import type { DealTerms } from './presets/dealing-problems.ts'

const NO_PRICE = { bid: null, offer: null }

/** What a preset is checked against now. */
export function presetSetting(state: DeskState, { terms }: Contract): PresetSetting {
  const last = state.quotes.get(terms.epic)
  const { bid, offer } = last ? pricedQuote(last) : NO_PRICE
  const price = bid && offer ? { bid, offer } : null
  return { terms, price, account: { currency: state.accountCurrency, equity: state.account?.equity ?? null } }
}

/** What the keys of a market come to now. @param size in the place of the preset's */
export function chosenDeal(
  state: DeskState,
  contract: Contract,
  size: Decimal | undefined,
  kind: DealTerms['kind'] = 'market-order',
): Choice {
  const { chosen, sizeKey } = contract
  const preset = size ? { ...chosen, sizes: { ...chosen.sizes, [sizeKey]: { kind: 'fixed', size } as const } } : chosen
  return choose(preset, sizeKey, presetSetting(state, contract), kind)
}

export interface Wanted {
  readonly deal: ChosenDeal
  /** Why the preset gives no order now; the guard is told, and says which of all reasons counts. */
  readonly problems: readonly Pick<PresetProblem, 'words' | 'message'>[]
}

/** As {@link chosenDeal}; with problems it is the smallest deal of the kind, which the guard will refuse. */
export function wantedDeal(
  state: DeskState,
  contract: Contract,
  size: Decimal | undefined,
  kind?: DealTerms['kind'],
): Wanted {
  const choice = chosenDeal(state, contract, size, kind)
  if (choice.kind === 'chosen') return { deal: choice.deal, problems: [] }
  const { stop, limitPoints } = contract.chosen
  return { deal: { size: size ?? contract.terms.minSize, stop, limitPoints }, problems: choice.problems }
}
