import { type Contract, contractFor, type DeskState, marketTerms, presetProblems } from '@scalpdesk/desk'
import type { MarketDetails } from '@scalpdesk/sdk'
import { presetFor } from './default-presets.ts'

/** A market that is picked while the desk runs, with a preset from its rules. @returns words where the rules take none */
export function pickedContract(market: MarketDetails, state: DeskState): Contract | string {
  const preset = presetFor(market, {})
  const price = market.bid && market.offer ? { bid: market.bid, offer: market.offer } : null
  const account = { currency: state.accountCurrency, equity: state.account?.equity ?? null }
  const [problem] = presetProblems(preset, { terms: marketTerms(market), price, account })
  return problem ? problem.words : contractFor(market, [preset])
}
