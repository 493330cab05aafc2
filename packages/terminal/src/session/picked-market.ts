import { type Contract, contractFor, type DeskState, marketTerms, presetProblems } from '@scalpdesk/desk'
import type { Epic, Ig, MarketDetails } from '@scalpdesk/sdk'
import { presetFor } from './default-presets.ts'
import type { MarketSource } from './market-picker.ts'
import type { SessionWords } from './session-words.ts'

/**
 * A market with a preset that is made of its rules.
 * @returns words where the rules take no preset
 */
export function pickedContract(
  market: MarketDetails,
  state: Pick<DeskState, 'account' | 'accountCurrency'>,
  say: SessionWords['desk'],
): Contract | string {
  const preset = presetFor(market, {})
  const price = market.bid && market.offer ? { bid: market.bid, offer: market.offer } : null
  const account = { currency: state.accountCurrency, equity: state.account?.equity ?? null }
  const [problem] = presetProblems(preset, { terms: marketTerms(market), price, account })
  return problem ? say(problem.message) : contractFor(market, [preset])
}

/** The broker, as the picker asks it. */
export function marketSource({
  markets,
  watchlists,
  allowances,
}: Pick<Ig, 'markets' | 'watchlists' | 'allowances'>): MarketSource {
  return {
    search: (text: string) => markets.search(text),
    watchlists: () => watchlists.list(),
    watchlist: (id: string) => watchlists.markets(id),
    details: (epic: Epic) => markets.get(epic),
    waitMs: () => allowances.waitMs('data'),
  }
}
