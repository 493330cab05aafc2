import {
  type Contract,
  contractFor,
  marketTerms,
  type Preset,
  type PresetStop,
  presetProblems,
  type SizeKey,
} from '@scalpdesk/desk'
import { Decimal, type Epic, epic, type Ig, type MarketDetails, RefusedError } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import { DEFAULT_EPIC, presetFor } from '../session/default-presets.ts'
import type { Remembered } from '../session/screen-memory.ts'
import type { MarketSettings } from '../settings/settings.ts'
import { loginFailure } from './broker-login.ts'
import { misused } from './flag-values.ts'

/** What the command line says about markets. */
export interface MarketOptions {
  readonly epic?: readonly string[]
  readonly size?: string
  readonly stop?: string
  readonly limit?: string
}

/** Which markets are traded, before the broker was asked. */
export interface WantedMarkets {
  /** At least one. */
  readonly epics: readonly Epic[]
  /** Of which nobody said so: it was looked at last. Left out where the broker does not know it any more. */
  readonly remembered: Epic | null
  /** The one that is looked at first. */
  readonly first: Epic
}

/** `--epic` wins, then the settings' markets, then the default. @throws ExitError for an epic that can be none */
export function wantedMarkets(
  options: MarketOptions,
  settings: readonly MarketSettings[],
  { market, recent }: Remembered,
): WantedMarkets {
  const given = options.epic?.map(parseEpic) ?? []
  if (given.length > 0) {
    const epics = [...new Set(given)]
    return { epics, remembered: null, first: epics[0] ?? DEFAULT_EPIC }
  }
  const listed = settings.length > 0 ? settings.map(one => one.epic) : [DEFAULT_EPIC]
  const [first = DEFAULT_EPIC] = listed
  // Flags say how the first market is traded: it is the one that is looked at.
  if (options.size !== undefined || options.stop !== undefined || options.limit !== undefined)
    return { epics: listed, remembered: null, first }
  const last = recent.some(one => one.epic === market) || listed.some(one => one === market) ? knownEpic(market) : null
  if (last === null) return { epics: listed, remembered: null, first }
  return { epics: listed, remembered: listed.includes(last) ? null : last, first: last }
}

function parseEpic(text: string): Epic {
  try {
    return epic(text)
  } catch {
    throw misused('--epic', 'an epic such as CS.D.EURUSD.CFD.IP', text)
  }
}

function knownEpic(text: string | null): Epic | null {
  try {
    return text === null ? null : epic(text)
  } catch {
    return null
  }
}

/** The markets with the orders that are prepared for them, the one that is looked at first, and what to tell. */
export interface StartMarkets {
  readonly contracts: readonly Contract[]
  readonly first: Epic
}

/** Asks the broker for its rules in as few calls as can be. @throws ExitError that tells every problem, a line each */
export async function startMarkets(
  ig: Pick<Ig, 'markets' | 'account'>,
  wanted: WantedMarkets,
  options: MarketOptions,
  settings: readonly MarketSettings[],
  remembered: Remembered,
): Promise<StartMarkets> {
  const found = await foundMarkets(ig, wanted)
  const problems: string[] = wanted.epics.filter(one => !found.has(one)).map(unknownEpic)
  const contracts = [...found.values()].map((market, index) => {
    const own = settings.find(one => one.epic === market.epic)?.presets ?? []
    const presets = own.length > 0 ? own : [presetFor(market, {})]
    const isFirst = index === 0
    const flagged = isFirst ? withFlags(presets, options) : presets
    problems.push(...presetWords(market, flagged, ig.account.currency, isFirst))
    const hasFlags = isFirst && flagged !== presets
    return asRemembered(contractFor(market, flagged), hasFlags ? undefined : remembered.chosen[market.epic])
  })
  if (problems.length > 0) throw new ExitError(EXIT.usage, problems.join('\n'))
  const first = found.has(wanted.first) ? wanted.first : wanted.epics[0]
  return { contracts, first: first ?? DEFAULT_EPIC }
}

/** In the order of their tabs. */
async function foundMarkets(
  { markets }: Pick<Ig, 'markets'>,
  { epics, remembered }: WantedMarkets,
): Promise<ReadonlyMap<Epic, MarketDetails>> {
  const all = remembered === null ? epics : [...epics, remembered]
  const [only] = all
  if (only === undefined || all.length > 1)
    return markets.details(all, { onUnknown: 'leave-out' }).catch(error => {
      throw loginFailure(error)
    })
  const market = await markets.get(only).catch(error => {
    throw isUnknown(error) ? new ExitError(EXIT.usage, unknownEpic(only)) : loginFailure(error)
  })
  return new Map([[only, market]])
}

/** Only a market that is not there; other refusals have a reason of their own. IG Labs, REST API reference, "Markets". */
const isUnknown = (error: unknown): boolean => error instanceof RefusedError && error.code.includes('epic-not-found')

const unknownEpic = (name: string): string =>
  `expected the epic of a market, but the broker knows none called ${name}; leave --epic out for EUR/USD`

/** The first preset with what the command line says in the place of its own. */
function withFlags(presets: readonly Preset[], { size, stop, limit }: MarketOptions): readonly Preset[] {
  const [first, ...others] = presets
  if (!first || (size === undefined && stop === undefined && limit === undefined)) return presets
  const sizes = size === undefined ? first.sizes : withSize(first, new Decimal(size))
  const changed: Preset = {
    ...first,
    sizes,
    stop: stop === undefined ? first.stop : stopAt(first.stop, new Decimal(stop)),
    limitPoints: limit === undefined ? first.limitPoints : new Decimal(limit),
  }
  return [changed, ...others]
}

const withSize = ({ sizes, sizeKey }: Preset, size: Decimal): Preset['sizes'] => ({
  ...sizes,
  [sizeKey]: { kind: 'fixed', size },
})

function stopAt(stop: PresetStop | null, distancePoints: Decimal): PresetStop {
  return stop ? { ...stop, distancePoints } : { kind: 'normal', distancePoints }
}

function presetWords(
  market: MarketDetails,
  presets: readonly Preset[],
  currency: string,
  isFirst: boolean,
): readonly string[] {
  const price = market.bid && market.offer ? { bid: market.bid, offer: market.offer } : null
  const setting = { terms: marketTerms(market), price, account: { currency, equity: null } }
  const advice = isFirst ? ' (--epic, --size, --stop, --limit, or the settings)' : ' (the settings)'
  return presets.flatMap(preset =>
    presetProblems(preset, setting)
      // How much the account holds is told once it streams; the guard asks again before each order.
      .filter(({ code }) => code !== EQUITY_UNKNOWN)
      .map(({ words }) => `${market.name}, preset ${preset.name}: ${words}${advice}`),
  )
}

const EQUITY_UNKNOWN = 'no-equity'

/** With the preset and the size that were chosen last, where there still are such. */
function asRemembered(contract: Contract, chosen: Remembered['chosen'][string] | undefined): Contract {
  const preset = chosen && contract.presets.get(chosen.preset)
  const sizeKey = SIZE_KEYS.find(key => key === chosen?.sizeKey)
  if (!preset || sizeKey === undefined || !preset.sizes[sizeKey]) return contract
  return { ...contract, chosen: preset, sizeKey }
}

const SIZE_KEYS: readonly SizeKey[] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
