import {
  type Contract,
  contractFor,
  type DeskSetup,
  type DetailedMarket,
  type GuardLimits,
  limitProblems,
  marketTerms,
  presetProblems,
  type ToldTerms,
} from '@scalpdesk/desk'
import type { Decimal, Epic, Market } from '@scalpdesk/sdk'
import type { FoundSettings } from './read-settings.ts'
import type { SettingPath } from './setting-path.ts'
import type { Settings } from './settings.ts'
import type { SettingsProblem } from './settings-problem.ts'

/** What of a desk's setup the settings decide. */
export type DeskFromSettings =
  | { readonly kind: 'desk'; readonly setup: Pick<DeskSetup, 'contracts' | 'limits' | 'mode' | 'zone' | 'watch'> }
  | { readonly kind: 'problems'; readonly problems: readonly SettingsProblem[] }

/** What the broker said. */
export interface BrokerFacts {
  /** Of the settings' markets; with their details the dealing rules are known better. Others are left alone. */
  readonly markets: ReadonlyMap<Epic, Market | (Market & DetailedMarket)>
  readonly account: { readonly currency: string; readonly equity: Decimal | null }
  readonly told?: ToldTerms
}

/**
 * Checks presets against the dealing rules of their markets, and limits, and makes of them what a desk begins with. Each problem
 * names the line of the settings that it comes from. Without markets there are no contracts: the caller has the default one.
 */
export function deskFromSettings(settings: FoundSettings, broker: BrokerFacts): DeskFromSettings {
  const { from } = settings
  const problem = (path: SettingPath, words: string): SettingsProblem => ({
    file: from.file,
    place: from.placeOf(path),
    path,
    words,
  })
  const limits = guardLimits(settings.guard)
  const markets = settings.markets.map((_market, at) => contractOf(settings, at, broker))
  const problems = [
    ...markets.flatMap(found => ('problems' in found ? found.problems : [])),
    ...limitProblems(limits).map(words => ({ path: ['guard'], words })),
  ].map(({ path, words }) => problem(path, words))
  if (problems.length > 0) return { kind: 'problems', problems }
  const contracts = markets.flatMap(found => ('contract' in found ? [found.contract] : []))
  const zone = settings.timeZone === null ? {} : { zone: settings.timeZone }
  return { kind: 'desk', setup: { contracts, limits, mode: settings.mode, watch: settings.watchdogs, ...zone } }
}

/** As the desk's guard takes them. */
export function guardLimits({ tradingHours, ...guard }: Settings['guard']): GuardLimits {
  return { ...guard, tradingHours: tradingHours.length > 0 ? [tradingHours] : [] }
}

interface Found {
  readonly path: SettingPath
  readonly words: string
}

function contractOf(
  { markets }: Settings,
  at: number,
  { markets: known, account, told }: BrokerFacts,
): { readonly contract: Contract } | { readonly problems: readonly Found[] } {
  const { epic, presets } = markets[at] ?? { presets: [] }
  const market = epic && known.get(epic)
  if (!market) {
    const words = `expected the epic of a market, but the broker knows none called ${epic}; correct it, or take it away`
    return { problems: [{ path: ['markets', at, 'epic'], words }] }
  }
  const price = market.bid && market.offer ? { bid: market.bid, offer: market.offer } : null
  const setting = { terms: marketTerms(market, told), price, account }
  const problems = presets.flatMap((preset, index) =>
    presetProblems(preset, setting).flatMap(({ code, words }) => {
      const field = FIELD_OF[code]
      return field === null ? [] : [{ path: ['markets', at, 'presets', index, ...field], words }]
    }),
  )
  return problems.length > 0 ? { problems } : { contract: contractFor(market, presets, told) }
}

type Code = ReturnType<typeof presetProblems>[number]['code']

const SIZES = ['sizes']
const STOP = ['stop']
const LIMIT = ['limit']
/** A price, the equity and a rate may come later, and each press is judged anew. */
const LATER = null

/** Where in a preset the cause of a problem stands. */
const FIELD_OF: Readonly<Record<Code, SettingPath | null>> = {
  name: ['name'],
  'no-size': SIZES,
  'size-too-small': SIZES,
  'size-step': SIZES,
  'no-market-orders': [],
  'no-legs': STOP,
  'stop-too-near': STOP,
  'stop-too-far': STOP,
  'limit-too-near': LIMIT,
  'limit-too-far': LIMIT,
  'no-guaranteed-stops': ['stop', 'kind'],
  'no-trailing-stops': ['stop', 'kind'],
  'trailing-step': ['stop', 'step'],
  'no-price': LATER,
  'risk-not-positive': SIZES,
  'risk-needs-stop': SIZES,
  'no-equity': LATER,
  'no-rate': LATER,
  'no-size-step': SIZES,
  'no-premium': STOP,
  'no-point-value': SIZES,
  'risk-too-small': SIZES,
}
