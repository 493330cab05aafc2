import type { MarketLimits, Preset, PresetSize, PresetStop, SizeKey } from '@scalpdesk/desk'
import type { Epic } from '@scalpdesk/sdk'
import { DEFAULT_SETTINGS, type MarketSettings, type OwnKey, type Settings } from './settings.ts'
import type { SettingsFile } from './settings-schema.ts'

/** The settings that a file without a problem gives: what it leaves out is as in {@link DEFAULT_SETTINGS}. */
export function settingsFromFile(file: SettingsFile): Settings {
  const base = DEFAULT_SETTINGS
  const { watchdogs = {}, screen = {} } = file
  return {
    environment: file.environment ?? base.environment,
    account: file.account ?? null,
    markets: file.markets?.map(marketFrom) ?? base.markets,
    mode: file.mode ?? base.mode,
    timeZone: file.timeZone ?? null,
    guard: { ...base.guard, ...present(file.guard ?? {}), ...limitsFrom(file.guard ?? {}) },
    watchdogs: { ...base.watchdogs, ...present(watchdogs), missingStop: missingStopFrom(watchdogs) },
    keys: {
      ...base.keys,
      ...present(file.keys ?? {}),
      own: file.keys?.own?.map(key => present(key) as OwnKey) ?? base.keys.own,
    },
    screen: {
      ...base.screen,
      ...present(screen),
      linearPrice: screen.linearPrice ? { points: null, seconds: null, ...present(screen.linearPrice) } : null,
      bell: { ...base.screen.bell, ...present(screen.bell ?? {}) },
    },
    journal: { ...base.journal, ...present(file.journal ?? {}) },
    reports: { ...base.reports, ...present(file.reports ?? {}) },
  }
}

type Guard = NonNullable<SettingsFile['guard']>

function limitsFrom({ everyMarket, markets }: Guard): Pick<Settings['guard'], 'everyMarket' | 'markets'> {
  const base = DEFAULT_SETTINGS.guard
  return {
    everyMarket: { ...base.everyMarket, ...present(everyMarket ?? {}) },
    markets: markets
      ? new Map(
          Object.entries(markets).map(([epic, limits]) => [epic as Epic, present(limits) as Partial<MarketLimits>]),
        )
      : base.markets,
  }
}

function missingStopFrom({
  missingStop,
}: NonNullable<SettingsFile['watchdogs']>): Settings['watchdogs']['missingStop'] {
  if (missingStop === null) return null
  const base = DEFAULT_SETTINGS.watchdogs.missingStop ?? { of: 'any', closeAfterMs: null }
  return { ...base, ...present(missingStop ?? {}) }
}

type FileMarket = NonNullable<SettingsFile['markets']>[number]
type FilePreset = FileMarket['presets'][number]
type FileSize = NonNullable<FilePreset['sizes']['1']>

const marketFrom = ({ epic, presets }: FileMarket): MarketSettings => ({ epic, presets: presets.map(presetFrom) })

function presetFrom({ name, sizes, sizeKey, stop, limit }: FilePreset): Preset {
  const given = SIZE_KEYS.flatMap(key => {
    const size = sizes[key]
    return size === undefined ? [] : [[key, sizeFrom(size)] as const]
  })
  return {
    name,
    sizes: Object.fromEntries(given),
    sizeKey: (sizeKey as SizeKey | undefined) ?? given[0]?.[0] ?? 1,
    stop: stop && stopFrom(stop),
    limitPoints: limit ?? null,
  }
}

const SIZE_KEYS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const satisfies readonly SizeKey[]

function sizeFrom(size: FileSize): PresetSize {
  if (!('riskMoney' in size || 'riskPercent' in size)) return { kind: 'fixed', size: size as Exclude<FileSize, Risk> }
  const { riskMoney, riskPercent } = size as Risk
  if (riskMoney) return { kind: 'risk', risk: { kind: 'money', amount: riskMoney } }
  if (riskPercent) return { kind: 'risk', risk: { kind: 'equity', percent: riskPercent } }
  throw new Error('expected a size from a risk to have one, but it has none; check the file before it is taken')
}

type Risk = Extract<FileSize, { riskMoney?: unknown }>

function stopFrom({ kind = 'normal', points, step }: NonNullable<FilePreset['stop']>): PresetStop {
  if (kind !== 'trailing') return { kind, distancePoints: points }
  if (!step)
    throw new Error('expected a trailing stop to have a step, but it has none; check the file before it is taken')
  return { kind, distancePoints: points, stepPoints: step }
}

type Present<Fields> = { [Key in keyof Fields]: Exclude<Fields[Key], undefined> }

/** Without the fields that are undefined: those take the default. */
function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<Fields>
}
