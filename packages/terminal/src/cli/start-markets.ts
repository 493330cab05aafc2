import {
  type Contract,
  contractFor,
  type DeskSetup,
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
import { deskFromSettings } from '../settings/desk-settings.ts'
import type { FoundSettings } from '../settings/read-settings.ts'
import type { MarketSettings } from '../settings/settings.ts'
import { problemText } from '../settings/settings-problem.ts'
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

/** The markets with the orders that are prepared for them, the one that is looked at first, and the rest of the desk's setup. */
export interface StartMarkets {
  readonly contracts: readonly Contract[]
  /** Those of the settings, for whoever comes to trade one later. */
  readonly prepared: readonly Contract[]
  readonly first: Epic
  readonly setup: Pick<DeskSetup, 'limits' | 'mode' | 'zone' | 'watch'>
}

/** Asks the broker for its rules in as few calls as can be. @throws ExitError that tells every problem, a line each */
export async function startMarkets(
  ig: Pick<Ig, 'markets' | 'account'>,
  wanted: WantedMarkets,
  options: MarketOptions,
  settings: FoundSettings,
  remembered: Remembered,
): Promise<StartMarkets> {
  const found = await foundMarkets(ig, wanted, settings)
  const { currency } = ig.account
  const made = deskFromSettings(settings, { markets: found, account: { currency, equity: null } })
  const unknown = wanted.epics.filter(one => !found.has(one)).map(unknownEpic)
  const problems = made.kind === 'problems' ? made.problems.map(problemText) : []
  if (made.kind === 'problems' || unknown.length > 0)
    throw new ExitError(EXIT.usage, [...unknown, ...problems].join('\n'))
  const { contracts: own, ...setup } = made.setup
  const traded = [...wanted.epics, ...(wanted.remembered === null ? [] : [wanted.remembered])].flatMap(
    one => found.get(one) ?? [],
  )
  const contracts = traded.map((market, index) => {
    const prepared = own.find(one => one.market.epic === market.epic) ?? contractFor(market, [presetFor(market, {})])
    const flagged = index === 0 ? withFlags(prepared, market, options, currency) : prepared
    return flagged === prepared ? asRemembered(prepared, remembered.chosen[market.epic]) : flagged
  })
  const first = found.has(wanted.first) ? wanted.first : wanted.epics[0]
  return { contracts, prepared: own, first: first ?? DEFAULT_EPIC, setup }
}

/** In the order of their tabs. */
async function foundMarkets(
  { markets }: Pick<Ig, 'markets'>,
  { epics, remembered }: WantedMarkets,
  settings: FoundSettings,
): Promise<ReadonlyMap<Epic, MarketDetails>> {
  const all = [
    ...new Set([...epics, ...settings.markets.map(one => one.epic), ...(remembered === null ? [] : [remembered])]),
  ]
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

/** The first preset with what the command line says in the place of its own. @throws ExitError where the market's rules are against it */
function withFlags(contract: Contract, market: MarketDetails, options: MarketOptions, currency: string): Contract {
  const { size, stop, limit } = options
  if (size === undefined && stop === undefined && limit === undefined) return contract
  const [, ...others] = contract.presets.values()
  const { chosen } = contract
  const changed: Preset = {
    ...chosen,
    sizes: size === undefined ? chosen.sizes : withSize(chosen, new Decimal(size)),
    stop: stop === undefined ? chosen.stop : stopAt(chosen.stop, new Decimal(stop)),
    limitPoints: limit === undefined ? chosen.limitPoints : new Decimal(limit),
  }
  const price = market.bid && market.offer ? { bid: market.bid, offer: market.offer } : null
  const [problem] = presetProblems(changed, {
    terms: marketTerms(market),
    price,
    account: { currency, equity: null },
    // What comes later is judged with each press.
  }).filter(({ code }) => code !== 'no-equity' && code !== 'no-price' && code !== 'no-rate')
  if (problem) throw new ExitError(EXIT.usage, `${problem.words} (--epic, --size, --stop, --limit)`)
  return contractFor(market, [changed, ...others])
}

const withSize = ({ sizes, sizeKey }: Preset, size: Decimal): Preset['sizes'] => ({
  ...sizes,
  [sizeKey]: { kind: 'fixed', size },
})

function stopAt(stop: PresetStop | null, distancePoints: Decimal): PresetStop {
  return stop ? { ...stop, distancePoints } : { kind: 'normal', distancePoints }
}

/** With the preset and the size that were chosen last, where there still are such. */
function asRemembered(contract: Contract, chosen: Remembered['chosen'][string] | undefined): Contract {
  const preset = chosen && contract.presets.get(chosen.preset)
  const sizeKey = SIZE_KEYS.find(key => key === chosen?.sizeKey)
  if (!preset || sizeKey === undefined || !preset.sizes[sizeKey]) return contract
  return { ...contract, chosen: preset, sizeKey }
}

const SIZE_KEYS: readonly SizeKey[] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
